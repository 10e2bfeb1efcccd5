// y[r,i] = x[r,i] g[i] / sqrt(mean_i x[r,i]^2 + Eps): a workgroup a row.
struct Params {
    Rows: u32,
    Width: u32,
    Eps: f32,
    From: u32,
}

@group(0) @binding(0) var<storage, read_write> x: array<f32>;
//single
@group(0) @binding(1) var<storage, read> g: array<f32>;
fn g_at(i: u32) -> f32 { return g[i]; }
//half
@group(0) @binding(1) var<storage, read> g: array<u32>;
fn g_at(i: u32) -> f32 {
    let two = unpack2x16float(g[i >> 1u]);
    return select(two.x, two.y, (i & 1u) == 1u);
}
//end
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
@group(0) @binding(3) var<uniform> p: Params;

var<workgroup> part: array<f32, 64>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
    let at = group.x * p.Width;
    var sum = 0.0;
    for (var i = local.x; i < p.Width; i += 64u) {
        sum += x[at + i] * x[at + i];
    }
    part[local.x] = sum;
    workgroupBarrier();
    var square = 0.0;
    for (var i = 0u; i < 64u; i += 1u) {
        square += part[i];
    }
    let inv = 1.0 / sqrt(square / f32(p.Width) + p.Eps);
    for (var i = local.x; i < p.Width; i += 64u) {
        y[p.From * p.Width + at + i] = x[at + i] * inv * g_at(i);
    }
}
