// The rival as a page would run it, in a worker of its own as ours is: an encoder
// and five steps of a decoder in onnxruntime-web, beams chosen along our trie.
//
// What can stay on a GPU stays there: the encoder's keys and values and the cache.
// The logits of each step must come back, as the beams are chosen here.
//
//	to the worker    { load: { provider, encoder, decoder, bundle, shape } }, { ask: [ids], beam }
//	from it          { ready: milliseconds } | { ms, stages: { encode, steps } } | { error }
import { children, readTrie } from './trie.mjs';

let rival;

onmessage = async ({ data }) => {
  try {
    if (data.load) {
      const began = performance.now();
      rival = await Rival.open(data.load);
      postMessage({ ready: performance.now() - began });
    } else {
      postMessage(await rival.ask(data.ask, data.beam));
    }
  } catch (error) {
    postMessage({ error: String(error.stack ?? error) });
  }
};

class Rival {
  static async open({ provider, encoder, decoder, bundle, shape }) {
    const ort = await import(`./ort/ort.${provider}.min.mjs`);
    ort.env.wasm.wasmPaths = new URL('ort/', import.meta.url).href;
    ort.env.wasm.numThreads = 1;
    ort.env.logLevel = 'error';
    const layers = Array.from({ length: shape.decoder }, (_, l) => l);
    const kept = provider === 'webgpu' ? 'gpu-buffer' : 'cpu';
    const options = names => ({ executionProviders: [provider], graphOptimizationLevel: 'all',
      preferredOutputLocation: Object.fromEntries(names.flatMap(n => layers.map(l => [n + l, kept]))) });
    const create = async (url, names) => ort.InferenceSession.create(new Uint8Array(await (await fetch(url)).arrayBuffer()), options(names));
    return new Rival(ort, shape, layers, await create(encoder, ['k', 'v']), await create(decoder, ['nk', 'nv']), await readTrie(bundle));
  }

  constructor(ort, shape, layers, encoder, decoder, trie) { Object.assign(this, { ort, shape, layers, encoder, decoder, trie }); }

  tensor(values, dims) { return new this.ort.Tensor('int64', BigInt64Array.from(values, BigInt), dims); }

  async ask(ids, width) {
    const { shape, layers, ort } = this, head = shape.d / shape.heads;
    const began = performance.now();
    const memory = await this.encoder.run({ ids: this.tensor(ids, [1, ids.length]) });
    const encode = performance.now() - began, steps = [];
    let cache = {};
    for (const l of layers) for (const name of ['pk', 'pv']) cache[name + l] = new ort.Tensor('float32', new Float32Array(0), [1, shape.heads, 0, head]);
    let beams = [{ row: 0, parent: 0, score: 0, lo: 0, hi: this.trie.first.at(-1) }];
    for (let level = 0; level < shape.levels; level++) {
      const start = performance.now();
      const out = await this.decoder.run({ ...memory, ...cache, level: this.tensor([level], [1]),
        code: this.tensor(beams.map(b => b.row), [beams.length, 1]), parent: this.tensor(beams.map(b => b.parent), [beams.length]) });
      for (const l of layers) for (const name of ['k', 'v']) {
        if (level > 0) cache[`p${name}${l}`].dispose();
        cache[`p${name}${l}`] = out[`n${name}${l}`];
      }
      beams = this.choose(beams, level, out.logits.data, width);
      steps.push(performance.now() - start);
    }
    for (const kept of [memory, cache]) for (const t of Object.values(kept)) t.dispose();
    return { ms: performance.now() - began, stages: { encode, steps }, best: beams[0] };
  }

  // choose gives the width best prefixes of one more code, by the log-softmax
  // of the logits [beams, codes].
  choose(beams, level, logits, width) {
    const { codes } = this.shape, next = [];
    beams.forEach((beam, b) => {
      const row = logits.subarray(b * codes, (b + 1) * codes);
      let top = -Infinity, sum = 0;
      for (const x of row) top = Math.max(top, x);
      for (const x of row) sum += Math.exp(x - top);
      const base = beam.score - top - Math.log(sum);
      children(this.trie, level, beam.lo, beam.hi, (code, lo, hi) => next.push({ row: 1 + level * codes + code, parent: b, score: base + row[code], lo, hi }));
    });
    return next.sort((x, y) => y.score - x.score || x.lo - y.lo).slice(0, width);
  }
}
