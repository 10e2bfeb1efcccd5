// Long lists, and what plays by itself.
import assert from 'node:assert/strict';

// rows tells, at this moment, which places in sight should have a card and which
// have none, and whether a card stands where another was.
const gaps = () => {
  const grid = document.getElementById('results').getBoundingClientRect();
  const step = 40;
  let blank = 0, seen = 0;
  for (let y = Math.max(grid.top, 140) + 20; y < Math.min(grid.bottom, innerHeight) - 20; y += step) {
    seen++;
    if (![0.1, 0.3, 0.5, 0.7, 0.9].some(x => document.elementFromPoint(grid.left + x * grid.width, y)?.closest('.card'))) blank++;
  }
  return { blank, seen };
};

export const stories = {
  'a long list is scrolled without a blank row': async (v, { note }) => {
    await v.open();
    const all = Number((await v.page.locator('.kind .count').first().textContent()).replaceAll(',', ''));
    await v.page.click('#more');
    await v.page.waitForSelector('#card-24');
    await v.page.mouse.move(640, 500);
    let most = 0, worst = 0, frames = 0;
    const seen = new Set();
    for (let i = 0; i < 400; i++) {
      await v.page.mouse.wheel(0, 160);
      const state = await v.page.evaluate(`new Promise(done => requestAnimationFrame(() => done({ ...(${gaps})(), cards: [...document.querySelectorAll('.card .open')].map(e => e.id), end: scrollY + innerHeight >= document.documentElement.scrollHeight - 2 })))`);
      frames++;
      most = Math.max(most, state.cards.length);
      worst = Math.max(worst, state.blank);
      for (const id of state.cards) seen.add(id);
      if (state.end && seen.size === all) break;
    }
    note(`${all} items in ${frames} frames, at most ${most} cards at a time, ${worst} blank places at worst`);
    assert.equal(seen.size, all, 'every card was there');
    assert.ok(most < 150, `${most} cards`);
    // A gap of two lines of text between rows is no blank row.
    assert.ok(worst <= 3, `${worst} blank places`);
    const last = await v.page.evaluate(() => document.querySelector('#results').lastElementChild.querySelector('.open').id);
    assert.equal(last, `card-${all - 1}`);
  },

  'the pictures of a long list are the items\' own, however one scrolls': async v => {
    await v.open();
    await v.page.click('#more');
    await v.page.waitForSelector('#card-24');
    for (const y of [3000, 200, 6000, 0, 1500, 9000, 700]) {
      await v.page.evaluate(y => scrollTo(0, y), y);
      await v.page.waitForTimeout(250);
    }
    await v.page.waitForTimeout(500);
    const cards = await v.page.evaluate(() => [...document.querySelectorAll('.card')].map(c => [c.className, c.querySelector('.tile').aceShows, c.querySelector('.tile').childElementCount]));
    for (const [kind, shows, media] of cards) {
      assert.equal(media, 1);
      assert.ok(kind.includes(shows.split(' ')[0]));
    }
    assert.equal(new Set(cards.map(c => c[1])).size, cards.length, 'no medium stands twice');
  },

  'the focus stays with its card while the list moves': async v => {
    await v.open();
    await v.page.click('#more');
    await v.page.waitForFunction(() => document.activeElement.id === 'card-24');
    const name = () => v.page.evaluate(() => document.activeElement.querySelector('.name')?.textContent);
    let before = await name();
    for (let i = 0; i < 24; i++) {
      await v.page.keyboard.press('ArrowDown');
      await v.page.waitForTimeout(60);
      const now = await name();
      assert.notEqual(now, undefined, 'a card has the focus');
      before = now;
    }
    const id = await v.focused();
    assert.ok(Number(id.slice(5)) > 120, id);
    await v.page.keyboard.press('Home');
    await v.page.waitForFunction(() => document.activeElement.id === 'card-0');
    await v.page.keyboard.press('Enter');
    await v.page.waitForSelector('#detail');
    assert.notEqual(before, await v.page.textContent('#detail-name'));
  },

  'a sound is heard while one points at it, if one wants': async (v, { note }) => {
    await v.page.addInitScript(() => {
      window.heard = [];
      const play = HTMLMediaElement.prototype.play;
      HTMLMediaElement.prototype.play = function () { window.heard.push(this.src); return play.call(this); };
    });
    await v.open();
    const sounds = v.page.locator('.kind', { hasText: 'Sounds' });
    if (!await sounds.count()) return note('this site has no sounds');
    await sounds.click();
    await v.page.waitForSelector('#results .card.audio:nth-child(3)');
    const heard = () => v.page.evaluate(() => window.heard.length);
    await v.card(1).hover();
    await v.page.waitForFunction(() => window.heard.length === 1);
    await v.page.waitForSelector('.card.previewing');
    await v.page.mouse.move(5, 5);
    await v.page.waitForSelector('.card.previewing', { state: 'detached' });
    await v.card(2).focus();
    await v.page.waitForFunction(() => window.heard.length === 2);
    await v.page.locator('#preview').uncheck();
    await v.card(0).hover();
    await v.page.waitForTimeout(600);
    assert.equal(await heard(), 2, 'not when switched off');
    await v.open();
    assert.equal(await v.page.locator('#preview').isChecked(), false, 'and that is kept');
  },

  'memory does not grow with searches': async (v, { note }) => {
    await v.open();
    await v.showAll();
    const words = ['rain', 'dog', 'red', 'blue sky', 'music', 'happy face', 'food', 'car', 'water', 'a bird sings'];
    const round = async n => {
      for (let i = 0; i < n; i++) {
        await v.box().fill(words[i % words.length] + ' ' + i);
        await v.answered(words[i % words.length] + ' ' + i);
      }
    };
    const client = await v.context.newCDPSession(v.page);
    const nodes = async () => {
      await client.send('HeapProfiler.collectGarbage');
      return (await client.send('Memory.getDOMCounters'));
    };
    await round(30);
    const before = await nodes();
    await round(70);
    const after = await nodes();
    note(`after 30 searches ${before.nodes} nodes, ${before.jsEventListeners} listeners; after 100 ${after.nodes}, ${after.jsEventListeners}`);
    assert.ok(after.nodes < before.nodes * 1.5 + 2000, 'nodes');
    assert.ok(after.jsEventListeners < before.jsEventListeners * 1.5 + 200, 'listeners');
  },
};
