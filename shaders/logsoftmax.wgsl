// y[r,i] = x[r,i] - log(sum_j exp(x[r,j])): a workgroup a row.
struct Params {
    Rows: u32,
    Width: u32,
}

@group(0) @binding(0) var<storage, read_write> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> p: Params;

var<workgroup> tops: array<f32, 64>;
var<workgroup> sums: array<f32, 64>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
    let at = group.x * p.Width;
    var top = -3.0e38;
    for (var i = local.x; i < p.Width; i += 64u) {
        top = max(top, x[at + i]);
    }
    tops[local.x] = top;
    workgroupBarrier();
    for (var i = 0u; i < 64u; i += 1u) {
        top = max(top, tops[i]);
    }
    var sum = 0.0;
    for (var i = local.x; i < p.Width; i += 64u) {
        sum += exp(x[at + i] - top);
    }
    sums[local.x] = sum;
    workgroupBarrier();
    var whole = 0.0;
    for (var i = 0u; i < 64u; i += 1u) {
        whole += sums[i];
    }
    let lse = top + log(whole);
    for (var i = local.x; i < p.Width; i += 64u) {
        y[at + i] = x[at + i] - lse;
    }
}
