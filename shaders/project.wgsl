// y[r,o] = act(sum_i n[r,i] w[o,i] + bias[o] + res[r,o]), where n is x or its
// rows normalised: a thread has a tile of 5 rows and 8 columns. As the root mean
// square of a row is a factor of all its sums, it is gathered on the way.
struct Params {
    Rows: u32,
    In: u32,
    Out: u32,
    ReLU: u32,
    G: u32,
    Bias: u32,
    Res: u32,
    Eps: f32,
    Parts: u32,
    Layers: u32,
    Views: u32,
    From: u32,
    W: u32,
    WStride: u32,
}

@group(0) @binding(0) var<storage, read_write> x: array<vec4<f32>>;
//single
@group(0) @binding(1) var<storage, read> g: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> w: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> bias: array<f32>;
fn g_at(i: u32) -> vec4<f32> { return g[i]; }
fn w_at(i: u32) -> vec4<f32> { return w[i]; }
fn bias_at(i: u32) -> f32 { return bias[i]; }
//half
@group(0) @binding(1) var<storage, read> g: array<vec2<u32>>;
@group(0) @binding(2) var<storage, read> w: array<vec2<u32>>;
@group(0) @binding(3) var<storage, read> bias: array<u32>;
fn four(q: vec2<u32>) -> vec4<f32> { return vec4<f32>(unpack2x16float(q.x), unpack2x16float(q.y)); }
fn g_at(i: u32) -> vec4<f32> { return four(g[i]); }
fn w_at(i: u32) -> vec4<f32> { return four(w[i]); }
fn bias_at(i: u32) -> f32 {
    let two = unpack2x16float(bias[i >> 1u]);
    return select(two.x, two.y, (i & 1u) == 1u);
}
//end
@group(0) @binding(4) var<storage, read_write> res: array<f32>;
@group(0) @binding(5) var<storage, read_write> y: array<f32>;
@group(0) @binding(6) var<uniform> p: Params;

const ROWS = 5u;
const COLUMNS = 8u;

fn put(r: u32, o: u32, at: u32, sum: f32) {
    if (o >= p.Out) {
        return;
    }
    var v = sum;
    if (p.Bias == 1u) {
        v += bias_at(o);
    }
    if (p.Res == 1u) {
        v += res[r * p.Out + o];
    }
    if (p.ReLU == 1u) {
        v = max(v, 0.0);
    }
    y[at + o] = v;
}

@compute @workgroup_size(32)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    let o = id.x * COLUMNS;
    if (o >= p.Out) {
        return;
    }
    let r = id.y * ROWS;
    let view = id.z / p.Layers;
    let layer = id.z - view * p.Layers;
    let n = p.In >> 2u;
    let last = p.Rows - 1u;
    let end = p.Out - 1u;
    var a0 = vec4<f32>(0.0); var b0 = vec4<f32>(0.0);
    var a1 = vec4<f32>(0.0); var b1 = vec4<f32>(0.0);
    var a2 = vec4<f32>(0.0); var b2 = vec4<f32>(0.0);
    var a3 = vec4<f32>(0.0); var b3 = vec4<f32>(0.0);
    var a4 = vec4<f32>(0.0); var b4 = vec4<f32>(0.0);
    var q0 = 0.0; var q1 = 0.0; var q2 = 0.0; var q3 = 0.0; var q4 = 0.0;
    for (var part = 0u; part < p.Parts; part += 1u) {
        let first = (view + part) * p.Rows;
        let x0 = (first + min(r, last)) * n;
        let x1 = (first + min(r + 1u, last)) * n;
        let x2 = (first + min(r + 2u, last)) * n;
        let x3 = (first + min(r + 3u, last)) * n;
        let x4 = (first + min(r + 4u, last)) * n;
        let base = ((p.W + layer * p.WStride) >> 2u) + part * p.Out * n;
        let w0 = base + o * n;
        let w1 = base + min(o + 1u, end) * n;
        let w2 = base + min(o + 2u, end) * n;
        let w3 = base + min(o + 3u, end) * n;
        let w4 = base + min(o + 4u, end) * n;
        let w5 = base + min(o + 5u, end) * n;
        let w6 = base + min(o + 6u, end) * n;
        let w7 = base + min(o + 7u, end) * n;
        for (var k = 0u; k < n; k += 1u) {
            let m = mat4x4<f32>(w_at(w0 + k), w_at(w1 + k), w_at(w2 + k), w_at(w3 + k));
            let l = mat4x4<f32>(w_at(w4 + k), w_at(w5 + k), w_at(w6 + k), w_at(w7 + k));
            var v0 = x[x0 + k];
            var v1 = x[x1 + k];
            var v2 = x[x2 + k];
            var v3 = x[x3 + k];
            var v4 = x[x4 + k];
            if (p.G == 1u) {
                let f = g_at(k);
                q0 += dot(v0, v0); v0 *= f;
                q1 += dot(v1, v1); v1 *= f;
                q2 += dot(v2, v2); v2 *= f;
                q3 += dot(v3, v3); v3 *= f;
                q4 += dot(v4, v4); v4 *= f;
            }
            a0 += v0 * m; b0 += v0 * l;
            a1 += v1 * m; b1 += v1 * l;
            a2 += v2 * m; b2 += v2 * l;
            a3 += v3 * m; b3 += v3 * l;
            a4 += v4 * m; b4 += v4 * l;
        }
    }
    if (p.G == 1u) {
        let width = f32(p.In);
        let f0 = 1.0 / sqrt(q0 / width + p.Eps);
        let f1 = 1.0 / sqrt(q1 / width + p.Eps);
        let f2 = 1.0 / sqrt(q2 / width + p.Eps);
        let f3 = 1.0 / sqrt(q3 / width + p.Eps);
        let f4 = 1.0 / sqrt(q4 / width + p.Eps);
        a0 *= f0; b0 *= f0;
        a1 *= f1; b1 *= f1;
        a2 *= f2; b2 *= f2;
        a3 *= f3; b3 *= f3;
        a4 *= f4; b4 *= f4;
    }
    var left = array<vec4<f32>, 5>(a0, a1, a2, a3, a4);
    var right = array<vec4<f32>, 5>(b0, b1, b2, b3, b4);
    for (var i = 0u; i < min(ROWS, p.Rows - r); i += 1u) {
        let at = (p.From + id.z * p.Rows + r + i) * p.Out;
        let a = left[i];
        let b = right[i];
        put(r + i, o, at, a.x);
        put(r + i, o + 1u, at, a.y);
        put(r + i, o + 2u, at, a.z);
        put(r + i, o + 3u, at, a.w);
        put(r + i, o + 4u, at, b.x);
        put(r + i, o + 5u, at, b.y);
        put(r + i, o + 6u, at, b.z);
        put(r + i, o + 7u, at, b.w);
    }
}
