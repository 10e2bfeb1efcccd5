// Runs the search in a thread of its own. The first message brings the compiled
// module and the URL of the bundle; what comes before the program listens waits
// in aceWaiting. A script of another origin that imports this one names its
// folder in aceBase.
'use strict';
importScripts(...['wasm_exec.js', 'simd.js', 'gpu.js'].map(name => (self.aceBase ?? '') + name));

self.aceWaiting = [];
self.onmessage = async first => {
  self.onmessage = e => self.aceWaiting.push(e.data);
  self.aceBundle = first.data.bundle;
  self.aceDevice = first.data.device;
  try {
    const go = new Go();
    aceSIMD(go);
    await go.run(await WebAssembly.instantiate(first.data.module, go.importObject));
  } finally {
    postMessage(['dead']);
  }
};
