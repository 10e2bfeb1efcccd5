// Gives worker.js what a browser's worker has and node's lacks: importScripts,
// postMessage and onmessage as globals, and fetch for files.

import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { runInThisContext } from 'node:vm';
import { parentPort } from 'node:worker_threads';

globalThis.self = globalThis;
globalThis.postMessage = message => parentPort.postMessage(message);
globalThis.importScripts = (...names) => {
  for (const name of names) runInThisContext(readFileSync(new URL(name, import.meta.url), 'utf8'), { filename: name });
};

const fetchWeb = globalThis.fetch;
globalThis.fetch = async (url, options) => {
  if (!url.startsWith('file:')) return fetchWeb(url, options);
  try {
    return new Response(await readFile(new URL(url)));
  } catch (error) {
    throw Object.assign(new Error(error.code === 'ENOENT' || error.code === 'ENOTDIR' ? 'there is no such file' : error.message), { status: error.code === 'ENOENT' ? 404 : undefined });
  }
};

importScripts('worker.js');
parentPort.on('message', data => globalThis.onmessage({ data }));
