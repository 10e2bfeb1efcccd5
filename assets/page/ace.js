// Search by meaning for one's own page:
//
//   import { open } from './ace.js';
//   const index = await open('./bundle/');
//   const { hits } = await index.search('dog on a beach', { limit: 10 });
//
// ace.d.ts describes all of it. Beside this file lies what it starts: worker.js
// with, where a key is given, signed.js, and app.wasm. <ace-search> is in
// ace-search.js, which a page that holds one need not name.

const here = globalThis.document?.baseURI ?? globalThis.location?.href;

/** Opens the bundle in a folder; its searches run in a worker of their own. */
export async function open(bundle, { base = import.meta.url, worker: shim, device = 'auto', key = '', ...options } = {}) {
  const folder = folderOf(bundle, here);
  options.signal?.throwIfAborted();
  const home = new URL('./', new URL(base, here));
  const worker = start(home, shim);
  const module = compile(new URL('app.wasm', home).href);
  try {
    return await Index.open(worker, module, { bundle: folder.href, device, key }, options);
  } catch (error) {
    if (error.hint?.startsWith('Check the connection') && folder.origin !== new URL(here).origin) {
      error.hint += " It is on another origin, which has to send Access-Control-Allow-Origin; the page's policy has to allow it under connect-src.";
    }
    throw error;
  }
}

/** The address of a bundle's folder, whichever way it was named. */
export function folderOf(bundle, relativeTo) {
  const url = new URL(bundle, relativeTo);
  url.search = url.hash = '';
  url.pathname = url.pathname.replace(/(\/manifest\.json|\/)?$/, '/');
  return url;
}

/** An error that says what one can do about it. */
export function problem(message, hint = '') {
  return Object.assign(new Error(message), { name: 'AceError', hint });
}

const unstarted = message => problem(`worker.js: ${message || 'it cannot be loaded'}`,
  "worker.js belongs beside ace.js; the page's policy has to allow it under worker-src and script-src.");

// start starts worker.js. A browser starts no worker of another origin: there a
// blob takes its place, or a file of the page's own origin that the page names.
function start(home, shim) {
  let script = new URL('worker.js', home).href;
  if (shim) {
    script = new URL(shim, here).href;
  } else if (home.origin !== new URL(here).origin) {
    const text = `self.aceBase = ${JSON.stringify(home.href)}; importScripts(${JSON.stringify(script)});`;
    script = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    setTimeout(() => URL.revokeObjectURL(script), 60_000); // the worker has read it by then
  }
  try {
    return new Worker(script);
  } catch ({ message }) {
    throw unstarted(message);
  }
}

const modules = new Map(); // compiled once for all indexes

function compile(url) {
  if (!modules.has(url)) {
    const module = load(url);
    module.catch(() => modules.delete(url));
    modules.set(url, module);
  }
  return modules.get(url);
}

// load streams where the server names the type right; some do not.
async function load(url) {
  const response = await fetch(url).catch(({ message }) => {
    throw problem(`${url}: ${message}`, 'app.wasm belongs beside ace.js; another origin has to send Access-Control-Allow-Origin.');
  });
  if (!response.ok) throw problem(`${url}: the server answers ${response.status}`, 'app.wasm belongs beside ace.js.');
  const streams = response.headers.get('Content-Type')?.startsWith('application/wasm');
  try {
    return await (streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer()));
  } catch ({ message }) {
    throw problem(`${url}: ${message}`, /unsafe-eval|embedder|CSP|Content Security/.test(message)
      ? "The page's policy has to allow script-src 'wasm-unsafe-eval'." : 'Publish app.wasm again, together with the files beside it.');
  }
}

/** An open bundle. Its worker answers one call at a time, in their order. */
export class Index {
  #worker;
  #site;           // what the items' files are relative to
  #info;
  #waiting = [];   // calls that the worker has not been asked
  #current = {};   // the call that it is at work on; it starts with none
  #ended = null;   // the error of all calls from now on

  // open takes a worker, the program for it as a promise, and what it is to open: the
  // bundle arrives while the program is compiled.
  static async open(worker, module, first, { onProgress, signal } = {}) {
    const index = new Index(), folder = new URL(first.bundle);
    index.#worker = worker;
    index.#site = new URL('../', folder);
    worker.onmessage = ({ data }) => index.#receive(data, onProgress);
    worker.onerror = event => {
      event.preventDefault?.();
      index.#end(unstarted(event.message));
    };
    worker.postMessage(first);
    module.then(module => {
      worker.postMessage({ module });
      index.#current = null;
      index.#next();
    }).catch(error => index.#end(error));
    try {
      index.#info = await index.#call('info', {}, signal);
      return index;
    } catch (error) {
      if (index.#ended || signal?.aborted) throw error;
      const unreached = /^Check the connection/.test(error.hint) && folder.protocol !== 'file:';
      throw problem(`${folder.href}: ${error.message}`, /^manifest/.test(error.message) && !unreached
        ? 'A bundle is the folder bundle/ of a site, where manifest.json lies.' : error.hint);
    } finally {
      if (!index.#info) index.close();
    }
  }

  /** What the collection is, and where searches run. */
  get info() { return this.#info; }

  /** The best items for a question. */
  async search(query, { signal, ...options } = {}) {
    const answer = await this.#call('search', { ...parameters(options, 10), query: String(query) }, signal);
    this.#info.device = answer.device;
    for (const hit of answer.hits) hit.src = this.#address(hit.file);
    return answer;
  }

  /** Items to look at before anything was asked, spread over the collection. */
  async items({ signal, ...options } = {}) {
    const items = await this.#call('items', parameters(options, 50), signal);
    for (const item of items) item.src = this.#address(item.file);
    return items;
  }

  /** Ends the worker. Calls that are not answered yet are rejected. */
  close() { this.#end(problem('the index is closed')); }

  #call(method, params, signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      if (this.#ended) return reject(this.#ended);
      const abort = () => {
        this.#waiting = this.#waiting.filter(other => other !== call);
        reject(signal.reason);
      };
      const settle = f => value => { signal?.removeEventListener('abort', abort); f(value); };
      const call = { message: ['call', method, JSON.stringify(params)], resolve: settle(resolve), reject: settle(reject) };
      signal?.addEventListener('abort', abort);
      this.#waiting.push(call);
      this.#next();
    });
  }

  #next() {
    if (this.#current || !this.#waiting.length) return;
    this.#current = this.#waiting.shift();
    this.#worker.postMessage(this.#current.message);
  }

  #receive([what, ...rest], onProgress) {
    switch (what) {
      case 'progress': return onProgress?.(...rest);
      case 'dead': return this.#end(problem('the search program has stopped', 'Open the index again.'));
      case 'result': this.#current?.resolve(JSON.parse(rest[0])); break;
      case 'error': this.#current?.reject(problem(...rest)); break;
    }
    this.#current = null;
    this.#next();
  }

  #end(error) {
    if (this.#ended) return;
    this.#ended = error;
    this.#worker.terminate();
    for (const call of [this.#current, ...this.#waiting]) call?.reject?.(error);
    this.#current = null;
    this.#waiting = [];
  }

  // A file is a URL on the site's own host, or says in full that it is not; it is
  // never of another sort than the web's.
  #address(file) {
    const url = URL.canParse(file, this.#site) && new URL(file, this.#site);
    const good = url && (url.protocol === this.#site.protocol && url.host === this.#site.host || /^https?:\/\//.test(file));
    return (good ? url : new URL(`./${file}`, this.#site)).href;
  }
}

// parameters are what the worker is told of a call's options.
function parameters({ limit, kind, filter, ids, cutoff, pure }, usual) {
  const n = Math.min(Number(limit ?? usual), 2 ** 30);
  if (!(n >= 1)) throw new RangeError(`limit is ${limit}: want a number from 1`);
  const wanted = Object.fromEntries(Object.entries(filter ?? {}).map(([key, value]) => [key, [value].flat().map(String)]));
  return { limit: Math.floor(n), kind: kind || undefined, filter: wanted, ids: ids ? Array.from(ids, String) : undefined, cutoff: cutoff ?? undefined, pure: Boolean(pure) };
}

// A page with an <ace-search> gets it without asking.
if (globalThis.document) {
  const look = () => document.querySelector('ace-search:not(:defined)') && import('./ace-search.js');
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', look, { once: true });
  else look();
}
