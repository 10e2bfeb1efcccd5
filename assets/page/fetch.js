// Fetches the parts of a bundle for the program: what a search needs begins to
// arrive while the program is still being compiled. Each part is streamed,
// decompressed and checked against its SHA-256 by the browser, once; then it is
// kept, decoded, in the browser's cache.
'use strict';

const aceManifest = 'manifest.json';
const aceManifestLimit = 16 << 20; // bytes: core/bundle's MaxManifest
const aceSignature = `${aceManifest}.minisig`;
const aceSignatureLimit = 4 << 10; // bytes
const aceBreadth = 8;              // shards of items' metadata, which a first look shows: wasm's breadth
const aceSmall = 32;               // shards of a collection that is kept as a whole at once
const acePause = 3000;             // milliseconds from the opening until the rest is fetched
const acePatience = 5000;          // milliseconds that a manifest may take where an older one is kept

// aceLoader is the bundle's folder at base, with its last slash. tell is told the
// bytes of the early parts that have arrived, and their sum. With a key, which takes
// signed.js, nothing of a bundle is used that the key's owner has not signed.
function aceLoader(base, tell = () => {}, key = '') {
  const subtle = globalThis.crypto?.subtle; // none outside of a secure context
  const kept = open();                      // the cache; undefined where there is none
  const early = new Map();                  // parts by file, as promises
  const ahead = new Map();                  // what is kept of parts, by file, as promises
  const begun = [], later = [], storing = []; // later: parts to be kept when nothing hurries
  let done = 0, total = 0, told = 0;
  let manifest, isOld = false;              // kept from an earlier visit
  let signature;                            // the manifest's, where there is a key
  let trouble = '';                         // why not all is kept

  async function open() {
    try {
      return base.startsWith('http') && subtle ? await caches.open('ace bundles') : undefined;
    } catch { /* it may be forbidden */ }
  }

  const problem = (message, hint) => Object.assign(new Error(message), { hint });
  const broken = (name, error) => Object.assign(problem(`${name}: ${error.message ?? error}`, 'Check the connection and try again.'), { status: error.status });
  const damaged = (name, how) => Object.assign(problem(`${name} is damaged: ${how}`,
    'Publish the collection again, all files together, and reload without the cache.'), { isDamage: true });

  async function get(name, init) {
    let response;
    try {
      response = await fetch(base + name, init);
    } catch (error) {
      throw broken(name, error);
    }
    if (response.ok) return response.body;
    throw Object.assign(problem(`${name}: the server answers ${response.status}`,
      'The folder of the collection belongs beside this page and is published with it.'), { status: response.status });
  }

  // keep stores bytes under a name. A full disk costs no more than the way back to the
  // network.
  async function keep(name, bytes) {
    try {
      await (await kept)?.put(base + name, new Response(bytes));
    } catch (error) {
      trouble = error.name === 'QuotaExceededError' ? 'there is no room left for this page on the disk' : error.message;
    }
  }

  async function stored(name) {
    try {
      return new Uint8Array(await (await (await kept)?.match(base + name))?.arrayBuffer());
    } catch { /* it is as if it were not there */ }
  }

  // fetchWhole gives a file whose name says nothing of its content.
  async function fetchWhole(name, limit) {
    const reader = (await get(name, { cache: 'no-cache' })).getReader();
    const chunks = [];
    let size = 0;
    for (let part; !(part = await reader.read().catch(error => { throw broken(name, error); })).done;) {
      chunks.push(part.value);
      size += part.value.length;
      if (size > limit) {
        reader.cancel();
        throw damaged(name, `it has more than ${limit} bytes`);
      }
    }
    return new Uint8Array(await new Blob(chunks).arrayBuffer());
  }

  // currentManifest is the server's, or the one that was last seen where the server
  // cannot be reached or takes too long.
  async function currentManifest() {
    const old = () => stored(aceManifest).then(text => { isOld = Boolean(text?.length); return isOld ? text : undefined; });
    const fresh = fetchWhole(aceManifest, aceManifestLimit);
    let patience;
    const enough = new Promise(done => { patience = setTimeout(done, acePatience); });
    try {
      return await Promise.race([fresh, enough.then(old)]) ?? await fresh;
    } catch (error) {
      const text = error.status < 500 || error.isDamage ? undefined : await old();
      if (text) return text;
      throw error;
    } finally {
      clearTimeout(patience);
    }
  }

  // signedManifest is the current one, if its signature is the key's.
  async function signedManifest() {
    const fresh = fetchWhole(aceSignature, aceSignatureLimit);
    fresh.catch(() => {}); // nobody asks where an older manifest is taken
    const text = await currentManifest();
    signature = isOld ? await stored(aceSignature) : await fresh.catch(error => {
      if (!(error.status < 500)) throw error; // else it is not there
    });
    await aceSigned(key, problem)(text, signature);
    return text;
  }

  // read makes a part's stored bytes, as they arrive, into a slice of the decoded
  // size. Neither more stored nor more decoded bytes are taken than the manifest says.
  async function read({ file, stored: want, size, encoding }, progress) {
    let count = 0, at = 0;
    let body = (await get(file, { cache: 'default' })).pipeThrough(new TransformStream({
      transform(chunk, controller) {
        count += chunk.length;
        progress(chunk.length);
        if (count > want) controller.error('too long');
        else controller.enqueue(chunk);
      },
    }));
    if (encoding) body = body.pipeThrough(new DecompressionStream(encoding));
    const bytes = new Uint8Array(size);
    const reader = body.getReader();
    let failure;
    try {
      for (let part; !(part = await reader.read()).done;) {
        if (at + part.value.length > size) {
          reader.cancel();
          throw `it holds more than ${size} bytes`;
        }
        bytes.set(part.value, at);
        at += part.value.length;
      }
    } catch (error) {
      failure = error;
    }
    if (count > want) throw damaged(file, `it is longer than ${want} bytes`);
    if (count < want) throw damaged(file, `it ends after ${count} of ${want} bytes`); // the connection broke, or the file is cut short
    if (failure) throw damaged(file, failure.message ?? failure);
    if (at < size) throw damaged(file, `it holds ${at} bytes instead of ${size}`);
    return bytes;
  }

  const fits = async (bytes, { sha256 }) =>
    Array.from(new Uint8Array(await subtle.digest('SHA-256', bytes)), b => b.toString(16).padStart(2, '0')).join('') === sha256;

  // part is a section. One that is kept was checked when it came, but perhaps by the
  // manifest of somebody else: where there is a key, it is checked again.
  async function part(info, progress) {
    const old = await (ahead.get(info.file) ?? stored(info.file));
    if (old?.length === info.size && old.length && (!key || await fits(old, info))) {
      progress(info.stored);
      return old;
    }
    const bytes = await read(info, progress);
    if (subtle) {
      if (!await fits(bytes, info)) throw damaged(info.file, "its SHA-256 is not the manifest's");
      storing.push(keep(info.file, bytes));
    }
    return bytes;
  }

  function arrived(n) {
    done += n;
    const now = performance.now();
    if (now - told > 50 || done >= total) {
      told = now;
      tell(done, total);
    }
  }

  function sectionsOf(text) {
    return JSON.parse(new TextDecoder().decode(text)).sections.map(({ name, size, sha256, encoding, stored = size, tag }) =>
      ({ name, file: `${name}.${encoding ? tag : sha256.slice(0, 16)}.bin`, size, stored, encoding, sha256 }));
  }

  // isSound tells what the format allows: before the program has checked a manifest,
  // nothing else is fetched, and no room made for it.
  const isSound = ({ name, size, stored }) => typeof name === 'string' && /^[a-z0-9][a-z0-9._-]*$/.test(name)
    && [size, stored].every(n => Number.isInteger(n) && n >= 0 && n < 2 ** 31) && size <= 1033 * stored;

  const shardOf = ({ name }) => Number(/^items\.(\d+)$/.exec(name)?.[1] ?? -1);

  // needed is what a manifest has for a page: first what it takes to search and to show
  // the first items, then the rest. What is wrong with it is for the program to say.
  function needed(text) {
    let sections = [];
    try {
      sections = sectionsOf(text).filter(s => !s.name.startsWith('frozen'));
    } catch { /* it has nothing */ }
    if (!sections.every(isSound)) sections = [];
    const shards = sections.filter(s => shardOf(s) >= 0).length, apart = Math.ceil(shards / aceBreadth);
    const isLater = s => shardOf(s) % apart > 0;
    return { first: sections.filter(s => !isLater(s)), rest: sections.filter(isLater), shards };
  }

  // readAhead begins to read what is kept of the collection as it was last seen. Most
  // often it is as it was: then nothing waits for the server but the program.
  async function readAhead() {
    const text = await stored(aceManifest);
    if (!text?.length || total) return;
    for (const { file } of needed(text).first) ahead.set(file, stored(file));
  }

  // begin fetches at once what is needed first.
  function begin(text) {
    const { first, rest, shards } = needed(text);
    if (shards <= aceSmall) later.push(...rest);
    for (const info of first) {
      total += info.stored;
      const bytes = part(info, arrived);
      bytes.catch(() => {}); // told to who asks for it
      begun.push(bytes);
      early.set(info.file, bytes);
    }
    ahead.clear();
  }

  // settle keeps the manifest, once all that it needs is kept, and forgets what only
  // an older one names: a collection is kept as a whole or as it was.
  async function settle(cache, text) {
    await Promise.allSettled(begun);
    if (later.length && !isOld) await new Promise(done => setTimeout(done, acePause));
    while (later.length && !isOld) await part(later.shift(), () => {}).catch(error => { trouble ||= error.message; });
    await Promise.all(storing);
    if (trouble || isOld) return;
    if (signature) await keep(aceSignature, signature);
    await keep(aceManifest, text);
    const named = new Set(sectionsOf(text).map(s => s.file));
    for (const { url } of await cache.keys()) {
      const name = url.startsWith(base) && url.slice(base.length);
      if (name && !name.includes('/') && name !== aceManifest && !(signature && name === aceSignature) && !named.has(name)) await cache.delete(url);
    }
  }

  return {
    verifies: Boolean(subtle),
    // manifest gives the manifest's bytes, and start begins with the parts too.
    manifest: () => manifest ??= key ? signedManifest() : currentManifest(),
    start() {
      readAhead();
      this.manifest().then(begin, () => {}); // an error is told to the program, which asks again
    },
    // section gives the decoded bytes of { file, stored, size, encoding, sha256 }.
    async section(info) {
      const ready = early.get(info.file);
      early.delete(info.file);
      const bytes = ready && await ready;
      return bytes?.length === info.size ? bytes : part(info, () => {});
    },
    // kept is why the collection cannot be kept for a visit without a connection, once
    // it is or cannot be; '' if nothing stands in the way.
    async kept() {
      const cache = await kept;
      if (!cache) return 'this browser keeps nothing for this page';
      await settle(cache, await manifest);
      return trouble;
    },
  };
}
