// Our worker as the page starts it: worker.js with the compiled module, the
// messages of wasm/worker_js.go.
import { Counter } from './counter.mjs';

export class Ours {
  // path leads to a site's folder, device is what its worker is told to use.
  static async open({ name, site: path, device }) {
    const site = new URL(path, import.meta.url);
    const began = performance.now();
    const worker = new Worker(new URL('worker.js', site), { name });
    const module = await WebAssembly.compileStreaming(fetch(new URL('app.wasm', site)));
    const ours = new Ours(worker, new Counter(name));
    worker.postMessage({ module, bundle: new URL('bundle/', site).href, device });
    const info = JSON.parse((await ours.call(['open'], 'open'))[1]);
    return Object.assign(ours, { info, ready: performance.now() - began });
  }

  #waiting = null;
  constructor(worker, counter) {
    Object.assign(this, { worker, counter });
    worker.onmessage = ({ data }) => { if (data[0] !== 'progress' && this.#waiting) this.#waiting(data); };
    worker.onerror = e => this.#waiting?.(['error', e.message, '']);
  }

  // call sends a message and waits for the answer that is wanted.
  async call(message, wanted) {
    const got = await new Promise(done => { this.#waiting = done; this.worker.postMessage(message); });
    if (got[0] !== wanted) throw new Error(`our worker: ${got.join(' ')}`);
    return got;
  }

  async ask(text, beam) {
    const [, , device, ms, mode, , , times] = await this.call(['search', text, -1, beam, -1, beam], 'answer');
    return { device, ms, mode, stages: times && stages(device, times) };
  }

  counts() { return this.counter.take(); }
  close() { this.worker.terminate(); }
}

// stages of an answer in milliseconds: to the encoder's end, and in the beam, of
// which the processor knows when each level ended, from the beginning.
function stages(device, [encode, decode, levels]) {
  return device === 'webgpu' ? { encode, decode } : { encode, steps: levels.map((t, i) => t - (i ? levels[i - 1] : encode)) };
}
