// Long visits: many questions in one tab, answers that nobody waits for, and
// devices that are lost in the middle of a question. Every answer must be right,
// and memory must not grow. The stories tell short ones (s-soak.mjs).
//
//   node soak.mjs [SITE] [--queries 10000] [--aborted 1000] [--lost 100]
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Browser } from './browser.mjs';
import { plainServer } from './servers.mjs';

export const growth = 0.05; // of memory, that a visit may have after it has warmed up
const mostHeld = 1000;      // values of the browser that the program comes to hold between two collections

const html = '<!doctype html><html lang="en"><title>soak</title><link rel="icon" href="icon.svg"><script type="module" src="soak.js"></script>';

// script opens the bundle as index; ask(n) is answered with what the n-th question
// finds, told as text. Questions come again after a while.
const script = `
import { open } from './ace.js';
const device = new URLSearchParams(location.search).get('device') ?? 'cpu';
window.index = await open('./bundle/', { device });
const items = await index.items({ limit: 60 });
const odd = ['\\u{1f600} \\u{10ffff} \\ud800', 'x'.repeat(1 << 16), '', '!', 'water '.repeat(3000)];
const kinds = Object.keys(index.info.kinds).filter(k => index.info.kinds[k]);
window.question = n => {
  const item = items[n * 7 % items.length];
  const texts = [item.title, item.captions[0] ?? item.title, ...item.title.split(' '), odd[n % odd.length]];
  const options = { limit: 1 + n * 5 % 40 };
  if (n % 3 === 0) options.kind = kinds[n % kinds.length];
  if (n % 5 === 0) options.filter = Object.fromEntries(Object.entries(item.meta).slice(0, 1));
  if (n % 11 === 0) options.ids = items.slice(n % 20, n % 20 + 5).map(i => i.id);
  return [texts[n % texts.length], options];
};
window.told = ({ hits }) => hits.map(h => h.id + ' ' + h.score.toFixed(3)).join('\\n');
window.ask = async n => { const [q, options] = question(n); return told(await index.search(q, options)); };
window.ready = true;`;

// soaked serves a page with ace.js beside a site, and opens it in a browser of its
// own.
async function soaked(site, flags, query, tell) {
  const server = await plainServer(site, { pages: { 'soak.html': html, 'soak.js': script },
    alter: (name, bytes) => name === 'worker.js' ? Buffer.from(bytes.toString().replace('new Go()', 'self.aceGo = new Go()')) : bytes });
  const browser = await Browser.launch(['--js-flags=--expose-gc', ...flags]);
  try {
    const visit = await browser.visit(server.url);
    visit.open = () => visit.page.goto(`${server.url}soak.html${query}`).then(() => visit.page.waitForFunction(() => window.ready, null, { timeout: 120_000 }));
    await visit.open();
    await tell(visit, browser);
    visit.mustBeQuiet();
  } finally {
    await browser.close();
    await server.close();
  }
}

// look is what a browser's tab has for itself, in bytes, after its scripts' garbage is
// gone: the least of some moments, as the browser gives back at its leisure. NaN where
// the system does not tell. The tab is the largest of the renderers: the browser keeps
// others ready, which come and go.
async function look(browser, page, moments) {
  for (const p of [page, ...page.workers()]) await p.evaluate(() => { gc(); gc(); });
  const tab = await page.context().newCDPSession(page); // it keeps some room for young garbage, or not, as it likes
  await tab.send('Memory.simulatePressureNotification', { level: 'critical' });
  await tab.detach();
  const session = await browser.browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  let least = Infinity;
  for (; moments > 0; moments--) {
    await page.waitForTimeout(300);
    least = Math.min(least, privateBytes(processInfo));
  }
  return least;
}

// privateBytes is what the largest of the renderers has for itself.
function privateBytes(processInfo) {
  let most = 0;
  for (const { id } of processInfo.filter(p => p.type === 'renderer')) {
    const file = `/proc/${id}/smaps_rollup`;
    if (!fs.existsSync(file)) return NaN;
    let kilobytes = 0;
    for (const [, n] of fs.readFileSync(file, 'utf8').matchAll(/^Private_\w+: +(\d+) kB/gm)) kilobytes += Number(n);
    most = Math.max(most, kilobytes);
  }
  return most * 1024;
}

// program is the memory of the Go program in the worker, which never shrinks, and
// how many of the browser's values it has ever held at once; undefined where
// worker.js is the site's own.
const program = page => page.workers()[0].evaluate(() => globalThis.aceGo && { bytes: aceGo._inst.exports.mem.buffer.byteLength, values: aceGo._values.length });

// steady has something done n times, in rounds, and refuses memory that grows. The
// program frees the browser's values when it collects its own garbage, some thousand
// questions apart, so memory goes up and down: the least of the second half is held
// against the least of the first. Visits that are too short for that may differ by
// what the program takes before it first collects.
async function steady(n, browser, page, round) {
  const short = n < 1000, rounds = short ? 6 : 24, slack = short ? 16e6 : 0, looks = [];
  const before = await program(page);
  for (let i = 0; i < rounds; i++) {
    await round(Math.floor(i * n / rounds), Math.floor((i + 1) * n / rounds));
    looks.push(await look(browser, page, short ? 1 : 8));
  }
  const after = await program(page);
  const first = Math.min(...looks.slice(0, rounds / 2)), last = Math.min(...looks.slice(rounds / 2));
  const said = [`${n} queries`];
  if (after) {
    said.push(`the program ${(before.bytes / 1e6).toFixed(1)} -> ${(after.bytes / 1e6).toFixed(1)} MB, ${before.values} -> ${after.values} values`);
    assert.ok(after.bytes <= before.bytes * (1 + growth) + slack && after.values <= before.values + mostHeld, said.at(-1));
  }
  said.push(first ? `the tab ${(first / 1e6).toFixed(1)} -> ${(last / 1e6).toFixed(1)} MB` : 'the system does not tell of the tab');
  assert.ok(!first || last <= first * (1 + growth) + slack, said.at(-1));
  return said.join(', ');
}

const different = 199; // questions, after which they come again

// manyQueries asks n questions through ace.js, each of which is answered alike
// whenever it comes.
export async function manyQueries(site, n, note) {
  await soaked(site, [], '', async ({ page }, browser) => {
    const round = (from, to) => page.evaluate(async ({ from, to, different }) => {
      window.answers ??= [];
      for (let i = from; i < to; i++) {
        const got = await ask(i % different);
        answers[i % different] ??= got;
        if (got !== answers[i % different]) throw new Error(`question ${i}: ${got}\ninstead of ${answers[i % different]}`);
      }
      return answers.filter(Boolean).length;
    }, { from, to, different });
    const warm = n < 1000 ? 2 * different : 10 * different;
    const found = await round(0, warm);
    assert.ok(found > different / 2, `${found} questions find something`);
    note(await steady(n, browser, page, (from, to) => round(warm + from, warm + to)));
  });
}

// typedQueries asks n questions in the page's own box. They are typed by a script in
// the page: what watches from outside has the browser remember each of its steps.
export async function typedQueries(site, n, note) {
  const server = await plainServer(site);
  const browser = await Browser.launch(['--js-flags=--expose-gc']);
  try {
    const visit = await browser.visit(server.url);
    await visit.open();
    const titles = await visit.names();
    await visit.page.evaluate(titles => {
      const box = document.getElementById('q'), first = new Map();
      const said = () => [document.getElementById('lead'), document.querySelector('.note h2')].map(e => e?.textContent).join();
      window.round = async (from, to) => {
        for (let i = from; i < to; i++) {
          const q = titles[i % titles.length];
          box.value = q;
          box.dispatchEvent(new Event('input', { bubbles: true }));
          for (let waited = 0; !said().includes(`“${q}”`); waited++) {
            if (waited > 6000) throw new Error(`question ${i}, ${q}, is not answered`);
            await new Promise(done => setTimeout(done, 5));
          }
          const names = [...document.querySelectorAll('.card .name')].map(e => e.textContent).join('\n');
          if (!first.has(q)) first.set(q, names);
          if (names !== first.get(q)) throw new Error(`question ${i}, ${q}: ${names}\ninstead of ${first.get(q)}`);
        }
      };
    }, titles);
    const round = (from, to) => visit.page.evaluate(([from, to]) => window.round(from, to), [from, to]);
    const warm = n < 1000 ? 4 * titles.length : 1000;
    await round(0, warm);
    note(`typed: ${await steady(n, browser, visit.page, (from, to) => round(warm + from, warm + to))}`);
    visit.mustBeQuiet();
  } finally {
    await browser.close();
    await server.close();
  }
}

// abortedQueries asks n questions at all sorts of moments and gives them up at
// others; those that are answered all the same, and one after them, are right.
export async function abortedQueries(site, n, note) {
  await soaked(site, [], '', async ({ page }, browser) => {
    const round = n => page.evaluate(async n => {
      window.right ??= [];
      for (let i = 0; i < 20; i++) right[i] ??= await ask(i);
      const ended = { answered: 0, aborted: 0 };
      const calls = [];
      for (let i = 0; i < n; i++) {
        const control = new AbortController(), [q, options] = question(i % 20);
        calls.push(index.search(q, { ...options, signal: control.signal }).then(answer => {
          if (told(answer) !== right[i % 20]) throw new Error(`question ${i}: ${told(answer)}\ninstead of ${right[i % 20]}`);
          ended.answered++;
        }, error => {
          if (error.name !== 'AbortError') throw error;
          ended.aborted++;
        }));
        if (i % 4 === 0) await new Promise(done => setTimeout(done, i % 13));
        if (i % 2) control.abort();
        else setTimeout(() => control.abort(), i % 5 * 60);
      }
      await Promise.all(calls);
      if (await ask(7) !== right[7]) throw new Error('the answer after them is wrong');
      return ended;
    }, n);
    const chunk = 200;
    for (let i = 0; i < (n < 1000 ? 2 : 6); i++) await round(chunk);
    const ended = { answered: 0, aborted: 0 };
    const told = await steady(n, browser, page, async (from, to) => {
      for (; from < to; from += chunk) {
        const { answered, aborted } = await round(Math.min(chunk, to - from));
        ended.answered += answered;
        ended.aborted += aborted;
      }
    });
    assert.equal(ended.answered + ended.aborted, n);
    assert.ok(ended.aborted > n / 2, `${ended.aborted} of ${n} were aborted`);
    note(`${ended.aborted} aborted: ${told}`);
  });
}

// lostDevices loses a device in the middle of a question n times: what is answered
// is what the CPU answers, the reason is told, and the CPU goes on.
export async function lostDevices(site, n, note) {
  let want;
  await soaked(site, [], '', async ({ page }) => { want = await page.evaluate(() => Promise.all([...Array(12).keys()].map(ask))); });
  const firsts = text => text.split('\n')[0].split(' ')[0];
  const by = { webgpu: 0, cpu: 0 };
  await soaked(site, ['--enable-unsafe-webgpu'], '?device=webgpu', async visit => {
    visit.expect(/WebGPU|device|lost/i);
    for (let i = 0; i < n; i++) {
      if (i) await visit.open();
      const { page } = visit;
      assert.equal(await page.evaluate(() => index.info.device), 'webgpu', 'there is no adapter');
      const asked = page.evaluate(async () => {
        const all = [];
        for (let i = 0; i < 12; i++) {
          const [q, options] = question(i);
          const answer = await index.search(q, options);
          all.push({ text: told(answer), device: answer.device, note: answer.note });
        }
        return all;
      });
      await page.waitForTimeout(i * 37 % 400);
      await page.workers()[0].evaluate(() => self.aceGPU.latest.device.destroy());
      const answers = await asked;
      for (const [k, a] of answers.entries()) {
        by[a.device]++;
        assert.equal(firsts(a.text), firsts(want[k]), `loss ${i}, question ${k}`);
        assert.equal(a.device === 'webgpu', !a.note, `loss ${i}, question ${k} of ${a.device}: ${a.note}`);
      }
      const last = answers.at(-1);
      assert.ok(last.device === 'cpu' && /lost|unmapped|destroyed/.test(last.note) || i * 37 % 400 > 300, `loss ${i}: ${last.device}, ${last.note}`);
    }
  });
  assert.ok(by.cpu > 0);
  note(`${n} devices lost: ${by.webgpu} answers before, ${by.cpu} after`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const number = text => ({ type: 'string', default: String(text) });
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { queries: number(10_000), typed: number(4_000), aborted: number(1_000), lost: number(100) } });
  const site = path.resolve(positionals[0] ?? process.env.SITE ?? '');
  for (const [tell, n] of [[manyQueries, values.queries], [typedQueries, values.typed], [abortedQueries, values.aborted], [lostDevices, values.lost]]) {
    if (Number(n)) await tell(site, Number(n), console.log);
  }
}
