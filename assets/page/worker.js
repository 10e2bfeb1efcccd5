// Runs the search in a thread of its own. What to open, { bundle, key, device }, is the
// worker's name, as JSON: then it begins to arrive before the page's thread has time for
// messages. Or it comes in a message. The compiled module follows, in the same message or
// in another; what comes before the program listens waits in aceWaiting. A script of
// another origin that imports this one names its folder in aceBase. Before this stand, in
// the same file, the scripts that it needs (assets/mkdist).
'use strict';

self.aceWaiting = [];
let keeper; // the port that is told when the bundle is kept
self.onmessage = ({ data }) => {
  if (data.bundle) prepare(data);
  keeper = data.kept ?? keeper;
  if (data.module) start(data.module);
};

function prepare({ bundle, key, device }) {
  if (key) importScripts(`${self.aceBase ?? ''}signed.js`);
  self.aceDevice = device;
  self.aceBundle = aceLoader(bundle, (done, total) => postMessage(['progress', done, total]), key);
  self.aceBundle.start();
}

// The program calls this when the bundle is open: what the bundle needs is kept from now
// on.
self.aceOpened = () => {
  const tell = trouble => keeper?.postMessage(trouble);
  self.aceBundle.kept().then(tell, error => tell(error.message));
};

if (self.name?.startsWith('{')) prepare(JSON.parse(self.name));

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
