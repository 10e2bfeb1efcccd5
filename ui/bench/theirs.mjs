// The page's side of rival.mjs.
import { Counter } from './counter.mjs';

export class Theirs {
  static async open({ name, provider, precision, fusion, bundle, shape }) {
    const worker = new Worker(new URL('rival.mjs', import.meta.url), { type: 'module', name });
    const theirs = new Theirs(worker, shape, new Counter(name));
    const model = part => new URL(`models/${part}-${fusion}-${precision}.onnx`, import.meta.url).href;
    const began = performance.now();
    await theirs.call({ load: { provider, encoder: model('encoder'), decoder: model('decoder'), bundle: new URL(bundle, import.meta.url).href, shape } });
    return Object.assign(theirs, { ready: performance.now() - began });
  }

  #waiting = null;
  constructor(worker, shape, counter) {
    Object.assign(this, { worker, shape, counter });
    worker.onmessage = ({ data }) => this.#waiting(data);
    worker.onerror = e => this.#waiting?.({ error: e.message });
  }

  async call(message) {
    const got = await new Promise(done => { this.#waiting = done; this.worker.postMessage(message); });
    if (got.error) throw new Error(`the rival: ${got.error}`);
    return got;
  }

  // ask asks as many pieces as the text has words; which ones is of no matter.
  async ask(text, beam) {
    const ids = text.split(' ').map((w, i) => [...w].reduce((h, c) => (h * 31 + c.charCodeAt()) % this.shape.vocabulary, i));
    return this.call({ ask: ids, beam });
  }

  counts() { return this.counter.take(); }
  close() { this.worker.terminate(); }
}
