// The search of a bundle in node: the program that runs in browsers, in a thread
// of its own, on the CPU.
//
//   import { open } from 'ace/node';
//   const index = await open('site/bundle');
//   const { hits } = await index.search('dog on a beach');

import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { folderOf, Index, problem } from './ace.js';

/** Opens the bundle in a folder: a path, or an address of http, https or file. */
export async function open(bundle, { device = 'cpu', key = '', ...options } = {}) {
  if (device === 'webgpu') throw problem('node has no WebGPU', "Search on the device 'cpu'.");
  options.signal?.throwIfAborted();
  const isAddress = bundle instanceof URL || /^(https?|file):/.test(bundle);
  const folder = folderOf(isAddress ? bundle : pathToFileURL(bundle));
  return Index.open(thread(), compile(), { bundle: folder.href, device: 'cpu', key }, options);
}

let module; // compiled once for all indexes

function compile() {
  return module ??= readFile(new URL('app.wasm', import.meta.url)).then(bytes => WebAssembly.compile(bytes));
}

// thread is node's Worker in the form of a browser's. It holds the process up
// only while an answer is awaited.
function thread() {
  const worker = new Worker(new URL('node-worker.js', import.meta.url));
  const port = {
    postMessage(message) { worker.ref(); worker.postMessage(message); },
    terminate() { worker.terminate(); },
  };
  worker.on('message', data => {
    if (data[0] === 'result' || data[0] === 'error') worker.unref();
    port.onmessage({ data });
  });
  worker.on('error', error => port.onerror({ message: error.message }));
  return port;
}
