// Row r attends to the rows keys[span[2r] : span[2r]+span[2r+1]] of kv: a
// workgroup a row and head, whose softmax is taken in one pass over the keys
// (arXiv 1805.02867).
struct Params {
    Rows: u32,
    Heads: u32,
    Head: u32,
    QStride: u32,
    QOff: u32,
    KVStride: u32,
    KOff: u32,
    VOff: u32,
}

@group(0) @binding(0) var<storage, read_write> q: array<f32>;
@group(0) @binding(1) var<storage, read_write> kv: array<f32>;
@group(0) @binding(2) var<storage, read> keys: array<u32>;
@group(0) @binding(3) var<storage, read> span: array<u32>;
@group(0) @binding(4) var<storage, read_write> y: array<f32>;
@group(0) @binding(5) var<uniform> p: Params;

@compute @workgroup_size(32)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
    let h = group.x;
    let r = group.y;
    let first = span[2u * r];
    let to = first + span[2u * r + 1u];
    let at = r * p.QStride + p.QOff + h * p.Head;
    let scale = 1.0 / sqrt(f32(p.Head));
    for (var i = local.x; i < p.Head; i += 32u) {
        var top = -3.0e38;
        var sum = 0.0;
        var value = 0.0;
        for (var j = first; j < to; j += 1u) {
            let row = keys[j] * p.KVStride + h * p.Head;
            var s = 0.0;
            for (var l = 0u; l < p.Head; l += 1u) {
                s += q[at + l] * kv[row + p.KOff + l];
            }
            s *= scale;
            let higher = max(top, s);
            let keep = exp(top - higher);
            let weight = exp(s - higher);
            sum = sum * keep + weight;
            value = value * keep + weight * kv[row + p.VOff + i];
            top = higher;
        }
        if (to > first) {
            value /= sum;
        }
        y[(r * p.Heads + h) * p.Head + i] = value;
    }
}
