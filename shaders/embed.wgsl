// y[r] = sum of table[piece] over the pieces of row r, / sqrt(their number), + places[place[r]].
struct Params {
    Rows: u32,
    Width: u32,
}

@group(0) @binding(0) var<storage, read> pieces: array<u32>;
@group(0) @binding(1) var<storage, read> start: array<u32>;
@group(0) @binding(2) var<storage, read> place: array<u32>;
//single
@group(0) @binding(3) var<storage, read> table: array<f32>;
@group(0) @binding(4) var<storage, read> places: array<f32>;
fn table_at(i: u32) -> f32 { return table[i]; }
fn places_at(i: u32) -> f32 { return places[i]; }
//half
@group(0) @binding(3) var<storage, read> table: array<u32>;
@group(0) @binding(4) var<storage, read> places: array<u32>;
fn pick(i: u32, word: u32) -> f32 {
    let two = unpack2x16float(word);
    return select(two.x, two.y, (i & 1u) == 1u);
}
fn table_at(i: u32) -> f32 { return pick(i, table[i >> 1u]); }
fn places_at(i: u32) -> f32 { return pick(i, places[i >> 1u]); }
//end
@group(0) @binding(5) var<storage, read_write> y: array<f32>;
@group(0) @binding(6) var<uniform> p: Params;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    let i = id.x;
    let r = id.y;
    if (i >= p.Width) {
        return;
    }
    let first = start[r];
    let to = start[r + 1u];
    var sum = 0.0;
    for (var j = first; j < to; j += 1u) {
        sum += table_at(pieces[j] * p.Width + i);
    }
    y[r * p.Width + i] = sum / sqrt(f32(max(to - first, 1u))) + places_at(place[r] * p.Width + i);
}
