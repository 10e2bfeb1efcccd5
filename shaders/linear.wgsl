// y[r,o] = act(sum_i x[r,i] w[o,i] + bias[o] + res[r,o]): a thread an element.
struct Params {
    Rows: u32,
    In: u32,
    Out: u32,
    ReLU: u32,
    Bias: u32,
    Res: u32,
}

@group(0) @binding(0) var<storage, read_write> x: array<f32>;
//single
@group(0) @binding(1) var<storage, read> w: array<f32>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
fn w_at(i: u32) -> f32 { return w[i]; }
fn bias_at(i: u32) -> f32 { return bias[i]; }
//half
@group(0) @binding(1) var<storage, read> w: array<u32>;
@group(0) @binding(2) var<storage, read> bias: array<u32>;
fn pick(i: u32, word: u32) -> f32 {
    let two = unpack2x16float(word);
    return select(two.x, two.y, (i & 1u) == 1u);
}
fn w_at(i: u32) -> f32 { return pick(i, w[i >> 1u]); }
fn bias_at(i: u32) -> f32 { return pick(i, bias[i >> 1u]); }
//end
@group(0) @binding(3) var<storage, read_write> res: array<f32>;
@group(0) @binding(4) var<storage, read_write> y: array<f32>;
@group(0) @binding(5) var<uniform> p: Params;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    let o = id.x;
    let r = id.y;
    if (o >= p.Out) {
        return;
    }
    var sum = 0.0;
    for (var i = 0u; i < p.In; i += 1u) {
        sum += x[r * p.In + i] * w_at(o * p.In + i);
    }
    if (p.Bias == 1u) {
        sum += bias_at(o);
    }
    if (p.Res == 1u) {
        sum += res[r * p.Out + o];
    }
    if (p.ReLU == 1u) {
        sum = max(sum, 0.0);
    }
    y[r * p.Out + o] = sum;
}
