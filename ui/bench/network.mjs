// The rival as ONNX models: an encoder, and one step of a decoder with a cache of
// keys and values. Layers as in T5 (arXiv 1910.10683): norm before, RMS, no
// biases. With fusion it is our network (arXiv 2406.17507, section 3; core/model/record.go).
// Weights are random. q8 is what onnxruntime's quantize_dynamic writes: weights
// int8 a tensor, activations uint8 quantised as they come.
//
// Written to run well: q, k and v are one product, and so are k and v of the
// cross-attention; all beams look at the query in one product a head, since they
// share it; the cache is reordered inside the model; a step computes the logits of
// its own level.
import { F32, Graph, I64, I8, U8 } from './onnx.mjs';

export const small = { d: 256, heads: 8, ffn: 1024, encoder: 3, decoder: 3, vocabulary: 8192, levels: 5, codes: 256, words: 24 };

class Network extends Graph {
  #seed = 1; #quantised = new Map();
  constructor(shape, precision, fusion) { super(); Object.assign(this, shape, { q8: precision === 'q8', fusion, head: shape.d / shape.heads }); }

  // random is an xorshift of 32 bits, to -1 .. 1.
  random() {
    let x = this.#seed;
    x ^= x << 13; x ^= x >>> 17; x ^= x << 5;
    this.#seed = x;
    return x / 2 ** 31;
  }

  matrix(shape, scale) {
    const w = new Float32Array(shape.reduce((a, b) => a * b));
    this.parameters += w.length;
    for (let i = 0; i < w.length; i++) w[i] = this.random() * scale;
    return this.constant(F32, shape, w);
  }

  bytesOfWeights(type, shape) {
    const w = new (type === I8 ? Int8Array : Uint8Array)(shape.reduce((a, b) => a * b));
    this.parameters += w.length;
    for (let i = 0; i < w.length; i++) w[i] = Math.round(this.random() * 127) + (type === U8 ? 128 : 0);
    return this.constant(type, shape, w);
  }

  linear(x, from, to) {
    const scale = Math.sqrt(3 / from);
    if (!this.q8) return this.op('MatMul', [x, this.matrix([from, to], scale)]);
    if (!this.#quantised.has(x)) this.#quantised.set(x, this.op('DynamicQuantizeLinear', [x], {}, 3));
    const [q, s, zero] = this.#quantised.get(x);
    const y = this.op('MatMulInteger', [q, this.bytesOfWeights(I8, [from, to]), zero, this.constant(I8, [], new Int8Array(1))]);
    return this.op('Mul', [this.op('Cast', [y], { to: F32 }), this.op('Mul', [s, this.scalar(scale / 127)])]);
  }

  embed(ids, rows) {
    if (!this.q8) return this.op('Gather', [this.matrix([rows, this.d], 0.06), ids], { axis: 0 });
    return this.op('DequantizeLinear', [this.op('Gather', [this.bytesOfWeights(U8, [rows, this.d]), ids], { axis: 0 }), this.scalar(0.06 / 127), this.constant(U8, [], Uint8Array.of(128))]);
  }

  norm(x) {
    this.parameters += this.d;
    return this.op('SimplifiedLayerNormalization', [x, this.constant(F32, [this.d], new Float32Array(this.d).fill(1))], { axis: -1, epsilon: { float: 1e-6 } });
  }

  reshape(x, ...shape) { return this.op('Reshape', [x, this.integers(...shape)]); }
  transpose(x, ...perm) { return this.op('Transpose', [x], { perm }); }
  add(x, y) { return this.op('Add', [x, y]); }
  split(x, n, axis) { return this.op('Split', [x, this.integers(...Array(n).fill(this.d))], { axis }, n); }
  attend(q, kT, v) {
    const s = this.op('Mul', [this.op('MatMul', [q, kT]), this.scalar(1 / Math.sqrt(this.head))]);
    return this.op('MatMul', [this.op('Softmax', [s], { axis: -1 }), v]);
  }
  forward(x) { return this.add(x, this.linear(this.op('Relu', [this.linear(this.norm(x), this.d, this.ffn)]), this.ffn, this.d)); }
}

// encoder reads ids [1, words] and gives, for each layer of the decoder, keys
// k0.. [views, heads, head, words] and values v0.. [views, heads, words, head].
export function encoder(shape, precision, fusion) {
  const g = new Network(shape, precision, fusion), { d, heads, head, words: n } = g;
  let x = g.add(g.embed(g.input('ids', I64, [1, n]), g.vocabulary), g.matrix([1, n, d], 0.02));
  const layers = [];
  for (let l = 0; l < g.encoder; l++) {
    const [q, k, v] = g.split(g.linear(g.norm(x), d, 3 * d), 3, -1).map(y => g.reshape(y, 1, n, heads, head));
    const o = g.attend(g.transpose(q, 0, 2, 1, 3), g.transpose(k, 0, 2, 3, 1), g.transpose(v, 0, 2, 1, 3));
    x = g.add(x, g.linear(g.reshape(g.transpose(o, 0, 2, 1, 3), 1, n, d), d, d));
    x = g.forward(x);
    if (fusion || l === g.encoder - 1) layers.push(g.norm(x));
  }
  let views = 1, memory = layers.at(-1);
  if (fusion) {
    const z = g.add(g.linear(g.op('Concat', layers, { axis: -1 }), g.encoder * d, d), g.matrix([d], 0.01));
    views = 1 + g.encoder;
    memory = g.op('Concat', [z, ...layers], { axis: 0 });
  }
  for (let l = 0; l < g.decoder; l++) {
    const [k, v] = g.split(g.linear(memory, d, 2 * d), 2, -1).map(y => g.reshape(y, views, n, heads, head));
    g.op('Transpose', [k], { perm: [0, 2, 3, 1] }, [`k${l}`]);
    g.op('Transpose', [v], { perm: [0, 2, 1, 3] }, [`v${l}`]);
    g.output(`k${l}`, F32, [views, heads, head, n]);
    g.output(`v${l}`, F32, [views, heads, n, head]);
  }
  return g;
}

// decoder reads the codes written last [b, 1], the level, the beams that they
// continue [b] and the cache pk0.., pv0.. [before, heads, past, head]; it gives
// logits [b, codes] and the cache nk0.., nv0...
export function decoder(shape, precision, fusion) {
  const g = new Network(shape, precision, fusion), { d, heads, head, words: n } = g, views = fusion ? 1 + g.encoder : 1;
  const code = g.input('code', I64, ['b', 1]), level = g.input('level', I64, [1]), parent = g.input('parent', I64, ['b']);
  let x = g.add(g.embed(code, 1 + g.levels * g.codes), g.op('Gather', [g.matrix([g.levels, d], 0.02), level], { axis: 0 }));
  for (let l = 0; l < g.decoder; l++) {
    const [q, k, v] = g.split(g.linear(g.norm(x), d, 3 * d), 3, -1).map(y => g.reshape(y, -1, heads, 1, head));
    const cache = (name, now) => {
      const past = g.input(`p${name}${l}`, F32, ['before', heads, 'past', head]);
      g.op('Concat', [g.op('Gather', [past, parent], { axis: 0 }), now], { axis: 2 }, [`n${name}${l}`]);
      g.output(`n${name}${l}`, F32, ['b', heads, 'now', head]);
      return `n${name}${l}`;
    };
    const o = g.attend(q, g.transpose(cache('k', k), 0, 1, 3, 2), cache('v', v));
    x = g.add(x, g.linear(g.reshape(o, -1, 1, d), d, d));
    const y = g.norm(x);
    const cross = g.attend(g.transpose(g.reshape(g.linear(y, d, d), 1, -1, heads, head), 0, 2, 1, 3), g.input(`k${l}`, F32, [views, heads, head, n]), g.input(`v${l}`, F32, [views, heads, n, head]));
    const seen = g.linear(g.reshape(g.transpose(cross, 0, 2, 1, 3), views, -1, d), d, d);
    x = g.add(x, g.reshape(fusion ? fuse(g, y, seen) : seen, -1, 1, d));
    x = g.forward(x);
  }
  x = g.reshape(g.norm(x), -1, d);
  const heads5 = g.q8 ? g.bytesOfWeights(I8, [g.levels, d, g.codes]) : g.matrix([g.levels, d, g.codes], 0.1);
  const own = g.reshape(g.op('Gather', [heads5, level], { axis: 0 }), d, g.codes);
  if (g.q8) {
    const [q, s, zero] = g.op('DynamicQuantizeLinear', [x], {}, 3);
    const y = g.op('MatMulInteger', [q, own, zero, g.constant(I8, [], new Int8Array(1))]);
    g.op('Mul', [g.op('Cast', [y], { to: F32 }), g.op('Mul', [s, g.scalar(0.1 / 127)])], {}, ['logits']);
  } else g.op('MatMul', [x, own], {}, ['logits']);
  g.output('logits', F32, ['b', g.codes]);
  return g;
}

// fuse is the sum of both branches over what was seen [views, b, d]: the coarse
// one gates the first view by itself, the fine one the others by them and the
// state y [b, 1, d].
function fuse(g, y, seen) {
  const { d } = g;
  const [z, layers] = g.op('Split', [seen, g.integers(1, g.encoder)], { axis: 0 }, 2);
  const gate = (x, by) => g.op('Mul', [x, g.op('Sigmoid', [by])]);
  const coarse = gate(z, g.add(g.linear(z, d, d), g.matrix([d], 0.01)));
  const state = g.reshape(g.add(g.linear(y, d, d), g.matrix([d], 0.01)), 1, -1, d);
  const fine = g.op('ReduceSum', [gate(layers, g.add(g.linear(layers, d, d), state)), g.integers(0)], { keepdims: 1 });
  return g.add(coarse, g.op('Mul', [fine, g.scalar(1 / Math.sqrt(g.encoder))]));
}
