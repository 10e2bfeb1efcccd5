// y[i] = res[i] + Scale c[i] sigmoid(g[i]).
struct Params {
    N: u32,
    Scale: f32,
    Res: u32,
}

@group(0) @binding(0) var<storage, read_write> c: array<f32>;
@group(0) @binding(1) var<storage, read_write> g: array<f32>;
@group(0) @binding(2) var<storage, read_write> res: array<f32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
@group(0) @binding(4) var<uniform> p: Params;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    let i = id.x;
    if (i >= p.N) {
        return;
    }
    var v = p.Scale * c[i] / (1.0 + exp(-max(g[i], -80.0)));
    if (p.Res == 1u) {
        v += res[i];
    }
    y[i] = v;
}
