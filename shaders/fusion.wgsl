// What a decoder layer takes from the query: cross-attention to all views, and
// the two fusion branches of arXiv 2406.17507, section 3. A workgroup has 5 rows
// and takes seven rounds: query and state, scores, their softmax, values, H, what
// the gates let through of it, and the sum.
struct Params {
    Rows: u32,
    Width: u32,
    Heads: u32,
    Words: u32,
    First: u32,
    Stride: u32,
    Coarse: u32,
    Fine: u32,
    Eps: f32,
    Norm: u32,
    Query: u32,
    Out: u32,
    CoarseW: u32,
    CoarseB: u32,
    FineState: u32,
    FineCross: u32,
    FineB: u32,
}

@group(0) @binding(0) var<storage, read_write> x: array<vec4<f32>>;
//single
@group(0) @binding(1) var<storage, read> w: array<vec4<f32>>;
fn w_at(i: u32) -> vec4<f32> { return w[i]; }
//half
@group(0) @binding(1) var<storage, read> w: array<vec2<u32>>;
fn w_at(i: u32) -> vec4<f32> {
    let q = w[i];
    return vec4<f32>(unpack2x16float(q.x), unpack2x16float(q.y));
}
//end
@group(0) @binding(2) var<storage, read_write> kv: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> s: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> y: array<vec4<f32>>;
@group(0) @binding(5) var<uniform> p: Params;

const ROWS = 5u;
const THREADS = 128u;

struct Tile {
    a: array<vec4<f32>, 5>,
    b: array<vec4<f32>, 5>,
}

// normed is the product of five normalised rows of x, the first r, with eight rows
// of w, the first at at; with d 0, with four and the same four again. The root
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
        let m = mat4x4<f32>(w_at(w0 + k), w_at(w1 + k), w_at(w2 + k), w_at(w3 + k));
        let l = mat4x4<f32>(w_at(w4 + k), w_at(w5 + k), w_at(w6 + k), w_at(w7 + k));
        let f = w_at(gain + k);
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

// product is that of five rows of s, n vectors apart, with eight rows of w, the
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
    return Tile(array<vec4<f32>, 5>(a0, a1, a2, a3, a4), array<vec4<f32>, 5>(b0, b1, b2, b3, b4));
}

fn sigmoid(v: vec4<f32>) -> vec4<f32> { return 1.0 / (1.0 + exp(-max(v, vec4<f32>(-80.0)))); }

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
    let n = p.Width >> 2u;
    let head = n / p.Heads;
    let many = (p.Words + 3u) >> 2u;
    let views = max(p.Coarse + p.Fine, 1u);
    let pairs = (n + 1u) >> 1u;
    let r = group.x * ROWS;
    let five = ROWS * n;
    // Where s has, for this workgroup, the query, the state, and for each view and
    // row the softmaxes, what is seen, and H.
    let query = r * (2u * n + views * (2u * n + p.Heads * many));
    let state = query + five;
    let probable = state + five;
    let seen = probable + ROWS * views * p.Heads * many;
    let h = seen + views * five;

    for (var i = local.x; i < pairs * min(p.Fine + 1u, 2u); i += THREADS) {
        let which = i / pairs;
        let c = 2u * (i - which * pairs);
        let d = min(c + 1u, n - 1u) - c;
        var t = normed(r, n, p.Norm >> 2u, (select(p.Query, p.FineState, which == 1u) >> 2u) + 4u * c * n, d);
        let at = query + which * five + c;
        for (var row = 0u; row < ROWS; row += 1u) {
            s[at + row * n] = t.a[row];
            s[at + row * n + d] = t.b[row];
        }
    }
    storageBarrier();

    let scale = 1.0 / sqrt(f32(4u * head));
    for (var i = local.x; i < views * p.Heads * many; i += THREADS) {
        let view = i / (p.Heads * many);
        let k = (i / many) % p.Heads;
        let t = 4u * (i % many);
        let end = p.Words - 1u;
        let first = p.First + view * p.Stride;
        let k0 = (first + t) * 2u * n + k * head;
        let k1 = (first + min(t + 1u, end)) * 2u * n + k * head;
        let k2 = (first + min(t + 2u, end)) * 2u * n + k * head;
        let k3 = (first + min(t + 3u, end)) * 2u * n + k * head;
        let q = query + k * head;
        var a0 = vec4<f32>(0.0); var a1 = vec4<f32>(0.0); var a2 = vec4<f32>(0.0);
        var a3 = vec4<f32>(0.0); var a4 = vec4<f32>(0.0);
        for (var j = 0u; j < head; j += 1u) {
            let m = mat4x4<f32>(kv[k0 + j], kv[k1 + j], kv[k2 + j], kv[k3 + j]);
            a0 += s[q + j] * m;
            a1 += s[q + n + j] * m;
            a2 += s[q + 2u * n + j] * m;
            a3 += s[q + 3u * n + j] * m;
            a4 += s[q + 4u * n + j] * m;
        }
        let row = views * p.Heads * many;
        s[probable + i] = a0 * scale;
        s[probable + row + i] = a1 * scale;
        s[probable + 2u * row + i] = a2 * scale;
        s[probable + 3u * row + i] = a3 * scale;
        s[probable + 4u * row + i] = a4 * scale;
    }
    storageBarrier();

    for (var i = local.x; i < ROWS * views * p.Heads; i += THREADS) {
        let at = probable + i * many;
        var top = -3.0e38;
        for (var t = 0u; t < many; t += 1u) {
            let e = s[at + t]; // the last word stands for those beyond it
            top = max(top, max(max(e.x, e.y), max(e.z, e.w)));
        }
        var total = 0.0;
        for (var t = 0u; t < many; t += 1u) {
            let there = vec4<u32>(4u * t, 4u * t + 1u, 4u * t + 2u, 4u * t + 3u) < vec4<u32>(p.Words);
            let e = select(vec4<f32>(0.0), exp(s[at + t] - top), there);
            s[at + t] = e;
            total += e.x + e.y + e.z + e.w;
        }
        for (var t = 0u; t < many; t += 1u) {
            s[at + t] /= total;
        }
    }
    storageBarrier();

    for (var i = local.x; i < views * n; i += THREADS) {
        let view = i / n;
        let c = i - view * n;
        let e = probable + (view * p.Heads + c / head) * many;
        let row = views * p.Heads * many;
        let end = p.Words - 1u;
        let first = p.First + view * p.Stride;
        var a0 = vec4<f32>(0.0); var a1 = vec4<f32>(0.0); var a2 = vec4<f32>(0.0);
        var a3 = vec4<f32>(0.0); var a4 = vec4<f32>(0.0);
        for (var t = 0u; t < many; t += 1u) {
            let m = mat4x4<f32>(
                kv[(2u * (first + 4u * t) + 1u) * n + c],
                kv[(2u * (first + min(4u * t + 1u, end)) + 1u) * n + c],
                kv[(2u * (first + min(4u * t + 2u, end)) + 1u) * n + c],
                kv[(2u * (first + min(4u * t + 3u, end)) + 1u) * n + c]);
            a0 += m * s[e + t];
            a1 += m * s[e + row + t];
            a2 += m * s[e + 2u * row + t];
            a3 += m * s[e + 3u * row + t];
            a4 += m * s[e + 4u * row + t];
        }
        s[seen + view * five + c] = a0;
        s[seen + view * five + n + c] = a1;
        s[seen + view * five + 2u * n + c] = a2;
        s[seen + view * five + 3u * n + c] = a3;
        s[seen + view * five + 4u * n + c] = a4;
    }
    storageBarrier();

    for (var i = local.x; i < views * pairs; i += THREADS) {
        let view = i / pairs;
        let c = 2u * (i - view * pairs);
        let d = min(c + 1u, n - 1u) - c;
        var t = product(seen + view * five, n, n, (p.Out >> 2u) + 4u * c * n, n, d);
        let at = h + view * five + c;
        for (var row = 0u; row < ROWS; row += 1u) {
            s[at + row * n] = t.a[row];
            s[at + row * n + d] = t.b[row];
        }
    }
    storageBarrier();

    if (p.Coarse + p.Fine > 0u) {
        for (var i = local.x; i < views * pairs; i += THREADS) {
            let view = i / pairs;
            let c = 2u * (i - view * pairs);
            let d = min(c + 1u, n - 1u) - c;
            let coarse = p.Coarse == 1u && view == 0u;
            var t = product(h + view * five, n, n, (select(p.FineCross, p.CoarseW, coarse) >> 2u) + 4u * c * n, n, d);
            let b = select(p.FineB, p.CoarseB, coarse) >> 2u;
            let none = vec4<f32>(0.0);
            for (var row = 0u; row < ROWS; row += 1u) {
                let at = view * five + row * n + c;
                let own = state + row * n + c;
                let a = t.a[row] + w_at(b + c) + select(s[own], none, coarse);
                let l = t.b[row] + w_at(b + c + d) + select(s[own + d], none, coarse);
                s[seen + at] = s[h + at] * sigmoid(a);
                s[seen + at + d] = s[h + at + d] * sigmoid(l);
            }
        }
    }
    storageBarrier();

    let weight = 1.0 / sqrt(f32(max(p.Fine, 1u)));
    let there = min(ROWS, p.Rows - r) * n;
    for (var i = local.x; i < there; i += THREADS) {
        var sum = x[r * n + i];
        if (p.Coarse + p.Fine == 0u) {
            sum += s[h + i];
        } else {
            for (var view = 0u; view < views; view += 1u) {
                sum += select(weight, 1.0, view < p.Coarse) * s[seen + view * five + i];
            }
        }
        y[r * n + i] = sum;
    }
}
