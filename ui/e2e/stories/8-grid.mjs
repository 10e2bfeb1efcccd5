// The grid: media in their own proportions, in rows that fill the width, however
// long the list is.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { rewrite } from '../hostile.mjs';
import { plainServer } from '../servers.mjs';

const shapes = [[300, 200], [200, 300], [200, 200], [400, 200], [160, 200], [240, 180]];

// withLong tells a story on the site of 5,000 random items in $LONG, which gives
// them pictures of these shapes.
const withLong = tell => async (v, s) => {
  assert.ok(process.env.LONG, '$LONG is a site of cmd/bench');
  const site = fs.mkdtempSync(path.join(os.tmpdir(), 'ace-long-'));
  fs.cpSync(process.env.LONG, site, { recursive: true });
  for (const [i, [w, h]] of shapes.entries()) {
    fs.writeFileSync(path.join(site, 'media', `${i}.svg`), `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}"><rect width="100%" height="100%" fill="hsl(${60 * i} 60% 50%)"/></svg>`);
  }
  const names = JSON.parse(fs.readFileSync(path.join(site, 'bundle', 'manifest.json'))).sections.map(s => s.name).filter(n => n.startsWith('items.'));
  let n = 0;
  for (const name of names) {
    rewrite(path.join(site, 'bundle'), name, text => text.trim().split('\n').map(line => {
      const shape = (n++ * 7919) % shapes.length, [width, height] = shapes[shape];
      return JSON.stringify({ ...JSON.parse(line), file: `media/${shape}.svg`, width, height, colour: '#808080' }) + '\n';
    }).join(''));
  }
  const server = await plainServer(site);
  try {
    await tell(v, { ...s, items: n, url: server.url });
  } finally {
    await v.page.goto('about:blank');
    await server.close();
    fs.rmSync(site, { recursive: true });
  }
};

// scroll, run in the page, goes so many pixels a frame, so many times, or once to a
// part of the whole. It tells how many places one below the other, 40 pixels apart,
// were without a card at worst, and after how many milliseconds none was.
const scroll = async ({ step, times, part }) => {
  const frame = () => new Promise(requestAnimationFrame);
  const blank = () => {
    const grid = document.getElementById('results').getBoundingClientRect();
    let run = 0, most = 0;
    for (let y = Math.max(grid.top, 140) + 20; y < Math.min(grid.bottom, innerHeight) - 60; y += 40) {
      run = [0.1, 0.3, 0.5, 0.7, 0.9].some(x => document.elementFromPoint(grid.left + x * grid.width, y)?.closest('.card')) ? 0 : run + 1;
      most = Math.max(most, run);
    }
    return most;
  };
  let worst = 0;
  for (let i = 0; i < times; i++) {
    scrollBy(0, step);
    await frame();
    worst = Math.max(worst, blank());
  }
  if (part !== undefined) scrollTo(0, part * (document.documentElement.scrollHeight - innerHeight));
  const began = performance.now();
  do await frame(); while (blank() > 1 && performance.now() - began < 20_000);
  return { worst, wait: performance.now() - began, cards: document.querySelectorAll('.card').length, last: document.getElementById('results').lastElementChild.querySelector('.open').id };
};

export const stories = {
  'media stand in their own proportions, in rows that fill the width': withLong(async (v, { url }) => {
    for (const width of [1280, 1000, 390]) {
      await v.page.setViewportSize({ width, height: 860 });
      if (width === 1280) await v.open(url);
      await v.page.waitForFunction(() => {
        const box = e => e.getBoundingClientRect(), grid = box(document.getElementById('results'));
        const tiles = [...document.querySelectorAll('.card .tile')];
        const rows = Map.groupBy(tiles, t => Math.round(box(t).top));
        const last = Math.max(...rows.keys());
        return tiles.length === 24 && rows.size > 3 && [...rows].every(([top, row]) => {
          const heights = new Set(row.map(t => Math.round(box(t).height)));
          return heights.size === 1 && (top === last || Math.abs(box(row.at(-1)).right - grid.right) < 1.5);
        });
      });
      const wrong = await v.page.evaluate(shapes => [...document.querySelectorAll('.card')].map(card => {
        const { width, height } = card.querySelector('.tile').getBoundingClientRect();
        const [w, h] = shapes[Number(/(\d)\.svg$/.exec(card.querySelector('img').src)[1])];
        return Math.abs(width / height / (w / h) - 1) > 0.05 ? `${width} x ${height} for ${w} x ${h}` : '';
      }).filter(Boolean), shapes);
      assert.deepEqual(wrong, []);
    }
  }),

  'nothing moves when the pictures come': withLong(async (v, { url, note }) => {
    let go;
    const held = new Promise(done => { go = done; });
    await v.page.route('**/media/*', async route => { await held; await route.continue(); });
    await v.open(url);
    const places = () => v.page.evaluate(() => [...document.querySelectorAll('.card .tile, .card .name')].map(e => ['left', 'top', 'width', 'height'].map(k => e.getBoundingClientRect()[k]).join()));
    const before = await places();
    assert.equal(await v.page.evaluate(() => getComputedStyle(document.querySelector('.frame')).backgroundColor), 'rgb(128, 128, 128)', 'their colour is there');
    go();
    await v.page.waitForFunction(() => [...document.querySelectorAll('.card img')].slice(0, 12).every(i => i.classList.contains('here')));
    assert.deepEqual(await places(), before);
    note(`${before.length / 2} cards`);
  }),

  'five thousand are scrolled without a blank row': withLong(async (v, { url, note, items }) => {
    await v.open(url);
    await v.page.click('#more');
    await v.page.waitForSelector('#card-24');
    const go = how => v.page.evaluate(scroll, how);
    const down = await go({ step: 300, times: 60 });
    let there = down;
    for (const began = performance.now(); there.last !== `card-${items - 1}` && performance.now() - began < 120_000;) there = await go({ part: 1 }); // more comes at the end
    assert.equal(there.last, `card-${items - 1}`, 'every card is there in the end');
    const up = await go({ step: -300, times: 40 });
    let wait = 0, most = Math.max(down.cards, up.cards);
    for (const part of [0.1, 0.9, 0, 0.5, 0.3]) { // as one drags the bar
      there = await go({ part });
      wait = Math.max(wait, there.wait);
      most = Math.max(most, there.cards);
    }
    note(`${items} items; scrolled by 300 pixels a frame at most ${Math.max(down.worst, up.worst)} places without a card; at most ${most} cards at a time; rows after a jump within ${Math.round(wait)} ms`);
    assert.ok(down.worst <= 1 && up.worst <= 1, 'a blank row');
    assert.ok(most < 200 && wait < 20_000);
  }),
};
