// What the collection does not have.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';

const nonsense = 'qwzx vrumpf';

// cutoff is the site's own: 0 where it was built of too little to tell what fits.
const cutoff = site => JSON.parse(fs.readFileSync(path.join(site, 'bundle', 'manifest.json'))).meta.trust?.cutoff ?? 0;

export const stories = {
  'nonsense fits nothing, and the nearest can be shown': async (v, { site, note }) => {
    await v.open();
    await v.ask(nonsense);
    if (!cutoff(site)) {
      note('this site cannot tell what fits: it shows what it has');
      assert.ok(await v.card(0).count(), 'nothing is held back');
      assert.equal(await v.page.locator('#strictness').count(), 0, 'no choice without an effect');
      return;
    }
    assert.equal(await v.page.textContent('.note h2'), `Nothing here fits “${nonsense}”.`);
    assert.equal(await v.page.textContent('#status'), `Nothing here fits “${nonsense}”.`);
    assert.equal(await v.page.locator('.card').count(), 0);
    await v.page.keyboard.press('Enter');
    await v.page.waitForFunction(() => document.activeElement.id === 'nearest');
    await v.page.keyboard.press('Enter');
    await v.page.waitForFunction(() => document.activeElement.id === 'card-0');
    assert.equal(await v.page.textContent('#lead'), `Only the nearest: nothing fits “${nonsense}”`);
    assert.equal(await v.page.locator('.grid.far').count(), 1);
    assert.equal(await v.page.locator('#nearest').count(), 0);
    await v.ask(`${nonsense} q`);
    assert.equal(await v.page.locator('.card').count(), 0, 'the next question is held to the cut-off again');
  },

  'what the collection has is not refused': async (v, { note }) => {
    await v.open();
    const titles = (await v.names()).slice(0, 8);
    const refused = [];
    for (const title of titles) {
      await v.ask(title);
      if (!await v.card(0).count()) refused.push(title);
    }
    note(`${refused.length} of ${titles.length} titles are refused${refused.map(t => `, “${t}”`).join('')}`);
    assert.ok(refused.length <= 1);
  },

  'strictness can be chosen with the keyboard': async (v, { site, note }) => {
    if (!cutoff(site)) return note('this site cannot tell what fits');
    await v.open();
    const list = v.page.getByLabel('Strictness');
    assert.equal(await list.inputValue(), 'Usual');
    await v.ask(nonsense);
    await list.focus();
    await v.page.keyboard.press('ArrowUp');
    await v.page.waitForSelector('#card-0');
    assert.equal(await list.inputValue(), 'All');
    assert.equal(await v.focused(), 'strictness', 'the focus stays');
    assert.match(await v.page.textContent('#lead'), /^Only the nearest/);
    await v.page.keyboard.press('End');
    await v.page.waitForSelector('#nearest');
    assert.equal(await list.inputValue(), 'Strict');
  },
};
