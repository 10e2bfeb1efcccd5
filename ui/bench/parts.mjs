// What is measured, part by part.
import { compare } from './compare.mjs';
import { memory } from './memory.mjs';
import { small } from './network.mjs';
import { sizes } from './size.mjs';
import { start } from './start.mjs';

const beam = 10, warm = 8;

const devices = { plain: 'Go alone', simd: 'SIMD', webgpu: 'WebGPU' };

// ours is our worker on a site and a device: plain (Go alone), simd or webgpu.
const ours = (device, site = '2000') => ({ name: `ace, ${devices[device]}, ${site}`, kind: 'ours', site: `site/${device}/${site}/`, device: device === 'webgpu' ? 'webgpu' : 'cpu' });

// theirs is the rival, plain or with fusion branches as our network has them.
const theirs = (provider, precision, fusion) => ({ name: `onnxruntime-web, ${provider}, ${precision}, ${fusion}`, kind: 'theirs', provider, precision, fusion, bundle: 'site/plain/2000/bundle/', shape: small });

const against = (own, rivals) => ({ versus: Object.fromEntries(own.map(o => [o.name, rivals.map(r => r.name)])) });

// grown compares a device's sites with its first one.
const grown = sites => Object.fromEntries(sites.slice(1).map(s => [s.name, [sites[0].name]]));

export const parts = {
  // On the processor, one thread each.
  async cpu(bench) {
    const own = [ours('simd', '2000-f32'), ours('simd'), ours('plain')], rivals = ['plain', 'fused'].flatMap(f => ['f32', 'q8'].map(q => theirs('wasm', q, f)));
    return { beam, weights: bench.weights, rows: await compare(bench, [...own, ...rivals], { rounds: bench.rounds, warm, beam, ...against(own, rivals) }) };
  },

  // On WebGPU: software, unless BENCH_GPU leads to a card.
  async webgpu(bench) {
    const own = [ours('webgpu')], rivals = ['plain', 'fused'].map(f => theirs('webgpu', 'f32', f));
    return { beam, rows: await compare(bench, [...own, ...rivals], { rounds: bench.slow, warm: 2, beam, webgpu: true, ...against(own, rivals) }) };
  },

  // The same network over more items, and one that weighs words and vectors too.
  async growth(bench) {
    const rows = [];
    for (const device of ['plain', 'simd']) {
      const sites = bench.sizes.map(s => ours(device, s)), hybrid = bench.hybrid.map(s => ours(device, s));
      rows.push(...await compare(bench, [...sites, ...hybrid], { rounds: bench.rounds, warm, beam, once: true, versus: { ...grown(sites), ...grown(hybrid) } }));
    }
    return { beam, rows };
  },

  async 'growth-webgpu'(bench) {
    const sites = bench.sizes.map(s => ours('webgpu', s)), hybrid = bench.hybrid.map(s => ours('webgpu', s));
    return { beam, rows: await compare(bench, [...sites, ...hybrid], { rounds: bench.slow, warm: 2, beam, webgpu: true, versus: { ...grown(sites), ...grown(hybrid) } }) };
  },

  async memory(bench) {
    const rows = [];
    for (const w of [...bench.sizes.map(s => ours('simd', s)), ours('webgpu'), theirs('wasm', 'f32', 'plain'), theirs('wasm', 'q8', 'plain'), theirs('webgpu', 'f32', 'plain')]) {
      rows.push(await memory(bench, w, { beam, webgpu: /webgpu/i.test(w.name) }));
    }
    return { rows };
  },

  async size(bench) { return sizes(bench); },

  async start(bench) { return start(bench); },
};
