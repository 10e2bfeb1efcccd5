// y[r] = res[r] + attention(r) w^T, where row r attends to the rows
// keys[span[2r] : span[2r]+span[2r+1]] of qkv. A workgroup has 5 rows and takes
// three rounds: scores and their softmax, values, projection.
struct Params {
    Rows: u32,
    Heads: u32,
    Head: u32,
    From: u32,
    Keys: u32,
}

@group(0) @binding(0) var<storage, read_write> qkv: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> keys: array<u32>;
@group(0) @binding(2) var<storage, read> span: array<u32>;
//single
@group(0) @binding(3) var<storage, read> w: array<vec4<f32>>;
fn w_at(i: u32) -> vec4<f32> { return w[i]; }
//half
@group(0) @binding(3) var<storage, read> w: array<vec2<u32>>;
fn w_at(i: u32) -> vec4<f32> {
    let q = w[i];
    return vec4<f32>(unpack2x16float(q.x), unpack2x16float(q.y));
}
//end
@group(0) @binding(4) var<storage, read_write> res: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> s: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read_write> y: array<vec4<f32>>;
@group(0) @binding(7) var<uniform> p: Params;

const ROWS = 5u;
const THREADS = 64u;

// scores puts the softmax of row r and head h behind at, four keys a vector.
fn scores(r: u32, h: u32, at: u32) {
    let c = p.Head >> 2u;
    let n = p.Heads * c;
    let first = span[2u * r];
    let count = span[2u * r + 1u];
    let q = (p.From + r) * 3u * n + h * c;
    let scale = 1.0 / sqrt(f32(p.Head));
    var top = -3.0e38;
    for (var t = 0u; t < count; t += 4u) {
        let end = first + count - 1u;
        let k0 = keys[first + t] * 3u * n + n + h * c;
        let k1 = keys[min(first + t + 1u, end)] * 3u * n + n + h * c;
        let k2 = keys[min(first + t + 2u, end)] * 3u * n + n + h * c;
        let k3 = keys[min(first + t + 3u, end)] * 3u * n + n + h * c;
        var sum = vec4<f32>(0.0);
        for (var i = 0u; i < c; i += 1u) {
            sum += qkv[q + i] * mat4x4<f32>(qkv[k0 + i], qkv[k1 + i], qkv[k2 + i], qkv[k3 + i]);
        }
        sum *= scale;
        s[at + (t >> 2u)] = sum;
        top = max(top, max(max(sum.x, sum.y), max(sum.z, sum.w)));
    }
    var total = 0.0;
    for (var t = 0u; t < count; t += 4u) {
        let there = vec4<u32>(t, t + 1u, t + 2u, t + 3u) < vec4<u32>(count);
        let e = select(vec4<f32>(0.0), exp(s[at + (t >> 2u)] - top), there);
        s[at + (t >> 2u)] = e;
        total += e.x + e.y + e.z + e.w;
    }
    for (var t = 0u; t < count; t += 4u) {
        s[at + (t >> 2u)] /= total;
    }
}

// values is the four columns c of what row r sees, with the weights behind at.
fn values(r: u32, c: u32, at: u32) -> vec4<f32> {
    let n = p.Heads * (p.Head >> 2u);
    let first = span[2u * r];
    let count = span[2u * r + 1u];
    var sum = vec4<f32>(0.0);
    for (var t = 0u; t < count; t += 4u) {
        let end = first + count - 1u;
        let e = s[at + (t >> 2u)];
        sum += e.x * qkv[keys[first + t] * 3u * n + 2u * n + c];
        sum += e.y * qkv[keys[min(first + t + 1u, end)] * 3u * n + 2u * n + c];
        sum += e.z * qkv[keys[min(first + t + 2u, end)] * 3u * n + 2u * n + c];
        sum += e.w * qkv[keys[min(first + t + 3u, end)] * 3u * n + 2u * n + c];
    }
    return sum;
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
    let n = p.Heads * (p.Head >> 2u);
    let many = (p.Keys + 3u) >> 2u;
    let r = group.x * ROWS;
    let last = p.Rows - 1u;
    let seen = r * (n + p.Heads * many); // of this workgroup in s: what its rows see,
    let probable = seen + ROWS * n; // and the softmaxes

    for (var i = local.x; i < ROWS * p.Heads; i += THREADS) {
        let row = i / p.Heads;
        scores(min(r + row, last), i - row * p.Heads, probable + i * many);
    }
    storageBarrier();
    for (var i = local.x; i < ROWS * n; i += THREADS) {
        let row = i / n;
        let c = i - row * n;
        s[seen + i] = values(min(r + row, last), c, probable + (row * p.Heads + c / (p.Head >> 2u)) * many);
    }
    storageBarrier();

    for (var c = 2u * local.x; c < n; c += 2u * THREADS) {
        let d = min(c + 1u, n - 1u);
        let w0 = 4u * c * n;
        let w1 = w0 + n;
        let w2 = w1 + n;
        let w3 = w2 + n;
        let w4 = 4u * d * n;
        let w5 = w4 + n;
        let w6 = w5 + n;
        let w7 = w6 + n;
        let r0 = seen;
        let r1 = r0 + n;
        let r2 = r1 + n;
        let r3 = r2 + n;
        let r4 = r3 + n;
        var a0 = vec4<f32>(0.0); var b0 = vec4<f32>(0.0);
        var a1 = vec4<f32>(0.0); var b1 = vec4<f32>(0.0);
        var a2 = vec4<f32>(0.0); var b2 = vec4<f32>(0.0);
        var a3 = vec4<f32>(0.0); var b3 = vec4<f32>(0.0);
        var a4 = vec4<f32>(0.0); var b4 = vec4<f32>(0.0);
        for (var k = 0u; k < n; k += 1u) {
            let m = mat4x4<f32>(w_at(w0 + k), w_at(w1 + k), w_at(w2 + k), w_at(w3 + k));
            let l = mat4x4<f32>(w_at(w4 + k), w_at(w5 + k), w_at(w6 + k), w_at(w7 + k));
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
        var left = array<vec4<f32>, 5>(a0, a1, a2, a3, a4);
        var right = array<vec4<f32>, 5>(b0, b1, b2, b3, b4);
        for (var i = 0u; i < min(ROWS, p.Rows - r); i += 1u) {
            let at = (r + i) * n;
            y[at + c] = res[at + c] + left[i];
            if (d > c) {
                y[at + d] = res[at + d] + right[i];
            }
        }
    }
}
