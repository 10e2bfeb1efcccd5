// Lets the page start and search without a connection. Its own files, of one build,
// are kept together when the page was first used and come from there; a newer build
// is kept beside them and takes over when the visitor says so. The collection is kept
// by fetch.js, its media here: those that were seen, and all of them on request.
'use strict';
importScripts('build.js'); // aceBuild: { id, files }

const scope = new URL('./', self.location).href;
const mine = name => `ace ${name} ${scope}`;
const shell = mine(`shell ${aceBuild.id}`);
const seen = mine('seen'), wanted = mine('wanted');
const seenMost = 400;         // files
const wholeMost = 16 << 20;   // bytes: a film that is longer is kept on request only

self.addEventListener('install', event => event.waitUntil(install()));
self.addEventListener('activate', event => event.waitUntil(activate()));
self.addEventListener('message', ({ data }) => {
  if (data === 'take over') self.skipWaiting();
});
self.addEventListener('fetch', event => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || !request.url.startsWith(scope)) return;
  const name = decodeURI(url.pathname).slice(new URL(scope).pathname.length);
  if (request.mode === 'navigate' && (name === '' || name === 'index.html')) {
    event.respondWith(own('./', request));
  } else if (aceBuild.files.includes(name)) {
    event.respondWith(own(name, request));
  } else if (['image', 'audio', 'video', 'track'].includes(request.destination)) {
    event.respondWith(medium(event, request));
  }
});

// install keeps all files of this build, or nothing: the browser's own cache is asked
// first, so what the page has just fetched costs a question.
async function install() {
  const cache = await caches.open(shell);
  try {
    await cache.addAll(['./', ...aceBuild.files].map(name => new Request(name, { cache: 'no-cache' })));
  } catch (error) {
    await caches.delete(shell);
    throw error;
  }
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith('ace shell ') && name.endsWith(` ${scope}`) && name !== shell) await caches.delete(name);
  }
  await self.clients.claim();
}

async function own(name, request) {
  return await (await caches.open(shell)).match(new URL(name, scope).href) ?? fetch(request);
}

// medium comes from the server while it can be reached: only it knows whether a file
// has changed, and the browser's own cache spares what it can.
async function medium(event, request) {
  try {
    const response = await fetch(request);
    if (response.status >= 500) return await fromCache(request) ?? response;
    if (response.status === 200 && response.type === 'basic' && response.headers.get('Content-Length') <= wholeMost) {
      event.waitUntil(keepSeen(request.url, response.clone()));
    } else if (response.status === 206 && whole(response)) {
      const { status, headers } = { status: 200, headers: new Headers(response.headers) };
      headers.delete('Content-Range');
      event.waitUntil(keepSeen(request.url, new Response(response.clone().body, { status, headers })));
    }
    return response;
  } catch (error) {
    const kept = await fromCache(request);
    if (kept) return kept;
    throw error;
  }
}

// whole tells a range that is all of a file, which is what a player asks for first.
function whole(response) {
  const [, from, to, size] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(response.headers.get('Content-Range')) ?? [];
  return from === '0' && Number(to) + 1 === Number(size) && Number(size) <= wholeMost && response.type === 'basic';
}

// keepSeen keeps a file that was seen. Where the disk is full, those that were seen
// long ago make room.
async function keepSeen(url, response) {
  if (await (await caches.open(wanted)).match(url)) return;
  const cache = await caches.open(seen);
  try {
    const body = await response.blob(); // a film that the visitor breaks off is not kept
    await cache.delete(url);
    await cache.put(url, new Response(body, { headers: response.headers }));
    await thin(cache, seenMost);
  } catch (error) {
    if (error.name === 'QuotaExceededError') await thin(cache, seenMost / 4);
  }
}

async function thin(cache, most) {
  const keys = await cache.keys(); // in the order in which they came
  for (const key of keys.slice(0, Math.max(keys.length - most, 0))) await cache.delete(key);
}

// fromCache answers a request from what is kept, a range of it where one is asked for.
async function fromCache(request) {
  const kept = await (await caches.open(wanted)).match(request.url) ?? await (await caches.open(seen)).match(request.url);
  const asked = request.headers.get('Range');
  if (!kept || !asked) return kept;
  const blob = await kept.blob();
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(asked) ?? [];
  const from = first ? Number(first) : Math.max(blob.size - Number(last), 0);
  const to = first && last ? Math.min(Number(last), blob.size - 1) : blob.size - 1;
  const headers = new Headers(kept.headers);
  if (!(first || last) || from > to) {
    headers.set('Content-Range', `bytes */${blob.size}`);
    return new Response(null, { status: 416, statusText: 'Range Not Satisfiable', headers });
  }
  headers.set('Content-Range', `bytes ${from}-${to}/${blob.size}`);
  headers.set('Content-Length', to - from + 1);
  return new Response(blob.slice(from, to + 1), { status: 206, statusText: 'Partial Content', headers });
}
