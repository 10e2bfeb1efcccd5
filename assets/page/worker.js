// Runs the search in a thread of its own. The first message brings the URL of the
// bundle, which begins to arrive, and the compiled module, which may follow in a
// message of its own; what comes before the program listens waits in aceWaiting. A
// script of another origin that imports this one names its folder in aceBase.
'use strict';
const scripts = (...names) => importScripts(...names.map(name => (self.aceBase ?? '') + name));
scripts('fetch.js');

self.aceWaiting = [];
self.onmessage = ({ data: { bundle, key, device, module, kept } }) => {
  if (key) scripts('signed.js');
  self.aceBundle = aceLoader(bundle, (done, total) => postMessage(['progress', done, total]), key);
  self.aceBundle.start();
  scripts('wasm_exec.js', 'simd.js', 'gpu.js'); // while the bundle is on its way
  // The program calls this when the bundle is open: what the bundle needs is kept from
  // now on, which the page is told through the port that it may have given.
  self.aceOpened = () => self.aceBundle.kept().then(trouble => kept?.postMessage(trouble), error => kept?.postMessage(error.message));
  self.aceDevice = device;
  self.onmessage = e => start(e.data.module);
  if (module) start(module);
};

async function start(module) {
  self.onmessage = e => self.aceWaiting.push(e.data);
  try {
    const go = new Go();
    aceSIMD(go);
    await go.run(await WebAssembly.instantiate(module, go.importObject));
  } finally {
    postMessage(['dead']);
  }
}
