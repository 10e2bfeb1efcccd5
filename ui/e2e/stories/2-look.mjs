// Keyboard, the detail view, sound, colours.
import assert from 'node:assert/strict';

// below is the card that stands under another: of the next row the one whose
// middle is nearest.
const below = (v, i) => v.page.evaluate(i => {
  const box = e => e.getBoundingClientRect(), middle = e => box(e).left + box(e).width / 2;
  const all = [...document.querySelectorAll('.card .open')], from = all[i], rows = all.filter(e => box(e).top > box(from).top + 2);
  const next = rows.filter(e => box(e).top < box(rows[0]).top + 2);
  return next.sort((a, b) => Math.abs(middle(a) - middle(from)) - Math.abs(middle(b) - middle(from)))[0].id;
}, i);
const focusGoesTo = (v, id) => v.page.waitForFunction(id => document.activeElement?.id === id, id);

export const stories = {
  'everything can be done with the keyboard': async v => {
    await v.open();
    await v.showAll(); // what one letter fits is not the question
    await v.box().focus();
    const press = key => v.page.keyboard.press(key);
    await press('ArrowDown');
    await focusGoesTo(v, 'card-0');
    await press('ArrowRight');
    await focusGoesTo(v, 'card-1');
    const under = await below(v, 1);
    await press('ArrowDown');
    await focusGoesTo(v, under);
    await press('ArrowUp');
    await v.page.waitForFunction(id => document.activeElement.id !== id, under);
    await press('Home');
    await press('ArrowRight');
    await focusGoesTo(v, 'card-1');
    const name = await v.name(1);
    await press('Enter');
    await focusGoesTo(v, 'detail');
    assert.equal(await v.page.textContent('#detail-name'), name);
    await press('ArrowRight');
    await v.page.waitForFunction(t => document.getElementById('detail-name').textContent === t, await v.name(2));
    await press('Escape');
    await focusGoesTo(v, 'card-2');
    await press('x');
    await focusGoesTo(v, 'q');
    await v.answered('x');
    assert.equal(await v.box().inputValue(), 'x', 'typing on a card goes on in the box');
    await press('ArrowDown');
    await focusGoesTo(v, 'card-0');
    await press('Escape');
    await focusGoesTo(v, 'q');
    await press('Escape');
    await v.page.waitForFunction(() => !document.getElementById('lead').textContent.includes('“'));
  },

  'the page behind an open item is out of reach': async v => {
    await v.open();
    await v.card(0).click();
    await focusGoesTo(v, 'detail');
    for (let i = 0; i < 12; i++) {
      await v.page.keyboard.press('Tab');
      assert.ok(await v.page.evaluate(() => document.activeElement === document.body || !document.querySelector('.page').contains(document.activeElement)));
    }
    await v.page.mouse.click(5, 300);
    await v.page.waitForSelector('#detail', { state: 'detached' });
    await focusGoesTo(v, 'card-0');
  },

  'an answer that brings the same again leaves its cards alone': async v => {
    await v.open();
    const title = await v.name(0);
    await v.ask(title);
    await v.page.evaluate(() => {
      window.kept = [...document.querySelectorAll('#results *')];
      window.touched = 0;
      new MutationObserver(all => { window.touched += all.filter(m => [...m.addedNodes, ...m.removedNodes].some(n => n.nodeType === 1)).length; }).observe(document.getElementById('results'), { childList: true, subtree: true });
    });
    const same = () => v.page.evaluate(() => [document.querySelectorAll('#results *').length === window.kept.length && window.kept.every(e => e.isConnected), window.touched]);
    await v.box().pressSequentially(' ', { delay: 5 }); // means nothing
    await v.page.click('#theme');
    for (const key of ['Home', 'End']) await v.box().press(key);
    await v.page.locator('.kind').first().click(); // asks once more
    await v.page.waitForTimeout(400);
    assert.deepEqual(await same(), [true, 0]);
    await v.ask(title + ' and others');
    assert.notDeepEqual(await same(), [true, 0], 'another answer has others');
  },

  'a sound plays on while results change': async (v, { note }) => {
    await v.open();
    const sounds = v.page.locator('.kind', { hasText: 'Sounds' });
    if (!await sounds.count()) return note('this site has no sounds');
    await sounds.click();
    await v.page.waitForSelector('.card:not(.audio)', { state: 'detached' }); // the list of before had others
    await v.page.waitForSelector('.card.audio');
    await v.page.waitForFunction(() => (document.querySelector('.wave path').getAttribute('d').match(/V/g) ?? []).length > 10);
    const label = await v.page.locator('.card .play').first().getAttribute('aria-label');
    await v.page.locator('.card .play').first().click();
    await v.page.waitForSelector('.dock.playing');
    await v.page.waitForSelector('.card.playing');
    await v.box().pressSequentially('qu', { delay: 30 });
    await v.answered('qu');
    const dock = v.page.locator('.dock');
    assert.ok(label.endsWith(await dock.locator('.name').textContent()));
    await v.page.waitForFunction(() => document.querySelector('.dock input').value > 0, null, { polling: 50 });
    await dock.locator('.close').click();
    await v.page.waitForSelector('.dock', { state: 'detached' });
  },

  'the wave form is the sound\'s own': async (v, { note }) => {
    await v.open();
    const sounds = v.page.locator('.kind', { hasText: 'Sounds' });
    if (!await sounds.count()) return note('this site has no sounds');
    await sounds.click();
    await v.page.waitForSelector('.card.audio .wave');
    await v.page.waitForFunction(() => new Set([...document.querySelectorAll('.card.audio .wave .all')].slice(0, 4).map(p => p.getAttribute('d'))).size > 1);
  },

  'the colours can be changed and are kept': async v => {
    await v.open();
    const ground = () => v.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await v.page.click('#theme');
    await v.page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
    const dark = await ground();
    assert.notEqual(light, dark);
    await v.open();
    assert.equal(await ground(), dark);
    assert.equal(await v.page.getAttribute('#theme', 'aria-label'), 'Use light colours');
  },

  'what is typed while the page loads is answered': async v => {
    let go;
    const held = new Promise(done => { go = done; });
    await v.page.route('**/app.wasm', async route => { await held; await route.continue(); });
    await v.page.goto(v.url, { waitUntil: 'commit' });
    await v.page.waitForSelector('#q');
    await v.box().pressSequentially('wat');
    go();
    await v.page.waitForSelector('#meter:not(:empty)');
    await v.box().pressSequentially('er');
    await v.answered('water');
    assert.equal(await v.box().inputValue(), 'water');
    assert.equal(await v.focused(), 'q');
  },

  'the layout does not jump when the program takes over': async (v, { note }) => {
    await v.page.addInitScript(() => {
      window.shifts = [];
      new PerformanceObserver(list => window.shifts.push(...list.getEntries().filter(e => !e.hadRecentInput).map(e => e.value))).observe({ type: 'layout-shift', buffered: true });
    });
    await v.open();
    await v.page.locator('.facet option').nth(1).waitFor({ state: 'attached' }); // the filters are counted unasked
    await v.page.waitForTimeout(200);
    const shift = await v.page.evaluate(() => window.shifts.reduce((a, b) => a + b, 0));
    note(`cumulative layout shift ${shift.toFixed(4)}`);
    assert.ok(shift < 0.1, `layout shift ${shift}`);
  },
};
