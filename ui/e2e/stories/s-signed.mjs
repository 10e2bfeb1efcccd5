// Pages that name a key.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { plainServer } from '../servers.mjs';

// pair is a key of minisign's: the public one as text, and what signs a manifest with
// the secret one, of its BLAKE2b-512 or, old, of its bytes.
function pair() {
  const { publicKey, privateKey } = crypto.generateKeyPairSync('ed25519');
  const id = crypto.randomBytes(8), raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  return {
    key: Buffer.concat([Buffer.from('Ed'), id, raw]).toString('base64'),
    sign(manifest, old) {
      const signature = crypto.sign(null, old ? manifest : crypto.createHash('blake2b512').update(manifest).digest(), privateKey);
      const comment = 'signed in a story';
      const whole = crypto.sign(null, Buffer.concat([signature, Buffer.from(comment)]), privateKey);
      const own = Buffer.concat([Buffer.from(old ? 'Ed' : 'ED'), id, signature]);
      return `untrusted comment: any\n${own.toString('base64')}\ntrusted comment: ${comment}\n${whole.toString('base64')}\n`;
    },
  };
}

const owner = pair(), other = pair();

const own = '<!doctype html><html lang="en"><title>own</title><link rel="icon" href="icon.svg"><script type="module" src="ace-search.js"></script>';

// signed tells a story on a site whose bundle owner has signed; alter may change what
// is served.
const signed = (tell, { sign = owner.sign, alter, meta } = {}) => async (v, s) => {
  const site = fs.mkdtempSync(path.join(os.tmpdir(), 'ace-'));
  const manifest = fs.readFileSync(path.join(s.site, 'bundle/manifest.json'));
  fs.cpSync(s.site, site, { recursive: true });
  const signature = sign?.(manifest);
  if (signature) fs.writeFileSync(path.join(site, 'bundle/manifest.json.minisig'), signature);
  else fs.rmSync(path.join(site, 'bundle/manifest.json.minisig'), { force: true });
  if (meta) {
    const html = fs.readFileSync(path.join(site, 'index.html'), 'utf8');
    fs.writeFileSync(path.join(site, 'index.html'), html.replace('<title>', `<meta name="ace-key" content="${meta}">$&`));
  }
  const asked = [];
  const server = await plainServer(site, { pages: { 'own.html': own }, alter: (name, bytes) => {
    asked.push(name);
    return alter ? alter(name, bytes) : bytes;
  } });
  try {
    await v.page.goto(`${server.url}own.html`);
    asked.length = 0;
    await tell(v, { ...s, url: server.url, asked });
  } finally {
    await v.page.goto('about:blank');
    await server.close();
    fs.rmSync(site, { recursive: true });
  }
};

// opened is the number of items of the bundle that a key opens, or the error.
const opened = (v, key) => v.page.evaluate(async key => {
  const { open } = await import('./ace.js');
  return open('./bundle/', { key, device: 'cpu' }).then(index => { index.close(); return index.info.items; }, ({ message, hint }) => ({ message, hint }));
}, key);

// refused is what must be said, and nothing of the bundle asked for but what says it.
const refused = (key, why, options) => signed(async (v, { asked }) => {
  v.expect(/Failed to load resource/);
  const { message, hint } = await opened(v, key);
  assert.match(message, why);
  assert.ok(hint);
  assert.deepEqual(asked.filter(name => /^bundle\/.*bin$/.test(name)), []);
}, options);

export const stories = {
  'a bundle that the owner of the key has signed opens': signed(async v => assert.ok(await opened(v, owner.key) > 0)),

  'so it does with a signature of the older form': signed(async v => assert.ok(await opened(v, owner.key) > 0), { sign: manifest => owner.sign(manifest, true) }),

  'a bundle that somebody else has signed is refused': refused(owner.key, /it is signed by key [0-9A-F]{16}, not by/, { sign: other.sign }),

  'a bundle without a signature is refused where there is a key': refused(owner.key, /it has no signature/, { sign: null }),

  'a manifest that was altered after it was signed is refused': refused(owner.key, /its signature does not fit its manifest/, {
    alter: (name, bytes) => name === 'bundle/manifest.json' ? Buffer.concat([bytes, Buffer.from(' ')]) : bytes,
  }),

  'a key that is none is refused': refused('abc', /no public key of minisign/),

  'the element takes a key': signed(async v => {
    const told = key => v.page.evaluate(key => new Promise(done => {
      document.body.replaceChildren();
      const element = document.createElement('ace-search');
      element.setAttribute('key', key);
      element.addEventListener('ace-open', e => done(e.detail.index.info.items));
      element.addEventListener('ace-error', e => done(e.detail.error.message));
      document.body.append(element);
    }), key);
    assert.ok(await told(owner.key) > 0);
    assert.match(await told(other.key), /it is signed by key/);
  }),

  'what an unsigned bundle left in the cache is not taken for signed': signed(async (v, { asked }) => {
    await v.page.evaluate(async () => {
      const { open } = await import('./ace.js');
      (await open('./bundle/', { device: 'cpu' })).close();
      const cache = await caches.open('ace bundles');
      for (const request of await cache.keys()) {
        const bytes = new Uint8Array(await (await cache.match(request)).arrayBuffer());
        if (/weights.*bin$/.test(request.url)) await cache.put(request, new Response(bytes.map(b => b ^ 1)));
      }
    });
    asked.length = 0;
    assert.ok(await opened(v, owner.key) > 0);
    assert.equal(asked.filter(name => /^bundle\/weights.*bin$/.test(name)).length, 1, `${asked}`);
  }),

  "the page of a site takes its key's word, without a connection too": signed(async (v, { url, asked }) => {
    await v.open(url);
    assert.ok(asked.includes('bundle/manifest.json.minisig'));
    await v.page.waitForFunction(async () => {
      const cache = await caches.open('ace bundles');
      return (await cache.keys()).some(r => r.url.endsWith('/manifest.json'));
    });
    assert.ok(await v.page.evaluate(async () => (await (await caches.open('ace bundles')).keys()).some(r => r.url.endsWith('/manifest.json.minisig'))));
    v.expect(/Failed to load resource/);
    await v.page.route(/\/bundle\//, route => route.abort());
    await v.open(url);
  }, { meta: owner.key }),

  'the page of a site says why it shows nothing': signed(async (v, { url, asked }) => {
    await v.page.goto(url);
    await v.page.waitForFunction(() => document.body.textContent.includes('it is signed by key'));
    assert.deepEqual(asked.filter(name => /^bundle\/.*bin$/.test(name)), []);
  }, { meta: other.key }),
};
