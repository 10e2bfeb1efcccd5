// The children of a beam that have items, the highest rank first: a workgroup a
// beam. A child's place is how many are ranked before it, so nothing is sorted.
struct Params {
    Rows: u32,
    Codes: u32,
    Keep: u32,
    Bits: u32,
    Path: f32,
    Allowed: u32,
    Prior: u32,
}

@group(0) @binding(0) var<storage, read> beams: array<u32>;
@group(0) @binding(1) var<storage, read> trie: array<u32>;
@group(0) @binding(2) var<storage, read> allowed: array<u32>;
@group(0) @binding(3) var<storage, read_write> prior: array<f32>;
@group(0) @binding(4) var<storage, read_write> logits: array<f32>;
@group(0) @binding(5) var<storage, read_write> s: array<f32>;
@group(0) @binding(6) var<storage, read_write> children: array<u32>;
@group(0) @binding(7) var<uniform> p: Params;

const threads = 32u;
const worst = -3.4e38;

var<workgroup> tops: array<f32, 32>;
var<workgroup> sums: array<f32, 32>;
var<workgroup> bests: array<f32, 32>;
var<workgroup> counts: array<u32, 32>;

fn code_of(i: u32) -> u32 {
    if (p.Bits == 8u) {
        return (trie[i >> 2u] >> ((i & 3u) * 8u)) & 255u;
    }
    return (trie[i >> 1u] >> ((i & 1u) * 16u)) & 65535u;
}

// first is the first item of lo..hi-1, which have codes in order, whose code is
// not below t.
fn first(lo: u32, hi: u32, t: u32) -> u32 {
    if (p.Bits == 0u) {
        return clamp(trie[t], lo, hi);
    }
    var a = lo;
    var b = hi;
    loop {
        if (a >= b) {
            break;
        }
        let middle = a + ((b - a) >> 1u);
        if (code_of(middle) < t) {
            a = middle + 1u;
        } else {
            b = middle;
        }
    }
    return a;
}

// last is where the items of code t end that begin at lo: runs are short, so it
// looks near first.
fn last(lo: u32, hi: u32, t: u32) -> u32 {
    if (p.Bits == 0u) {
        return clamp(trie[t + 1u], lo, hi);
    }
    var a = lo;
    var step = 1u;
    loop {
        if (a + step >= hi || code_of(min(a + step, hi - 1u)) > t) {
            break;
        }
        a += step;
        step += step;
    }
    return first(a, min(a + step, hi), t + 1u);
}

// before is how many allowed items come before item i.
fn before(i: u32) -> u32 {
    let word = i >> 5u;
    var n = allowed[p.Allowed + (i >> 6u)] + countOneBits(allowed[word] & ((1u << (i & 31u)) - 1u));
    if ((word & 1u) == 1u) {
        n += countOneBits(allowed[word - 1u]);
    }
    return n;
}

fn exists(lo: u32, hi: u32) -> bool {
    if (lo >= hi) {
        return false;
    }
    return p.Allowed == 0u || before(hi) > before(lo);
}

// best is the highest prior of the items lo..hi-1.
fn best(lo: u32, hi: u32) -> f32 {
    var top = worst;
    var i = lo;
    loop {
        if (i >= hi) {
            break;
        }
        if ((i & 63u) == 0u && i + 64u <= hi) {
            top = max(top, prior[p.Prior + (i >> 6u)]);
            i += 64u;
        } else {
            top = max(top, prior[i]);
            i += 1u;
        }
    }
    return top;
}

@compute @workgroup_size(32)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
    let r = group.x;
    let lo = beams[r * 8u];
    let hi = beams[r * 8u + 1u];
    let so_far = bitcast<f32>(beams[r * 8u + 2u]);
    let at = r * p.Codes;

    // Each thread has a share of the codes.
    let share = (p.Codes + threads - 1u) / threads;
    let begin = min(local.x * share, p.Codes);
    let end = min(begin + share, p.Codes);

    // The logarithm of the sum of exp(logits).
    var top = worst;
    for (var t = begin; t < end; t += 1u) {
        top = max(top, logits[at + t]);
    }
    tops[local.x] = top;
    workgroupBarrier();
    for (var i = 0u; i < threads; i += 1u) {
        top = max(top, tops[i]);
    }
    var sum = 0.0;
    for (var t = begin; t < end; t += 1u) {
        sum += exp(logits[at + t] - top);
    }
    sums[local.x] = sum;
    workgroupBarrier();
    sum = 0.0;
    for (var i = 0u; i < threads; i += 1u) {
        sum += sums[i];
    }
    let lse = top + log(sum);

    // The ranks of the children in the share, and their codes.
    let ranks = r * 2u * share * threads;
    let codes = ranks + share * threads;
    let mine = local.x * share;
    var count = 0u;
    var highest = worst;
    var code = begin;
    var item = hi;
    if (begin < end) {
        item = first(lo, hi, begin);
    }
    loop {
        if (item < hi && p.Bits > 0u) {
            code = code_of(item);
        }
        if (item >= hi || code >= end) {
            break;
        }
        let next = last(item, hi, code);
        if (exists(item, next)) {
            var rank = p.Path * (so_far + (logits[at + code] - lse));
            if (p.Prior > 0u) {
                rank += best(item, next);
            }
            s[ranks + mine + count] = rank;
            s[codes + mine + count] = f32(code);
            count += 1u;
            highest = max(highest, rank);
        }
        item = next;
        code += 1u;
    }
    bests[local.x] = highest;
    counts[local.x] = count;
    storageBarrier();
    workgroupBarrier();

    for (var k = 0u; k < count; k += 1u) {
        let rank = s[ranks + mine + k];
        // Shares whose best is ranked before it have one such child at least.
        var place = 0u;
        for (var i = 0u; i < threads; i += 1u) {
            if (bests[i] > rank || (bests[i] == rank && i < local.x)) {
                place += 1u;
                if (place >= p.Keep) {
                    break;
                }
            }
        }
        if (place < p.Keep) {
            place = 0u;
            for (var i = 0u; i < threads; i += 1u) {
                if (bests[i] > rank || (bests[i] == rank && i <= local.x)) {
                    for (var j = i * share; j < i * share + counts[i]; j += 1u) {
                        let other = s[ranks + j];
                        if (other > rank || (other == rank && j < mine + k)) {
                            place += 1u;
                        }
                    }
                }
                if (place >= p.Keep) {
                    break;
                }
            }
        }
        if (place < p.Keep) {
            let t = u32(s[codes + mine + k]);
            let start = first(lo, hi, t);
            let w = (r * p.Keep + place) * 8u;
            children[w] = start;
            children[w + 1u] = last(start, hi, t);
            children[w + 2u] = bitcast<u32>(so_far + (logits[at + t] - lse));
            children[w + 3u] = bitcast<u32>(rank);
            children[w + 4u] = r;
            children[w + 5u] = t;
            children[w + 6u] = 0u;
            children[w + 7u] = 0u;
        }
    }

    // The places that are left have no child.
    var alive = 0u;
    for (var i = 0u; i < threads; i += 1u) {
        alive += counts[i];
    }
    for (var place = alive + local.x; place < p.Keep; place += threads) {
        let w = (r * p.Keep + place) * 8u;
        for (var j = 0u; j < 8u; j += 1u) {
            children[w + j] = 0u;
        }
        children[w + 3u] = bitcast<u32>(worst);
        children[w + 4u] = r;
    }
}
