// The page without a connection, and when a newer one comes.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { plainServer } from '../servers.mjs';

// own tells a story against a plain server of its own, which the story may stop.
const own = (options, tell) => async (v, s) => {
  const server = await plainServer(s.site, options);
  try {
    await tell(v, server, s);
  } finally {
    await v.page.goto('about:blank');
    await server.close();
  }
};

const offline = v => v.page.locator('#offline');
const state = (v, want) => v.page.waitForFunction(w => document.documentElement.dataset.offline === w, want);

// searches tells that the collection answers and that its pictures are there.
async function searches(v) {
  const title = await v.name(0);
  await v.ask(title);
  assert.ok((await v.names()).includes(title));
}
const painted = v => v.page.waitForFunction(() => [...document.querySelectorAll('.tile img')].every(i => i.complete && i.naturalWidth) && !document.querySelector('.gone'));

export const stories = {
  'without a server the page starts, searches and shows what was seen': own({ at: '/user/site/' }, async (v, server) => {
    v.expect(/Failed to load resource|ERR_CONNECTION/);
    await v.open(server.url);
    await painted(v);
    await state(v, 'ready');
    await v.page.waitForFunction(() => /Works offline/.test(document.getElementById('offline').textContent));
    const title = await v.name(0);
    await v.page.waitForTimeout(500); // the pictures that are asked for again
    await server.close();
    await v.open(server.url);
    await searches(v);
    await v.open(`${server.url}?q=${encodeURIComponent(title)}`);
    await v.answered(title);
    assert.equal(await v.page.evaluate(() => document.querySelectorAll('.tile img').length > 0), true);
    await v.card(0).locator('img').evaluate(i => i.decode());
  }),

  'all media are kept on request, and played by ranges': own({}, async (v, server, { note }) => {
    v.expect(/Failed to load resource|ERR_CONNECTION/);
    await v.open(server.url);
    await state(v, 'ready');
    note(await offline(v).textContent());
    await offline(v).getByRole('button').click();
    await state(v, 'all');
    const audio = (await v.page.evaluate(() => caches.keys().then(async names => (await (await caches.open(names.find(n => n.startsWith('ace wanted')))).keys()).map(r => r.url)))).find(u => /\.(wav|ogg)$/.test(u));
    await server.close();
    await v.open(server.url);
    await state(v, 'all');
    await painted(v);
    // A player asks for ranges and moves about; a range is what it gets.
    const played = await v.page.evaluate(async url => {
      const a = new Audio(url);
      a.preload = 'auto';
      await new Promise((done, fail) => { a.oncanplaythrough = done; a.onerror = () => fail(new Error('the sound does not load')); });
      a.currentTime = a.duration / 2;
      await new Promise(done => { a.onseeked = done; });
      return { at: a.currentTime, duration: a.duration, seekable: a.seekable.end(0) };
    }, audio);
    assert.ok(played.seekable === played.duration && played.at > 0, JSON.stringify(played));
  }),

  'a newer page is offered, and used when one says so': async (v, { site }) => {
    const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'site-'));
    fs.cpSync(site, copy, { recursive: true });
    const server = await plainServer(copy);
    try {
      await v.open(server.url);
      await state(v, 'ready');
      const shells = () => v.page.evaluate(() => caches.keys().then(names => names.filter(n => n.startsWith('ace shell'))));
      const [before] = await shells();
      // Another build: another title in the page, and its name.
      const edit = (name, f) => fs.writeFileSync(path.join(copy, name), f(fs.readFileSync(path.join(copy, name), 'utf8')));
      edit('index.html', s => s.replace('<body>', '<body data-build="new">'));
      edit('build.js', s => s.replace(/"id":"[0-9a-f]{16}"/, '"id":"0123456789abcdef"'));
      await v.open(server.url);
      const build = () => v.page.evaluate(() => document.body.dataset.build ?? 'old');
      await v.page.locator('#update').waitFor();
      assert.equal(await build(), 'old', 'it is not forced');
      await searches(v);
      assert.equal((await shells()).length, 2);
      await v.page.locator('#update button').click();
      await v.page.waitForFunction(() => document.body.dataset.build === 'new');
      await v.page.waitForSelector('#card-0');
      const after = await shells();
      assert.equal(after.length, 1, 'the old build is gone');
      assert.notEqual(after[0], before);
    } finally {
      await v.page.goto('about:blank');
      await server.close();
      fs.rmSync(copy, { recursive: true });
    }
  },

  'the page is an app that can be installed': async v => {
    await v.open();
    const cdp = await v.context.newCDPSession(v.page);
    const { errors, url } = await cdp.send('Page.getAppManifest');
    assert.match(url, /manifest\.webmanifest$/);
    assert.deepEqual(errors, []);
    const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors');
    assert.deepEqual(installabilityErrors.filter(e => e.errorId !== 'in-incognito'), []);
  },
};
