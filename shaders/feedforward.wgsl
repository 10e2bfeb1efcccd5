// y = x + max(0, norm(x) up^T) down^T. A workgroup has 5 rows and takes three
// rounds: the hidden layer, the sums over each quarter of it, their sum.
struct Params {
    Rows: u32,
    Width: u32,
    Hidden: u32,
    Eps: f32,
}

@group(0) @binding(0) var<storage, read_write> x: array<vec4<f32>>;
//single
@group(0) @binding(1) var<storage, read> g: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> up: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> down: array<vec4<f32>>;
fn g_at(i: u32) -> vec4<f32> { return g[i]; }
fn up_at(i: u32) -> vec4<f32> { return up[i]; }
fn down_at(i: u32) -> vec4<f32> { return down[i]; }
//half
@group(0) @binding(1) var<storage, read> g: array<vec2<u32>>;
@group(0) @binding(2) var<storage, read> up: array<vec2<u32>>;
@group(0) @binding(3) var<storage, read> down: array<vec2<u32>>;
fn four(q: vec2<u32>) -> vec4<f32> { return vec4<f32>(unpack2x16float(q.x), unpack2x16float(q.y)); }
fn g_at(i: u32) -> vec4<f32> { return four(g[i]); }
fn up_at(i: u32) -> vec4<f32> { return four(up[i]); }
fn down_at(i: u32) -> vec4<f32> { return four(down[i]); }
//end
@group(0) @binding(4) var<storage, read_write> s: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> y: array<vec4<f32>>;
@group(0) @binding(6) var<uniform> p: Params;

const ROWS = 5u;
const SLICES = 4u;
const THREADS = 128u;

struct Tile {
    a: array<vec4<f32>, 5>,
    b: array<vec4<f32>, 5>,
}

// normed is the product of five normalised rows of x, the first r, with eight rows
// of up, the first at at; with d 0, with four and the same four again. The root
// mean square of a row is a factor of all its sums, and is gathered on the way.
fn normed(r: u32, n: u32, gain: u32, at: u32, d: u32) -> Tile {
    let stride = n;
    let last = p.Rows - 1u;
    let x0 = min(r, last) * n;
    let x1 = min(r + 1u, last) * n;
    let x2 = min(r + 2u, last) * n;
    let x3 = min(r + 3u, last) * n;
    let x4 = min(r + 4u, last) * n;
    let w0 = at; let w1 = w0 + stride; let w2 = w1 + stride; let w3 = w2 + stride;
    let w4 = select(w0, w3 + stride, d == 1u); let w5 = select(w1, w4 + stride, d == 1u);
    let w6 = select(w2, w5 + stride, d == 1u); let w7 = select(w3, w6 + stride, d == 1u);
    var a0 = vec4<f32>(0.0); var b0 = vec4<f32>(0.0);
    var a1 = vec4<f32>(0.0); var b1 = vec4<f32>(0.0);
    var a2 = vec4<f32>(0.0); var b2 = vec4<f32>(0.0);
    var a3 = vec4<f32>(0.0); var b3 = vec4<f32>(0.0);
    var a4 = vec4<f32>(0.0); var b4 = vec4<f32>(0.0);
    var q0 = 0.0; var q1 = 0.0; var q2 = 0.0; var q3 = 0.0; var q4 = 0.0;
    for (var k = 0u; k < n; k += 1u) {
        let m = mat4x4<f32>(up_at(w0 + k), up_at(w1 + k), up_at(w2 + k), up_at(w3 + k));
        let l = mat4x4<f32>(up_at(w4 + k), up_at(w5 + k), up_at(w6 + k), up_at(w7 + k));
        let f = g_at(gain + k);
        var v0 = x[x0 + k]; q0 += dot(v0, v0); v0 *= f;
        var v1 = x[x1 + k]; q1 += dot(v1, v1); v1 *= f;
        var v2 = x[x2 + k]; q2 += dot(v2, v2); v2 *= f;
        var v3 = x[x3 + k]; q3 += dot(v3, v3); v3 *= f;
        var v4 = x[x4 + k]; q4 += dot(v4, v4); v4 *= f;
        a0 += v0 * m; b0 += v0 * l;
        a1 += v1 * m; b1 += v1 * l;
        a2 += v2 * m; b2 += v2 * l;
        a3 += v3 * m; b3 += v3 * l;
        a4 += v4 * m; b4 += v4 * l;
    }
    let width = f32(p.Width);
    let f0 = 1.0 / sqrt(q0 / width + p.Eps);
    let f1 = 1.0 / sqrt(q1 / width + p.Eps);
    let f2 = 1.0 / sqrt(q2 / width + p.Eps);
    let f3 = 1.0 / sqrt(q3 / width + p.Eps);
    let f4 = 1.0 / sqrt(q4 / width + p.Eps);
    return Tile(
        array<vec4<f32>, 5>(a0 * f0, a1 * f1, a2 * f2, a3 * f3, a4 * f4),
        array<vec4<f32>, 5>(b0 * f0, b1 * f1, b2 * f2, b3 * f3, b4 * f4));
}

// product is that of five rows of s, n vectors apart, with eight rows of down, the
// first at at and stride apart, over many vectors.
fn product(rows: u32, n: u32, many: u32, at: u32, stride: u32, d: u32) -> Tile {
    let r0 = rows; let r1 = r0 + n; let r2 = r1 + n; let r3 = r2 + n; let r4 = r3 + n;
    let w0 = at; let w1 = w0 + stride; let w2 = w1 + stride; let w3 = w2 + stride;
    let w4 = select(w0, w3 + stride, d == 1u); let w5 = select(w1, w4 + stride, d == 1u);
    let w6 = select(w2, w5 + stride, d == 1u); let w7 = select(w3, w6 + stride, d == 1u);
    var a0 = vec4<f32>(0.0); var b0 = vec4<f32>(0.0);
    var a1 = vec4<f32>(0.0); var b1 = vec4<f32>(0.0);
    var a2 = vec4<f32>(0.0); var b2 = vec4<f32>(0.0);
    var a3 = vec4<f32>(0.0); var b3 = vec4<f32>(0.0);
    var a4 = vec4<f32>(0.0); var b4 = vec4<f32>(0.0);
    for (var k = 0u; k < many; k += 1u) {
        let m = mat4x4<f32>(down_at(w0 + k), down_at(w1 + k), down_at(w2 + k), down_at(w3 + k));
        let l = mat4x4<f32>(down_at(w4 + k), down_at(w5 + k), down_at(w6 + k), down_at(w7 + k));
        let v0 = s[r0 + k];
        let v1 = s[r1 + k];
        let v2 = s[r2 + k];
        let v3 = s[r3 + k];
        let v4 = s[r4 + k];
        a0 += v0 * m; b0 += v0 * l;
        a1 += v1 * m; b1 += v1 * l;
        a2 += v2 * m; b2 += v2 * l;
        a3 += v3 * m; b3 += v3 * l;
        a4 += v4 * m; b4 += v4 * l;
    }
    return Tile(array<vec4<f32>, 5>(a0, a1, a2, a3, a4), array<vec4<f32>, 5>(b0, b1, b2, b3, b4));
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
    let n = p.Width >> 2u;
    let hidden = p.Hidden >> 2u;
    let r = group.x * ROWS;
    let layer = r * (hidden + SLICES * n); // of this workgroup in s: the hidden layer
    let sums = layer + ROWS * hidden; // and the sums of its slices

    for (var c = 2u * local.x; c < hidden; c += 2u * THREADS) {
        let d = min(c + 1u, hidden - 1u) - c;
        var t = normed(r, n, 0u, 4u * c * n, d);
        for (var row = 0u; row < ROWS; row += 1u) {
            s[layer + c + row * hidden] = max(t.a[row], vec4<f32>(0.0));
            s[layer + c + row * hidden + d] = max(t.b[row], vec4<f32>(0.0));
        }
    }
    storageBarrier();

    let pairs = (n + 1u) >> 1u;
    let each = (hidden + SLICES - 1u) / SLICES;
    for (var i = local.x; i < SLICES * pairs; i += THREADS) {
        let slice = i / pairs;
        let c = 2u * (i - slice * pairs);
        let d = min(c + 1u, n - 1u) - c;
        let first = min(slice * each, hidden);
        var t = product(layer + first, hidden, min(each, hidden - first), 4u * c * hidden + first, hidden, d);
        let at = sums + slice * ROWS * n + c;
        for (var row = 0u; row < ROWS; row += 1u) {
            s[at + row * n] = t.a[row];
            s[at + row * n + d] = t.b[row];
        }
    }
    storageBarrier();

    let there = min(ROWS, p.Rows - r) * n;
    for (var i = local.x; i < there; i += THREADS) {
        var sum = x[r * n + i];
        for (var slice = 0u; slice < SLICES; slice += 1u) {
            sum += s[sums + slice * ROWS * n + i];
        }
        y[r * n + i] = sum;
    }
}
