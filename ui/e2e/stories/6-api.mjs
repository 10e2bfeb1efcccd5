// ace.js in a page of one's own.
import assert from 'node:assert/strict';
import { plainServer } from '../servers.mjs';

const policy = (more = '', worker = "'self'") => ({ 'Content-Security-Policy': `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'${more}; ` +
  `worker-src ${worker}; connect-src 'self'${more}; img-src 'self'${more}; media-src 'self'${more}` });

const html = '<!doctype html><html lang="en"><title>own</title><link rel="icon" href="icon.svg"><ul id="hits"></ul>';
const ten = `
import { open } from './ace.js';
const index = await open('./bundle/');
const [item] = await index.items({ kind: 'image', limit: 1 });
const { hits } = await index.search(item.title, { kind: 'image', limit: 5 });
for (const hit of hits) {
  const li = document.createElement('li'), img = document.createElement('img');
  img.src = hit.src;
  li.append(img, hit.title);
  document.getElementById('hits').append(li);
}
document.title = item.title;`;

// on tells a story on a page beside a site's files.
const on = (tell, { pages = {}, headers = policy(), ...options } = {}) => async (v, s) => {
  const server = await plainServer(s.site, { pages: { 'own.html': html, ...pages }, headers, ...options });
  try {
    await v.page.goto(`${server.url}own.html`);
    await tell(v, server.url, s);
  } finally {
    await v.page.goto('about:blank');
    await server.close();
  }
};

// refused is the error that open gives in the page.
const refused = (v, given) => v.page.evaluate(async ({ from = './ace.js', bundle = './bundle/', options }) => {
  const { open } = await import(from);
  return open(bundle, options).then(() => 'opened', ({ name, message, hint }) => ({ name, message, hint }));
}, given);

export const stories = {
  'a page of ten lines searches under a strict policy': on(async v => {
    await v.page.waitForSelector('#hits li');
    assert.ok((await v.page.locator('#hits li').allTextContents()).includes(await v.page.title()));
    await v.page.waitForFunction(() => [...document.querySelectorAll('#hits img')].every(i => i.complete && i.naturalWidth > 0));
  }, { pages: { 'own.html': `${html}<script type="module" src="own.js"></script>`, 'own.js': ten } }),

  'what a search answers is what is promised': on(async (v, url) => {
    const got = await v.page.evaluate(async () => {
      const { open } = await import('./ace.js');
      const told = [];
      const index = await open('bundle', { device: 'cpu', onProgress: (...bytes) => told.push(bytes) });
      const [item] = await index.items({ limit: 1 });
      const all = { info: index.info, told, item, answer: await index.search(item.title, { limit: 7 }), pure: await index.search(item.title, { pure: true, limit: 2 }) };
      index.close();
      return all;
    });
    const { info, told, item, answer } = got;
    assert.ok(info.items > 0 && info.parameters > 0 && info.bytes > 0 && info.model && info.device === 'cpu' && info.cutoff >= 0);
    assert.equal(Object.values(info.kinds).reduce((a, b) => a + b), info.items);
    assert.ok(told.length > 0 && told.every(([done, total], i) => done <= total && total === told[0][1] && (!i || done >= told[i - 1][0])));
    assert.equal(...told.at(-1));
    assert.equal(answer.mode, 'hybrid');
    assert.equal(answer.device, 'cpu');
    assert.ok(answer.hits.length > 0 && answer.hits.length <= 7 && answer.fits > 0 && answer.fits <= 1);
    assert.ok(answer.ms.total >= answer.ms.encode && answer.ms.encode >= 0 && answer.ms.decode > 0);
    assert.ok(answer.hits.some(h => h.id === item.id));
    for (const h of answer.hits) {
      assert.deepEqual(Object.keys(h).filter(k => k !== 'url').sort(), ['captions', 'confidence', 'file', 'id', 'identifier', 'keywords', 'kind', 'meta', 'score', 'src', 'title']);
      assert.equal(h.src, new URL(h.file, url).href);
      assert.ok(h.identifier.length > 1 && h.confidence >= 0 && h.confidence <= 1);
    }
    assert.deepEqual([got.pure.mode, got.pure.hits.length], ['pure', 2]);
  }),

  'two indexes on one page, each with its own kind and filter': on(async v => {
    const got = await v.page.evaluate(async () => {
      const { open } = await import('./ace.js');
      const [a, b] = await Promise.all([open('./bundle/'), open(new URL('bundle/manifest.json?x#y', location))]);
      const items = await a.items({ limit: 1e9 });
      const { key, value } = items.flatMap(i => Object.entries(i.meta).map(([key, value]) => ({ key, value })))[0];
      const kind = items.find(i => i.meta[key] === value).kind;
      const [of, filtered, both, sought] = await Promise.all([a.items({ kind, limit: 9 }), b.items({ filter: { [key]: value }, limit: 1e9 }),
        b.search(items[0].title, { kind, filter: { [key]: value }, cutoff: 0, limit: 1000 }), a.search(items[0].title, { kind, cutoff: 0, limit: 5 })]);
      a.close();
      const alive = (await b.search(items[1].title)).hits.length;
      const closed = await a.search('x').catch(e => e.message);
      return { items, key, value, kind, of, filtered, both: both.hits, sought: sought.hits, alive, closed, fetched: performance.getEntriesByName(new URL('app.wasm', location).href).length };
    });
    assert.equal(new Set(got.items.map(i => i.id)).size, got.items.length, 'each item once');
    assert.ok(got.of.length > 0 && got.of.every(i => i.kind === got.kind));
    assert.ok(got.sought.length > 0 && got.sought.every(i => i.kind === got.kind));
    const have = got.items.filter(i => i.meta[got.key] === got.value);
    assert.deepEqual(got.filtered.map(i => i.id).sort(), have.map(i => i.id).sort());
    assert.ok(got.both.length > 0 && got.both.every(i => i.kind === got.kind && i.meta[got.key] === got.value));
    assert.ok(got.alive > 0, 'one is closed, the other works');
    assert.equal(got.closed, 'the index is closed');
    assert.equal(got.fetched, 1, 'the program is fetched once');
  }),

  'calls are answered in order, and aborted ones are not run': on(async v => {
    const got = await v.page.evaluate(async () => {
      const asked = [], order = [], post = Worker.prototype.postMessage;
      Worker.prototype.postMessage = function (m) { if (m[1] === 'search') asked.push(JSON.parse(m[2]).query); return post.apply(this, arguments); };
      const { open } = await import('./ace.js');
      const index = await open('./bundle/');
      const [now, later, before] = [new AbortController(), new AbortController(), AbortSignal.abort()];
      const ask = (q, signal) => index.search(q, { signal }).then(() => { order.push(q); return 'answered'; }, e => { order.push(`${q} ${e.name}`); return e.name; });
      const calls = [ask('a', now.signal), ask('b'), ask('c', later.signal), ask('d'), ask('e', before)];
      now.abort();
      later.abort();
      const ended = await Promise.all(calls);
      const opening = new AbortController();
      const opened = open('./bundle/', { signal: opening.signal }).then(() => 'opened', e => e.name);
      opening.abort();
      const wrong = await index.search('a', { limit: 0 }).catch(e => e.name);
      const kind = await index.search('a', { kind: 'smell' }).catch(e => e.message);
      const left = index.search('f').catch(e => e.message);
      index.close();
      return { asked, order, ended, opened: await opened, wrong, kind, left: await left };
    });
    assert.deepEqual(got.ended, ['AbortError', 'answered', 'AbortError', 'answered', 'AbortError']);
    assert.deepEqual(got.order.slice(-2), ['b', 'd'], 'those that are aborted end at once');
    assert.deepEqual(got.asked.slice(0, 3), ['a', 'b', 'd']);
    assert.equal(got.opened, 'AbortError');
    assert.equal(got.wrong, 'RangeError');
    assert.match(got.kind, /unknown kind "smell": want image, audio or video/);
    assert.equal(got.left, 'the index is closed');
  }),

  'a wrong address is told with help': on(async (v, url) => {
    v.expect(/Failed to load resource/);
    let e = await refused(v, { bundle: './nowhere/' });
    assert.deepEqual([e.name, e.message], ['AceError', `${url}nowhere/: manifest.json: the server answers 404`]);
    assert.match(e.hint, /folder bundle\/ of a site/);
    e = await refused(v, { bundle: 'own.html' });
    assert.match(e.hint, /folder bundle\/ of a site/);
    e = await refused(v, { options: { base: './nowhere/' } });
    assert.match(e.message, /worker\.js|app\.wasm: the server answers 404/);
    assert.match(e.hint, /beside ace\.js/);
  }),

  'a policy without WebAssembly is told': on(async v => {
    v.expect(/Content Security Policy|violates/);
    const e = await refused(v, {});
    assert.match(e.hint, /wasm-unsafe-eval/);
  }, { headers: { 'Content-Security-Policy': "default-src 'self'" } }),

  'a damaged bundle is told': on(async (v, url) => {
    const e = await refused(v, {});
    assert.match(e.message, /bundle\/: .*trie\.[0-9a-f]{16}\.bin is damaged/);
    assert.match(e.hint, /again/);
  }, { alter: (name, b) => /trie/.test(name) ? Buffer.concat([b.subarray(1), b.subarray(0, 1)]) : b }),

  'the program and the bundle may be of another origin': async (v, s) => {
    const cors = { 'Access-Control-Allow-Origin': '*' };
    const far = await plainServer(s.site, { headers: cors }), closed = await plainServer(s.site);
    const origins = ` ${new URL(far.url).origin} ${new URL(closed.url).origin}`;
    const ask = given => v.page.evaluate(async ({ from, bundle, options }) => {
      const { open } = await import(from);
      const index = await open(bundle, options);
      const [item] = await index.items({ limit: 1 });
      const { hits } = await index.search(item.title);
      index.close();
      return hits.find(h => h.id === item.id).src;
    }, given);
    try {
      await on(async v => {
        assert.ok((await ask({ from: `${far.url}ace.js`, bundle: `${far.url}bundle/` })).startsWith(far.url));
      }, { headers: policy(origins, 'blob:') })(v, s);
      const shim = `self.aceBase = '${far.url}'; importScripts(self.aceBase + 'worker.js');`;
      await on(async (v, url) => {
        assert.ok((await ask({ from: `${far.url}ace.js`, bundle: './bundle/', options: { worker: 'shim.js' } })).startsWith(url));
        v.expect(/CORS|Failed to load resource/);
        const e = await refused(v, { bundle: `${closed.url}bundle/` });
        assert.match(e.hint, /Access-Control-Allow-Origin/);
      }, { headers: policy(origins), pages: { 'shim.js': shim } })(v, s);
    } finally {
      await far.close();
      await closed.close();
    }
  },

  'files have the addresses that they lie at': async () => {
    const { folderOf, Index } = await import('../../../assets/page/ace.js');
    const files = {
      'media/a%20b.png': 'https://h.example/site/media/a%20b.png',
      'media/a b.png': 'https://h.example/site/media/a%20b.png',
      '../photos/x.jpg': 'https://h.example/photos/x.jpg',
      '/archive/x.jpg': 'https://h.example/archive/x.jpg',
      'http://other.example/x.jpg': 'http://other.example/x.jpg',
      'javascript:alert(1)': 'https://h.example/site/javascript:alert(1)',
      'data:text/html,x': 'https://h.example/site/data:text/html,x',
      '//other.example/x.jpg': 'https://h.example/site///other.example/x.jpg',
      '\\\\other.example\\x.jpg': 'https://h.example/site///other.example/x.jpg',
      ' javascript:alert(1)': 'https://h.example/site/%20javascript:alert(1)',
    };
    const worker = { // answers all at once
      postMessage(message) {
        if (!Array.isArray(message)) return; // what it is to open, and by which program
        const [, method] = message;
        const answer = method === 'items' ? Object.keys(files).map(file => ({ file })) : {};
        queueMicrotask(() => this.onmessage({ data: ['result', JSON.stringify(answer)] }));
      },
      terminate() {},
    };
    for (const bundle of ['bundle', './bundle/', 'bundle/manifest.json', '/site/bundle?v=1#x']) {
      assert.equal(folderOf(bundle, 'https://h.example/site/own.html').href, 'https://h.example/site/bundle/');
    }
    const index = await Index.open(worker, Promise.resolve(null), { bundle: 'https://h.example/site/bundle/' });
    for (const { file, src } of await index.items()) assert.equal(src, files[file]);
    index.close();
  },
};
