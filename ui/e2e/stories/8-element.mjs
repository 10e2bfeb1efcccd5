// <ace-search> in a page of one's own.
import assert from 'node:assert/strict';
import { plainServer } from '../servers.mjs';

const headers = { 'Content-Security-Policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'" };
const page = (element, script = 'ace-search.js') => `<!doctype html><html lang="en"><meta name="color-scheme" content="light dark"><title>own</title>
<link rel="icon" href="icon.svg"><script type="module" src="log.js"></script><script type="module" src="${script}"></script>${element}`;
const usual = '<ace-search limit="12" placeholder="Describe it"><p slot="empty">Ask for something else.</p></ace-search>';

// log keeps what the element tells.
const log = `window.told = [];
for (const name of ['ace-open', 'ace-results', 'ace-select', 'ace-error']) document.addEventListener(name, e => {
  told.push({ name, query: e.detail.query, hits: e.detail.hits?.map(h => h.title), title: e.detail.hit?.title, position: e.detail.position, error: e.detail.error?.hint });
  if (name === 'ace-select') e.preventDefault();
});`;

class Element {
  constructor(page) { this.page = page; }
  box() { return this.page.getByRole('searchbox'); }
  cards() { return this.page.locator('ace-search li'); }
  titles() { return this.page.locator('ace-search li a').allTextContents(); }
  told(name) { return this.page.evaluate(name => told.filter(t => t.name === name), name); }
  focused() { return this.page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.textContent || document.activeElement.shadowRoot?.activeElement?.id); }
  // answered waits for the results of a question.
  answered(query) { return this.page.waitForFunction(q => told.findLast(t => t.name === 'ace-results')?.query === q, query); }
  async ask(query) {
    await this.box().fill(query);
    await this.answered(query);
  }
}

const on = (tell, { element = usual, script, ...options } = {}) => async (v, s) => {
  const server = await plainServer(s.site, { pages: { 'own.html': page(element, script), 'log.js': log }, headers, ...options });
  try {
    await v.page.goto(`${server.url}own.html`);
    await tell(new Element(v.page), v, s);
  } finally {
    await v.page.goto('about:blank');
    await server.close();
  }
};

export const stories = {
  'the element shows items and finds them': on(async e => {
    await e.answered('');
    assert.equal((await e.told('ace-open')).length, 1);
    const titles = await e.titles();
    assert.equal(titles.length, 12);
    assert.equal(await e.box().getAttribute('placeholder'), 'Describe it');
    await e.box().pressSequentially(titles[3], { delay: 20 });
    await e.answered(titles[3]);
    assert.ok((await e.titles()).includes(titles[3]));
    assert.deepEqual(await e.titles(), (await e.told('ace-results')).at(-1).hits);
    assert.match(await e.page.getByRole('status').textContent(), /^\d+ results? for “/);
    await e.page.waitForFunction(() => [...document.querySelector('ace-search').shadowRoot.querySelectorAll('img')].some(i => i.complete && i.naturalWidth > 0));
    await e.page.evaluate(() => { document.querySelector('ace-search').query = ''; });
    await e.answered('');
    assert.deepEqual(await e.titles(), titles, 'an empty box shows the collection');
  }),

  'ace.js alone brings the element': on(async e => {
    await e.answered('');
    assert.equal(await e.cards().count(), 24);
  }, { element: '<ace-search></ace-search>', script: 'ace.js' }),

  'the element obeys its attributes and its filter': on(async (e, v, { note }) => {
    await e.answered('');
    const change = async (key, value) => {
      await e.page.evaluate(([key, value]) => { told.length = 0; document.querySelector('ace-search').setAttribute(key, value); }, [key, value]);
      await e.answered('');
    };
    for (const [kind, name] of [['audio', 'sound'], ['video', 'film'], ['image', 'picture']]) {
      await change('kind', kind);
      const n = await e.cards().count();
      if (!n) note(`this site has no ${name}`);
      assert.equal(await e.page.locator(`ace-search li[part~=${kind}]`).count(), n);
    }
    await change('limit', '3');
    assert.equal(await e.cards().count(), 3);
    await e.page.evaluate(async () => {
      const el = document.querySelector('ace-search');
      told.length = 0;
      const [key, value] = Object.entries((await el.index.items({ kind: 'image', limit: 1 }))[0].meta)[0];
      el.filter = { [key]: value };
    });
    await e.answered('');
    assert.ok(await e.page.evaluate(() => { const { filter, results } = document.querySelector('ace-search'); return results.hits.length && results.hits.every(h => Object.entries(filter).every(([k, v]) => h.meta[k] === v)); }));
  }),

  'the element is used with the keyboard': on(async e => {
    await e.answered('');
    const titles = await e.titles();
    await e.page.keyboard.press('Tab');
    assert.equal(await e.focused(), 'q');
    const press = key => e.page.keyboard.press(key);
    await press('ArrowDown');
    assert.equal(await e.focused(), titles[0]);
    await press('ArrowRight');
    assert.equal(await e.focused(), titles[1]);
    const columns = await e.cards().evaluateAll(list => list.filter(li => li.offsetTop === list[0].offsetTop).length);
    await press('ArrowDown');
    assert.equal(await e.focused(), titles[1 + columns]);
    await press('End');
    assert.equal(await e.focused(), titles.at(-1));
    await press('Home');
    await press('Enter');
    assert.deepEqual((await e.told('ace-select')).map(t => [t.title, t.position]), [[titles[0], 0]]);
    assert.ok(e.page.url().endsWith('own.html'), 'the link is not followed where the page prevents it');
    await press('ArrowUp');
    assert.equal(await e.focused(), 'q');
    const { x, y } = await e.cards().nth(2).locator('[part=medium]').boundingBox();
    await e.page.mouse.click(x + 20, y + 20);
    assert.equal((await e.told('ace-select')).at(-1).title, titles[2], 'the whole card is the link');
  }),

  'a question that is still being composed waits': on(async e => {
    await e.answered('');
    const client = await e.page.context().newCDPSession(e.page);
    await e.box().focus();
    await client.send('Input.imeSetComposition', { text: 'み', selectionStart: 1, selectionEnd: 1 });
    await e.page.waitForTimeout(300);
    assert.equal((await e.told('ace-results')).at(-1).query, '');
    await client.send('Input.insertText', { text: '水' });
    await e.answered('水');
  }),

  'what fits nothing is said, with what the page adds': on(async (e, v, { note }) => {
    await e.answered('');
    const cutoff = await e.page.evaluate(() => document.querySelector('ace-search').index.info.cutoff);
    if (!cutoff) return note('this site cannot tell what fits');
    await e.ask('qwzx vrumpf');
    assert.equal(await e.cards().count(), 0);
    assert.equal(await e.page.getByRole('status').textContent(), 'Nothing here fits “qwzx vrumpf”.');
    assert.ok(await e.page.getByText('Ask for something else.').isVisible());
  }),

  'all has a name, and can be read, in light and dark': on(async (e, v) => {
    await e.answered('');
    for (const colorScheme of ['light', 'dark']) {
      await v.page.emulateMedia({ colorScheme });
      const contrasts = await e.page.evaluate(() => {
        const root = document.querySelector('ace-search').shadowRoot;
        const light = color => { // WCAG 2.2, relative luminance
          const [r, g, b] = color.match(/[\d.]+/g).map(c => { c /= 255; return c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; });
          return .2126 * r + .7152 * g + .0722 * b;
        };
        const ground = el => {
          for (; el; el = el.parentElement ?? el.getRootNode().host) {
            const c = getComputedStyle(el).backgroundColor;
            if (c !== 'rgba(0, 0, 0, 0)') return c;
          }
          return matchMedia('(prefers-color-scheme: dark)').matches ? 'rgb(18, 18, 18)' : 'rgb(255, 255, 255)'; // Chromium's canvas
        };
        const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
        const of = (part, key = 'color') => { const el = root.querySelector(`[part~=${part}]`); return [`${part} ${key}`, contrast(getComputedStyle(el)[key], ground(key === 'color' ? el : el.parentElement))]; };
        return [of('input'), of('input', 'borderTopColor'), of('status'), of('title')];
      });
      for (const [what, ratio] of contrasts) assert.ok(ratio >= (what.includes('border') ? 3 : 4.5), `${colorScheme}: ${what} has a contrast of ${ratio.toFixed(2)}`);
    }
    const faults = await e.page.evaluate(() => {
      const root = document.querySelector('ace-search').shadowRoot;
      const ids = [...root.querySelectorAll('[id]')].map(x => x.id);
      return [
        root.querySelector('input').labels[0]?.textContent ? '' : 'the box has no label',
        ids.length === new Set(ids).size ? '' : 'an id stands twice',
        root.getElementById(root.querySelector('input').getAttribute('aria-controls')) ? '' : 'aria-controls leads nowhere',
        ...[...root.querySelectorAll('img')].map(i => i.hasAttribute('alt') ? '' : 'a picture has no alt'),
        ...[...root.querySelectorAll('a')].map(a => a.textContent.trim() && a.href ? '' : 'a link has no name'),
        ...[...root.querySelectorAll('audio, video')].map(m => m.ariaLabel ? '' : 'a player has no name'),
        ...[...root.querySelectorAll('*')].map(x => x.hasAttribute('style') ? 'a style attribute' : ''),
      ].filter(Boolean);
    });
    assert.deepEqual(faults, []);
    assert.equal(await e.page.getByRole('list', { name: 'Results' }).getByRole('listitem').count(), 12);
  }),

  'a sound plays on while its card keeps its place': on(async (e, v, { note }) => {
    await e.answered('');
    if (!await e.page.locator('ace-search audio').count()) return note('this site has no sounds');
    const playing = await e.page.evaluate(async () => {
      const el = document.querySelector('ace-search'), audio = el.shadowRoot.querySelector('audio');
      audio.loop = audio.muted = true;
      await audio.play();
      told.length = 0;
      el.setAttribute('limit', '9'); // the first eight stay
      return audio.ariaLabel;
    });
    await e.answered('');
    assert.deepEqual(await e.page.evaluate(() => [...document.querySelector('ace-search').shadowRoot.querySelectorAll('audio')].filter(a => !a.paused).map(a => a.ariaLabel)), [playing]);
  }, { element: '<ace-search kind="audio" limit="8"></ace-search>' }),

  'a bundle that is missing is told, and can be tried again': on(async (e, v) => {
    v.expect(/Failed to load resource/);
    const alert = e.page.getByRole('alert');
    await alert.waitFor();
    assert.match(await alert.textContent(), /nowhere\/: manifest\.json: the server answers 404.*folder bundle/);
    assert.match((await e.told('ace-error'))[0].error, /folder bundle/);
    await e.page.evaluate(() => { document.querySelector('ace-search').setAttribute('bundle', 'bundle'); });
    await e.answered('');
    assert.ok(await alert.isHidden());
    assert.ok(await e.cards().count() > 0);
  }, { element: '<ace-search bundle="./nowhere/"></ace-search>' }),

  'an element that leaves the page ends its worker, one that moves does not': on(async (e, v) => {
    await e.answered('');
    assert.equal(v.page.workers().length, 1);
    await e.page.evaluate(() => { const div = document.createElement('div'); document.body.append(div); div.append(document.querySelector('ace-search')); });
    await e.ask('x');
    assert.equal((await e.told('ace-open')).length, 1);
    const ended = v.page.workers()[0].waitForEvent('close');
    await e.page.evaluate(() => document.querySelector('ace-search').remove());
    await ended;
  }),
};
