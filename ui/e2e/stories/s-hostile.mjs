// What a page shows is never more than text, and nobody else hears of a visit.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { attacks, hostileSite } from '../hostile.mjs';
import { aceServer, plainServer } from '../servers.mjs';

// watch notes every request of a visit, those of its workers among them, and every
// sign of a script that is not the page's own.
async function watch(v) {
  const seen = { requests: [], signs: [] };
  v.context.on('request', r => seen.requests.push(r.url()));
  v.context.on('page', p => { if (p !== v.page) seen.signs.push(`a window: ${p.url()}`); });
  v.page.on('dialog', d => { seen.signs.push(`a dialog: ${d.message()}`); d.dismiss(); });
  v.page.on('framenavigated', f => { if (f !== v.page.mainFrame()) seen.signs.push(`a frame: ${f.url()}`); });
  v.page.on('websocket', s => seen.signs.push(`a socket: ${s.url()}`));
  await v.context.exposeFunction('pwned', n => seen.signs.push(`pwned(${n})`));
  await v.context.addInitScript(() => addEventListener('securitypolicyviolation', e => pwned(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`)));
  return seen;
}

// own are requests to the site itself, or to nobody.
const own = url => request => request.startsWith(url) || /^(data|blob):/.test(request);

function nothingHappened(seen, url) {
  assert.deepEqual(seen.signs, []);
  assert.ok(seen.requests.length > 5);
  assert.deepEqual(seen.requests.filter(r => !own(url)(r)), [], 'somebody else is asked');
}

// pageIsItself checks that there is no element or attribute but the page's own.
const pageIsItself = async v => assert.deepEqual(await v.page.evaluate(async site => {
  const wrong = [];
  const look = root => {
    for (const e of root.querySelectorAll('*')) {
      if (e.shadowRoot) look(e.shadowRoot);
      if (root !== document && e.closest('head') || e.matches('head *, body > script')) continue;
      if (e.matches('script, style, link, meta, base, iframe, object, embed, template, math, b, form')) wrong.push(e.outerHTML);
      for (const a of e.attributes) {
        if (a.name.startsWith('on') || a.name === 'style' && /url|import|image/.test(a.value)) wrong.push(`${e.localName} ${a.name}=${a.value}`);
      }
      for (const address of [e.href, e.src].filter(a => typeof a === 'string' && a)) {
        const ours = address.startsWith(site) || /^(data:image|blob:)/.test(address);
        if (e.matches('a') ? !/^https?:\/\//.test(address) : !ours) wrong.push(`${e.localName} to ${address}`);
      }
    }
  };
  look(document);
  return wrong;
}, new URL('/', v.page.url()).href), [], 'a text has become markup');

// withHostile tells a story on a hostile site.
const withHostile = (tell, serve) => async (v, s) => {
  assert.ok(process.env.ACE, 'the hostile site is built with $ACE');
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ace-'));
  let server;
  try {
    const { site, items } = await hostileSite(process.env.ACE, dir);
    server = await serve(site);
    const seen = await watch(v);
    v.expect(/Failed to load resource/); // of files that are not there
    await tell(v, { ...s, site, items, url: server.url, seen });
    nothingHappened(seen, server.url);
  } finally {
    await v.page.goto('about:blank');
    await server?.close();
    fs.rmSync(dir, { recursive: true });
  }
};

const element = `<!doctype html><html lang="en"><title>own</title><link rel="icon" href="icon.svg">
<script type="module" src="ace-search.js"></script><ace-search limit="50"></ace-search>`;

export const stories = {
  'texts of a hostile site are shown as they are and nothing runs': withHostile(async (v, { url, items }) => {
    await v.open(url);
    assert.equal(await v.page.textContent('h1'), attacks[0]);
    await v.page.waitForFunction(n => document.querySelectorAll('.card .name').length === n, items.length);
    assert.deepEqual((await v.names()).sort(), items.map(it => it.title).sort());
    await pageIsItself(v);
    const byTitle = new Map(items.map(it => [it.title, it])), titles = await v.names();
    await v.page.goto(`${url}?item=${encodeURIComponent(byTitle.get(titles[0]).id)}`);
    for (const [i, title] of titles.entries()) {
      const it = byTitle.get(title);
      if (i === 1) await v.open(url).then(() => v.card(1).click()); // an item alone has no neighbours
      else if (i) await v.page.click('#detail .next');
      await v.page.waitForFunction(title => document.getElementById('detail-name')?.textContent === title, title);
      const shown = await v.page.textContent('#detail');
      for (const text of [...it.captions, ...it.keywords, ...Object.entries(it.meta).filter(([key]) => key !== 'subtitles').flat()]) assert.ok(shown.includes(text.trim()), `item ${i} lacks ${text}`);
      await pageIsItself(v);
    }
    for (const attack of attacks.slice(0, 5)) {
      const of = encodeURIComponent(attack);
      await v.page.goto(`${url}?q=${of}&kind=${of}&filter=${of}=${of}&theme=${of}&device=${of}#${of}`);
      await v.page.waitForSelector('#meter:not(:empty)');
      await v.page.waitForFunction(() => !document.querySelector('.ghost'));
      await pageIsItself(v);
    }
    await v.open(url);
    await v.ask(attacks[1]);
    assert.ok((await v.page.textContent('#lead, .note')).includes(attacks[1]));
    await pageIsItself(v);
  }, site => aceServer(process.env.ACE, site)),

  'the element shows texts of a hostile site as they are': withHostile(async (v, { url, items, seen }) => {
    await v.page.goto(`${url}own.html`);
    const links = v.page.locator('ace-search li a');
    await v.page.waitForFunction(n => document.querySelector('ace-search').shadowRoot?.querySelectorAll('li').length === n, items.length);
    assert.deepEqual((await links.allTextContents()).sort(), items.map(it => it.title).sort());
    await pageIsItself(v);
    await v.page.getByRole('searchbox').fill(attacks[2]);
    await v.page.waitForFunction(q => document.querySelector('ace-search').results?.query === q, attacks[2]);
    await pageIsItself(v);
    assert.ok(seen.requests.some(r => r.includes('/media/')));
  }, site => plainServer(site, { pages: { 'own.html': element },
    headers: { 'Content-Security-Policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'" } })),

  'a whole visit asks nobody but the site': async (v, { url, note }) => {
    const seen = await watch(v);
    await v.open();
    const titles = await v.names();
    for (const q of [titles[0], titles[1], 'water', 'https://evil.example/ //evil.example']) await v.ask(q);
    await v.page.goBack().catch(() => {});
    await v.open();
    await v.card(0).hover();
    await v.card(0).click();
    await v.page.waitForSelector('#detail-name');
    for (const b of ['.next', '.next', '.previous']) await v.page.click(`#detail ${b}`);
    await v.page.keyboard.press('Escape');
    for (const kind of await v.page.locator('.kind').all()) await kind.click();
    const sounds = v.page.locator('.kind', { hasText: 'Sounds' });
    if (await sounds.count()) {
      await sounds.click();
      await v.page.waitForFunction(() => !document.querySelector('#results > :not(.audio)')); // the answer is there: the sounds among others go with theirs
      await v.page.locator('.card .play').first().click();
    }
    await v.page.click('#theme');
    await v.page.mouse.wheel(0, 4000);
    await v.page.waitForTimeout(500);
    await v.open(); // the second visit
    nothingHappened(seen, url);
    await pageIsItself(v);
    note(`${seen.requests.length} requests`);
  },
};
