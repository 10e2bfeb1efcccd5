// What goes wrong on the way: slow lines, broken ones, full disks.
import assert from 'node:assert/strict';
import { plainServer } from '../servers.mjs';

const own = (options, tell) => async (v, s) => {
  const server = await plainServer(s.site, options);
  try {
    await tell(v, server, s);
  } finally {
    await v.page.goto('about:blank');
    await server.close();
  }
};

const kept = v => v.page.evaluate(async () => (await (await caches.open('ace bundles')).keys()).map(r => r.url.split('/').pop()));
const failure = v => v.page.locator('.note.error');

// once alters the first answer for a part of the bundle, and no other.
const once = f => {
  let left = 1;
  return (name, bytes) => /bundle\/weights/.test(name) && left-- > 0 ? f(bytes) : bytes;
};

// broken breaks the line for a part of the bundle, as long as it is to be: a browser
// tries again by itself.
const line = { broken: false };
const broken = (name, bytes) => line.broken && /bundle\/weights/.test(name) ? null : bytes;

export const stories = {
  // 1.6 Mbit/s and 400 ms for the collection. The program is left out: this server sends it
  // five times as large as others do.
  'on a slow line one sees how far it is, and what was typed is answered': own({ slow: /^bundle/, rate: 200_000, latency: 400 }, async (v, server) => {
    const told = new Set();
    await v.page.exposeFunction('toldStory', text => told.add(text));
    await v.page.addInitScript(() => document.addEventListener('DOMContentLoaded', () =>
      new MutationObserver(() => window.toldStory(document.getElementById('lead')?.textContent ?? '')).observe(document.body, { subtree: true, childList: true, characterData: true })));
    await v.page.goto(server.url);
    await v.box().fill('water');
    await v.answered('water');
    const steps = [...told].filter(t => /^Loading the collection, [\d.]+ MB of [\d.]+ MB/.test(t));
    assert.ok(steps.length >= 5, `it told ${[...told].join(' | ')}`);
  }),

  'a connection that breaks is told, and the next try needs only what is missing': own({ alter: broken }, async (v, server) => {
    v.expect(/Failed to load resource/);
    line.broken = true;
    await v.page.goto(server.url);
    await failure(v).waitFor();
    line.broken = false;
    assert.match(await failure(v).textContent(), /weights\.[0-9a-f]{16}\.bin: .*Check the connection/);
    await v.page.waitForFunction(async () => (await (await caches.open('ace bundles')).keys()).length >= 5);
    assert.ok(!(await kept(v)).some(n => /weights|manifest/.test(n)), 'what is not whole is not kept');
    const asked = [];
    v.page.on('request', r => asked.push(new URL(r.url()).pathname));
    await failure(v).getByRole('button', { name: 'Try again' }).click();
    await v.page.waitForSelector('#card-0');
    const parts = new Set(asked.filter(n => n.startsWith('/bundle/')).map(n => n.split('.')[0]));
    assert.deepEqual([...parts].sort(), ['/bundle/manifest', '/bundle/weights']);
  }),

  'a file that is half there is told, not kept, and mended by the next try': own({ alter: once(bytes => bytes.subarray(0, bytes.length >> 1)) }, async (v, server) => {
    await v.page.goto(server.url);
    await failure(v).waitFor();
    assert.match(await failure(v).textContent(), /weights.*(ends after|damaged)/);
    assert.ok(!(await kept(v)).some(n => /weights/.test(n)));
    await failure(v).getByRole('button', { name: 'Try again' }).click();
    await v.page.waitForSelector('#card-0');
  }),

  'a full disk costs the use without a connection, and nothing else': own({}, async (v, server) => {
    const cdp = await v.context.newCDPSession(v.page);
    const quota = quotaSize => cdp.send('Storage.overrideQuotaForOrigin', { origin: new URL(server.url).origin, quotaSize });
    await quota(300_000);
    await v.open(server.url);
    await v.page.waitForFunction(() => document.documentElement.dataset.offline === 'not');
    assert.match(await v.page.textContent('#offline'), /Does not work offline: .*(room|could not be kept|[Qq]uota)/);
    const title = await v.name(0);
    await v.ask(title);
    // Room for the page, but not for all media.
    await quota(undefined);
    await v.open(server.url);
    await v.page.waitForFunction(() => document.documentElement.dataset.offline === 'ready');
    const { usage } = await v.page.evaluate(() => navigator.storage.estimate());
    await quota(usage + 40_000);
    await v.page.locator('#offline button').click();
    await v.page.waitForFunction(() => /no room left/.test(document.getElementById('offline').textContent));
    await v.ask(await v.name(0));
  }),

  'what is kept of a collection goes when another takes its place': async (v, { url }) => {
    await v.open(url);
    await v.page.waitForFunction(() => document.documentElement.dataset.offline === 'ready');
    const old = `${url}bundle/weights.0123456789abcdef.bin`;
    const others = `${url}elsewhere/bundle/weights.0123456789abcdef.bin`;
    await v.page.evaluate(async urls => { const c = await caches.open('ace bundles'); for (const u of urls) await c.put(u, new Response('old')); }, [old, others]);
    await v.open(url);
    await v.page.waitForFunction(async u => !await (await caches.open('ace bundles')).match(u), old);
    assert.ok(await v.page.evaluate(async u => Boolean(await (await caches.open('ace bundles')).match(u)), others), 'another collection is left alone');
  },
};
