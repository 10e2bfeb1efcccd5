// The best children of all beams become the next beams: a workgroup a list of
// children. A child's place is how many are ranked before it in its own list and,
// by halving, in the others, which are in order as well.
struct Params {
    Rows: u32,
    Keep: u32,
    Next: u32,
    Level: u32,
    First: u32,
    Width: u32,
    Stride: u32,
}

@group(0) @binding(0) var<storage, read> children: array<u32>;
@group(0) @binding(1) var<storage, read_write> states: array<u32>;
@group(0) @binding(2) var<storage, read_write> table: array<u32>;
@group(0) @binding(3) var<storage, read_write> keys: array<u32>;
@group(0) @binding(4) var<uniform> p: Params;

// better counts those of list o that are ranked before a child of list r.
fn better(o: u32, r: u32, rank: f32, lo: u32) -> u32 {
    var a = 0u;
    var b = p.Keep;
    loop {
        if (a >= b) {
            break;
        }
        let middle = (a + b) >> 1u;
        let w = (o * p.Keep + middle) * 8u;
        let other = bitcast<f32>(children[w + 3u]);
        let there = children[w];
        if (other > rank || (other == rank && (there < lo || (there == lo && o < r)))) {
            a = middle + 1u;
        } else {
            b = middle;
        }
    }
    return a;
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
    let r = group.x;
    for (var i = local.x; i < p.Keep; i += 64u) {
        let w = (r * p.Keep + i) * 8u;
        let rank = bitcast<f32>(children[w + 3u]);
        var place = i;
        for (var o = 0u; o < p.Rows; o += 1u) {
            if (place >= p.Next) {
                break;
            }
            if (o != r) {
                place += better(o, r, rank, children[w]);
            }
        }
        if (place < p.Next) {
            let next = p.Level + 1u;
            let s = (next * p.Stride + place) * 8u;
            for (var j = 0u; j < 8u; j += 1u) {
                states[s + j] = children[w + j];
            }
            table[place] = p.First + children[w + 5u];
            let mine = place * (next + 1u);
            keys[mine + next] = next * p.Width + place;
            var parent = children[w + 4u];
            for (var j = 0u; j < next; j += 1u) {
                let level = p.Level - j;
                keys[mine + level] = level * p.Width + parent;
                parent = states[(level * p.Stride + parent) * 8u + 4u];
            }
        }
    }
}
