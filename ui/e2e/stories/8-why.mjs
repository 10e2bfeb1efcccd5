// Why this result: the tree of identifiers as it was walked.
import assert from 'node:assert/strict';

export const stories = {
  'a result is explained, with the keyboard alone': async v => {
    await v.open();
    const title = await v.name(0);
    await v.ask(title);
    const focus = id => v.page.waitForFunction(id => document.activeElement.id === id, id);
    await v.page.keyboard.press('Enter');
    await focus('card-0');
    await v.page.keyboard.press('Enter');
    await focus('detail');
    for (let i = 0; i < 20 && await v.focused() !== 'why'; i++) await v.page.keyboard.press('Tab');
    await v.page.keyboard.press('Enter');
    await v.page.waitForSelector('.walk .node');
    assert.equal(await v.page.getAttribute('#why', 'aria-expanded'), 'true');
    assert.equal(await v.focused(), 'why', 'the focus stays');
    const codes = (await v.page.textContent('.found')).match(/\d+( · \d+)+/)[0].split(' · ');
    const steps = v.page.locator('.walk > li');
    assert.equal(await steps.count(), codes.length, 'a step a code');
    let last = 0;
    for (let i = 0; i < codes.length; i++) {
      const on = steps.nth(i).locator('[aria-current=step]');
      assert.equal(await on.count(), 1, 'one node leads to the result');
      assert.equal(await on.locator('.code').textContent(), codes[i], 'and has its code');
      const logp = Number((await on.locator('.chance').textContent()).replace('−', '-').match(/-?[\d.]+/)[0]);
      assert.ok(logp <= last + 0.011, 'the probability falls from step to step');
      last = logp;
      assert.ok(await on.locator('.sample').count() >= 1);
    }
    const alone = await steps.last().locator('[aria-current=step] .amount').textContent();
    assert.match(alone, /^\d+ items?$/);
    await v.page.waitForFunction(() => [...document.querySelectorAll('.sample img')].every(i => i.complete && i.naturalWidth > 0));
    assert.ok(await v.page.locator('.parts dt').count() >= 1, 'what speaks for it is told');
    await v.page.keyboard.press('Enter');
    await v.page.waitForSelector('.walk', { state: 'detached' });
  },

  'what nobody asked for is not explained': async v => {
    await v.open();
    await v.card(0).click();
    await v.page.waitForSelector('#like-0');
    assert.equal(await v.page.locator('#why').count(), 0);
  },
};
