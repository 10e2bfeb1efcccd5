// Runs the search in a thread of its own. The first message brings the compiled
// module and the URL of the bundle; what comes before the program listens waits
// in aceWaiting.
'use strict';
importScripts('wasm_exec.js');

self.aceWaiting = [];
self.onmessage = async first => {
  self.onmessage = e => self.aceWaiting.push(e.data);
  self.aceBundle = first.data.bundle;
  self.aceDevice = first.data.device;
  try {
    const go = new Go();
    await go.run(await WebAssembly.instantiate(first.data.module, go.importObject));
  } finally {
    postMessage(['dead']);
  }
};
