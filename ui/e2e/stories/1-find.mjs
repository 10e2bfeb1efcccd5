// What a visitor comes for.
import assert from 'node:assert/strict';

export const stories = {
  'the collection is shown before anything is asked': async v => {
    await v.open();
    const cards = await v.page.locator('.card:not(.ghost)').count();
    assert.ok(cards >= 8, `${cards} cards`);
    assert.match(await v.page.textContent('#meter'), /[\d,]+ items?$/);
    assert.equal(await v.focused(), 'q', 'one can type at once');
    await v.page.waitForFunction(() => [...document.querySelectorAll('.tile img')].some(i => i.complete && i.naturalWidth > 0));
  },

  'the first result is right': async (v, { note }) => {
    await v.open();
    const titles = await v.page.evaluate(() => ['image', 'audio', 'video'].flatMap(kind =>
      [...document.querySelectorAll(`.card.${kind} .name`)].slice(0, 3).map(e => e.textContent)));
    let right = 0;
    for (const title of titles) {
      await v.ask(title);
      const first = await v.card(0).count() ? await v.name(0) : 'nothing';
      if (first === title) right++;
      else note(`“${title}” found “${first}” first`);
    }
    note(`${right} of ${titles.length} queries have the right result first`);
    assert.ok(3 * right >= 2 * titles.length, `only ${right} of ${titles.length} are right`);
  },

  'results change while typing and the newest wins': async v => {
    await v.open();
    const [long, other] = [await v.name(0), await v.name(1)];
    await v.box().pressSequentially(other, { delay: 5 });
    await v.box().fill('');
    await v.box().pressSequentially(long, { delay: 5 });
    await v.answered(long);
    await v.page.waitForTimeout(300);
    assert.ok((await v.page.textContent('#lead')).includes(long));
    assert.match(await v.page.textContent('#meter'), /^[\d.]+ ms · /);
    assert.match(await v.page.textContent('#status'), /^\d+ results? for/);
  },

  'clearing brings the collection back': async v => {
    await v.open();
    const before = await v.names();
    await v.ask(before[3]);
    await v.box().press('Escape');
    await v.page.waitForFunction(first => document.querySelector('#card-0 .name').textContent === first, before[0]);
    assert.deepEqual(await v.names(), before);
    assert.equal(await v.box().inputValue(), '');
  },

  'a kind can be chosen': async v => {
    await v.open();
    await v.showAll(); // a kind may have nothing that fits
    const chips = v.page.locator('.kind');
    const count = await chips.count();
    assert.ok(count >= 3, 'the site has at least two kinds');
    const number = async i => Number((await chips.nth(i).locator('.count').textContent()).replaceAll(',', ''));
    let sum = 0;
    for (let i = 1; i < count; i++) sum += await number(i);
    assert.equal(sum, await number(0));
    for (const query of ['', 'red']) {
      if (query) await v.ask(query);
      for (let i = 1; i < count; i++) {
        const kind = { Pictures: 'image', Sounds: 'audio', Films: 'video' }[await chips.nth(i).locator('span').first().textContent()];
        await chips.nth(i).click();
        await v.page.waitForFunction(k => { const c = [...document.querySelectorAll('.card')]; return c.length > 0 && c.every(e => e.classList.contains(k)); }, kind);
        assert.equal(await chips.nth(i).getAttribute('aria-pressed'), 'true');
        assert.ok(await v.page.locator('.card').count() <= await number(i));
      }
      await chips.nth(0).click();
    }
  },

  'more can be shown': async v => {
    await v.open();
    const before = await v.names();
    await v.page.click('#more');
    await v.page.waitForSelector(`#card-${before.length}`);
    assert.deepEqual((await v.names()).slice(0, before.length), before, 'the first stay');
    await v.page.waitForFunction(n => document.activeElement.id === `card-${n}`, before.length);
  },

  'an example can be tried': async (v, { note }) => {
    await v.open();
    const chip = v.page.locator('.lead .chip').first();
    if (!await chip.count()) return note('this site names no examples');
    const text = await chip.textContent();
    await chip.click();
    await v.answered(text);
    assert.equal(await v.box().inputValue(), text);
    assert.equal(await v.focused(), 'q');
  },
};
