// Access: what axe finds, languages, input methods, right to left, less motion.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import zlib from 'node:zlib';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// check fails for each thing that axe finds, of any level, best practices too.
const check = async (v, state) => {
  await v.page.waitForTimeout(300); // whatever fades in
  await v.page.evaluate(axe);
  const found = await v.page.evaluate(async () => {
    const { passes, violations } = await window.axe.run(document);
    return [passes.length, ...violations.map(r => `${r.impact} ${r.id}: ${r.nodes.slice(0, 3).map(n => `${n.target} ${n.any.concat(n.all, n.none).map(x => x.message).join('; ')}`).join('\n    ')}`)];
  });
  assert.ok(found.shift() > 15, 'axe has looked');
  assert.deepEqual(found, [], `axe, ${state}`);
};

const states = async v => {
  await v.open();
  await check(v, 'the collection');
  const title = await v.name(0);
  await v.ask('red');
  await check(v, 'results');
  if (await v.page.locator('#less').count()) {
    await v.page.click('#less');
    await check(v, 'less likely results');
  }
  await v.ask(title);
  await v.card(0).click();
  await v.page.waitForSelector('#like-0');
  await check(v, 'an item');
  await v.page.click('#why');
  await v.page.waitForSelector('.walk .node');
  await check(v, 'why this result');
  await v.page.keyboard.press('Escape');
  await v.page.waitForSelector('#detail', { state: 'detached' });
  await v.ask('qwzx vrumpf');
  await check(v, 'nothing fits');
  if (await v.page.locator('#nearest').count()) {
    await v.page.click('#nearest');
    await v.card(0).waitFor();
    await check(v, 'the nearest');
  }
  await v.box().press('Escape');
  const sounds = v.page.locator('.kind', { hasText: 'Sounds' });
  if (await sounds.count()) {
    await sounds.click();
    await v.page.waitForSelector('.card.audio');
    await v.page.locator('.card .play').first().click();
    await v.page.waitForSelector('.dock');
    await check(v, 'the player');
  }
  v.page.route('**/bundle/manifest.json', route => route.fulfill({ status: 404 }));
  v.expect(/Failed to load resource/);
  await v.page.goto(v.url + '?other');
  await v.page.locator('.note.error').waitFor();
  await check(v, 'a failure');
};

// seal writes a manifest whose last value is the hash of what stands before it.
const seal = ({ sha256, ...manifest }) => {
  const text = JSON.stringify(manifest).slice(0, -1);
  return `${text},"sha256":"${crypto.createHash('sha256').update(text).digest('hex')}"}`;
};

// filmFile has the collection's first film be a file with captions, by another
// section of items and a manifest that names it, and have a poster or none. It gives
// the film's title.
const filmFile = async (v, site, file, subtitles, thumb) => {
  const manifest = JSON.parse(fs.readFileSync(path.join(site, 'bundle', 'manifest.json')));
  const items = s => zlib.gunzipSync(fs.readFileSync(path.join(site, 'bundle', `${s.name}.${s.tag}.bin`))).toString().trimEnd().split('\n').map(l => JSON.parse(l));
  const isFilm = it => it.modality === 'video';
  const section = manifest.sections.find(s => s.name.startsWith('items.') && items(s).some(isFilm));
  const lines = items(section), film = lines.find(isFilm);
  Object.assign(film, { file, thumb, meta: { ...film.meta, subtitles } });
  const data = Buffer.from(lines.map(l => JSON.stringify(l) + '\n').join(''));
  const stored = zlib.gzipSync(data);
  const hash = b => crypto.createHash('sha256').update(b).digest('hex');
  Object.assign(section, { size: data.length, stored: stored.length, sha256: hash(data), tag: hash(stored).slice(0, 16) });
  await v.page.route('**/bundle/manifest.json', route => route.fulfill({ contentType: 'application/json', body: seal(manifest) }));
  await v.page.route(`**/bundle/${section.name}.*`, route => route.fulfill({ body: stored }));
  return film.title;
};

const within = async (v, options, tell) => {
  const visit = await v.browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
  const page = await visit.newPage();
  const other = Object.assign(Object.create(Object.getPrototypeOf(v)), { context: visit, page, url: v.url, browser: v.browser, console: [], expected: [] });
  page.setDefaultTimeout(20_000);
  try {
    await tell(other);
  } finally {
    await visit.close();
  }
};

export const stories = {
  'axe finds nothing, in the light': states,
  'axe finds nothing, in the dark': (v) => within(v, { colorScheme: 'dark' }, states),
  'axe finds nothing, on a phone': (v) => within(v, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }, states),

  'the page speaks the visitor\'s language': async v => {
    for (const [locale, lang, lead] of [['de-AT', 'de', /Sammlung|Beispiel/], ['zh-CN', 'zh', /收藏|试试/], ['ja', 'ja', /コレクション|例/], ['fr-CA', 'fr', /collection|Essayez/], ['es-MX', 'es', /colección|Pruebe/], ['tlh', 'en', /collection|Try/]]) {
      await within(v, { locale }, async o => {
        await o.open();
        assert.equal(await o.page.getAttribute('html', 'lang'), lang);
        assert.equal(await o.page.getAttribute('html', 'dir'), 'ltr');
        assert.match(await o.page.textContent('#lead'), lead);
      });
    }
    await v.open(v.url + '?lang=ja');
    assert.equal(await v.page.getAttribute('html', 'lang'), 'ja');
    await v.page.selectOption('#language', 'es');
    await v.page.waitForFunction(() => document.documentElement.lang === 'es' && !location.search.includes('lang'));
    await v.open();
    assert.equal(await v.page.getAttribute('html', 'lang'), 'es', 'a choice is kept');
    assert.equal(await v.page.inputValue('#language'), 'es');
  },

  'nothing is searched while an input method composes': async v => {
    await v.open();
    await v.box().focus();
    const client = await v.context.newCDPSession(v.page);
    const before = await v.page.textContent('#lead');
    for (const text of ['か', 'かさ']) await client.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    await v.page.waitForTimeout(400);
    assert.equal(await v.page.textContent('#lead'), before);
    await v.page.keyboard.press('Enter');
    assert.equal(await v.focused(), 'q', 'Enter belongs to the input method');
    await client.send('Input.insertText', { text: '傘' });
    await v.page.waitForFunction(() => /傘/.test(document.getElementById('lead').textContent + document.querySelector('.note h2')?.textContent));
  },

  'the page can be read from right to left': async v => {
    await v.open();
    await v.page.evaluate(() => { document.documentElement.dir = 'rtl'; });
    const at = id => v.page.evaluate(id => document.getElementById(id).getBoundingClientRect().left, id);
    assert.ok(await at('card-0') > await at('card-1'), 'the first card is on the right');
    await v.card(0).focus();
    await v.page.keyboard.press('ArrowLeft');
    await v.page.waitForFunction(() => document.activeElement.id === 'card-1');
    await v.page.keyboard.press('Enter');
    await v.page.waitForSelector('#like-0');
    assert.equal(await v.page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, 'nothing sticks out');
    await v.page.keyboard.press('Escape');
    await v.ask('مطر');
    assert.equal(await v.page.evaluate(() => getComputedStyle(document.getElementById('q')).direction), 'rtl');
    await v.page.evaluate(() => { document.documentElement.dir = 'ltr'; });
    assert.equal(await v.page.evaluate(() => getComputedStyle(document.getElementById('q')).direction), 'rtl', 'a question has a direction of its own');
  },

  'nothing moves for those who want no motion': v => within(v, { reducedMotion: 'reduce' }, async o => {
    await o.open();
    await o.card(0).click();
    await o.page.waitForSelector('#like-0');
    const moving = await o.page.evaluate(() => document.getAnimations().length);
    assert.equal(moving, 0);
  }),

  'a film has its captions, and plays in its card when pointed at': async (v, { site }) => {
    await v.page.addInitScript(() => { navigator.serviceWorker.register = () => new Promise(() => {}); }); // what it asks for is not answered by the routes below
    await v.page.addInitScript(() => {
      window.played = [];
      HTMLMediaElement.prototype.play = function () { window.played.push(this.src); return Promise.resolve(); };
    });
    const title = await filmFile(v, site, 'media/some.webm', 'media/some.vtt');
    await v.page.route('**/some.webm', route => route.fulfill({ contentType: 'video/webm', body: '' }));
    await v.page.route('**/some.vtt', route => route.fulfill({ contentType: 'text/vtt', body: 'WEBVTT\n\n00:00.000 --> 00:09.000\nThe words of the film\n' }));
    await v.page.addInitScript(() => document.addEventListener('error', e => { if (e.target.localName === 'video') e.target.onerror = null; e.stopImmediatePropagation(); }, true));
    await v.open();
    await v.showAll();
    await v.page.locator('.kind', { hasText: 'Films' }).click();
    const card = v.page.locator('.card.video', { hasText: title });
    await v.page.click('#more').catch(() => {});
    await card.first().scrollIntoViewIfNeeded();
    assert.equal(await card.locator('video').evaluate(e => e.autoplay), false);
    await card.first().hover();
    await v.page.waitForFunction(() => window.played.some(s => s.endsWith('some.webm')));
    await card.locator('.open').click();
    await v.page.waitForSelector('#detail video track', { state: 'attached' });
    assert.equal(await v.page.locator('#detail .facts dt', { hasText: 'subtitles' }).count(), 0);
    const cues = await v.page.evaluate(() => new Promise((done, fail) => {
      const { track } = document.querySelector('#detail track');
      track.mode = 'hidden';
      const look = () => track.cues?.length ? done(track.cues.length) : setTimeout(look, 50);
      look();
    }));
    assert.equal(cues, 1);
  },

  'a film with a poster shows it, and plays over it when pointed at': async (v, { site }) => {
    await v.page.addInitScript(() => { navigator.serviceWorker.register = () => new Promise(() => {}); });
    await v.page.addInitScript(() => {
      window.played = [];
      HTMLMediaElement.prototype.play = function () { window.played.push(this.src); return Promise.resolve(); };
    });
    const title = await filmFile(v, site, 'media/some.webm', 'media/some.vtt', 'icon-192.png');
    await v.page.route('**/some.webm', route => route.fulfill({ contentType: 'video/webm', body: '' }));
    await v.open();
    await v.showAll();
    await v.page.locator('.kind', { hasText: 'Films' }).click();
    const card = v.page.locator('.card.video', { hasText: title });
    await v.page.click('#more').catch(() => {});
    await card.first().scrollIntoViewIfNeeded();
    assert.match(await card.locator('.tile img').first().getAttribute('src'), /icon-192\.png$/);
    assert.equal(await card.locator('video').count(), 0);
    await card.first().hover();
    await v.page.waitForFunction(() => window.played.some(s => s.endsWith('some.webm')));
  },
};
