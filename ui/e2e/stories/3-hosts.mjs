// Hosts as they are, and as they fail.
import assert from 'node:assert/strict';
import { plainServer } from '../servers.mjs';

// on tells a story against a plain server of its own.
const on = (options, tell) => async (v, s) => {
  const server = await plainServer(s.site, options);
  try {
    await tell(v, server.url, s);
  } finally {
    await v.page.goto('about:blank');
    await server.close();
  }
};

const works = async (v, url) => {
  await v.open(url);
  const title = await v.name(0);
  await v.ask(title);
  assert.ok((await v.names()).includes(title));
  await v.page.waitForFunction(() => [...document.querySelectorAll('.tile img')].every(i => i.complete) && !document.querySelector('.gone'));
};

const failsWith = async (v, url, message, help) => {
  v.expect(/Failed to load resource/);
  await v.page.goto(url);
  const note = v.page.locator('.note.error');
  await note.waitFor();
  const text = await note.textContent();
  assert.match(text, message);
  assert.match(text, help);
  assert.equal(await v.page.locator('.ghost').count(), 0, 'nothing is still awaited');
  assert.ok(await note.getByRole('button', { name: 'Try again' }).isVisible());
};

const flipped = bytes => { const b = Buffer.from(bytes); b[b.length >> 1] ^= 1; return b; };

export const stories = {
  'works below a path': on({ at: '/user/site/' }, works),
  'works from a plain file server with wrong types': on({ wrongTypes: true }, works),

  'runs no code but its own': async v => {
    const answer = await v.page.goto(v.url);
    const policy = await v.page.getAttribute('meta[http-equiv=Content-Security-Policy]', 'content');
    for (const p of [policy, answer.headers()['content-security-policy'] ?? policy]) {
      assert.match(p, /default-src 'none'/);
      assert.doesNotMatch(p, /unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)/);
    }
    await v.open();
  },

  'a collection that is missing is told': on({ alter: (name, b) => name.startsWith('bundle/') ? 404 : b },
    (v, url) => failsWith(v, url, /manifest\.json: the server answers 404/, /beside this page/)),

  'a damaged collection is told': on({ alter: (name, b) => /weights/.test(name) ? flipped(b) : b },
    (v, url) => failsWith(v, url, /weights\.[0-9a-f]{16}\.bin is damaged/, /again/)),

  'a truncated collection is told': on({ alter: (name, b) => /weights/.test(name) ? b.subarray(0, b.length >> 1) : b },
    (v, url) => failsWith(v, url, /weights.*(ends after|damaged)/, /again/)),

  'a page that cannot start is told': on({ alter: (name, b) => name === 'app.wasm' ? b.subarray(0, 1000) : b }, async (v, url) => {
    v.expect(/Failed to load resource|preload/);
    await v.page.goto(url);
    await v.page.waitForSelector('#notice:not([hidden])');
    assert.match(await v.page.textContent('#notice'), /could not be started/);
  }),

  'a medium that is missing is told in its place': on({ alter: (name, b) => /\.(png|gif|jpe?g|webp)$/.test(name) ? 404 : b }, async (v, url) => {
    v.expect(/Failed to load resource/);
    await v.open(url);
    await v.page.waitForSelector('.tile .gone');
  }),
};
