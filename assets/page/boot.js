// Starts the page: one WebAssembly binary, compiled once while it streams in,
// runs here (the page) and in a worker (the search). Before this stand, in the same file,
// the scripts that it needs (assets/mkdist).
'use strict';

// The visitor's choice of colours, before anything is painted.
try {
  const theme = localStorage.getItem('ace-theme');
  if (theme) document.documentElement.dataset.theme = theme;
} catch { /* storage may be forbidden */ }

// vugu evaluates its renderer, which is served as vugu-render.js instead: so
// the page needs no 'unsafe-eval'.
const evaluate = window.eval;
window.eval = script => String(script).includes('window.vuguRender') ? undefined : evaluate(script);

// notice tells the visitor that the page cannot go on, and why.
function notice(text) {
  const box = document.getElementById('notice');
  if (!box.hidden) return;
  box.querySelector('p').textContent = text;
  box.querySelector('button').onclick = () => location.reload();
  box.hidden = false;
}

// compile streams where the server names the type right; some do not.
async function compile(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: the server answers ${response.status}`);
  const type = response.headers.get('Content-Type') || '';
  return type.startsWith('application/wasm')
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

// offline loads and starts offline.js, once.
function offline(kept) {
  if (window.aceOffline) return;
  window.aceOffline = {}; // until the script takes its place
  const load = name => new Promise((done, fail) => {
    const script = document.createElement('script');
    script.src = name;
    script.onload = done;
    script.onerror = fail;
    document.head.append(script);
  });
  Promise.all([...(aceKey ? ['signed.js'] : []), 'offline.js'].map(load)).then(() => aceOffline.start(kept), () => {}); // the search needs none of it
}

// This script waits for no other and for no style, so that the program and the bundle are
// on their way as soon as can be: it may run before the page is read, and before
// vugu-render.js.
const read = new Promise(done => {
  if (document.readyState === 'loading') document.addEventListener('readystatechange', done, { once: true });
  else done();
});
const rendering = new Promise(done => {
  if (window.vuguRender || document.readyState === 'complete') done();
  else document.addEventListener('DOMContentLoaded', done);
});

async function boot() {
  await read;
  if (location.protocol === 'file:') {
    return notice('This page has to be opened through a web server: run "ace serve" with its folder.');
  }
  if (typeof WebAssembly !== 'object') {
    return notice('This browser cannot run the search: WebAssembly is missing or switched off.');
  }
  // ?device=webgpu or ?device=cpu says where to search; else the program decides.
  const device = new URLSearchParams(location.search).get('device') || 'auto';
  // A page that is to show nothing but what the owner of a key has signed has
  // <meta name="ace-key" content="KEY">, a public key of minisign.
  window.aceKey = document.querySelector('meta[name="ace-key"]')?.content;
  const worker = new Worker('worker.js', { name: JSON.stringify({ bundle: new URL('bundle/', document.baseURI).href, key: aceKey, device }) });
  const stopped = 'The page has stopped working.';
  let kept;
  worker.addEventListener('message', ({ data: [what] }) => {
    if (what === 'dead') notice(stopped);
    if (what === 'error' && kept === undefined) offline('the collection could not be opened');
  });
  worker.addEventListener('error', () => notice(stopped));
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ kept: port2 }, [port2]);
  port1.onmessage = e => {
    kept = e.data;
    setTimeout(offline, 500, kept); // behind the first pictures
  };
  const module = await compile('app.wasm');
  worker.postMessage({ module });
  await rendering;
  window.aceWorker = worker;
  const go = new Go();
  aceSIMD(go);
  const instance = await WebAssembly.instantiate(module, go.importObject);
  await go.run(instance);
  notice(stopped); // a Go program that is well never ends
}

boot().catch(error => notice(`The page could not be started. ${error.message}`));
