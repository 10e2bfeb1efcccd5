// Places one comes back to: addresses, the way back, what was asked before; and
// filters, what is like an item, what is less likely.
import assert from 'node:assert/strict';

const parameters = v => new URL(v.page.url()).searchParams;
const until = (v, test, arg) => v.page.waitForFunction(test, arg);
const boxIs = (v, text) => until(v, t => document.getElementById('q').value === t, text);

export const stories = {
  'an address leads to a query, its kind and its filter': async v => {
    await v.open();
    await v.ask('red');
    assert.equal(parameters(v).get('q'), 'red');
    await v.showAll();
    await v.page.locator('.kind').nth(1).click();
    await until(v, () => new URLSearchParams(location.search).has('kind'));
    const facet = v.page.locator('.facet').first();
    await facet.hover(); // it is counted now at the latest
    const value = await facet.locator('option').nth(1).getAttribute('value');
    await facet.selectOption(value);
    await until(v, () => new URLSearchParams(location.search).has('filter'));
    await v.page.waitForTimeout(300);
    const [url, names] = [v.page.url(), await v.names()];
    await v.page.goto(url + '&device=cpu');
    await v.answered('red');
    assert.equal(await v.box().inputValue(), 'red');
    assert.equal(await v.page.locator('.kind').nth(1).getAttribute('aria-pressed'), 'true');
    await v.showAll();
    await until(v, n => document.querySelectorAll('.card .name').length === n, names.length);
    assert.deepEqual(await v.names(), names);
    await until(v, value => document.querySelector('.facet')?.value === value, value);
    assert.equal(parameters(v).get('device'), 'cpu', 'what is not the page\'s own stays');
  },

  'the way back leads through what was seen': async v => {
    await v.open();
    const [a, b] = [await v.name(0), await v.name(1)];
    await v.ask(a);
    await v.box().press('Enter');
    await until(v, () => document.activeElement.id === 'card-0');
    await v.ask(b);
    await v.card(0).click();
    await v.page.waitForSelector('#detail');
    assert.ok(parameters(v).get('item'));
    await v.page.goBack();
    await v.page.waitForSelector('#detail', { state: 'detached' });
    assert.equal(await v.box().inputValue(), b);
    await v.page.goBack();
    await v.answered(a);
    await boxIs(v, a);
    await v.page.goBack();
    await boxIs(v, '');
    await until(v, () => !document.getElementById('lead').textContent.includes('“'));
    await v.page.goForward();
    await v.answered(a);
  },

  'leaving an item by Escape leaves no trace of it, whatever comes next': async v => {
    await v.open();
    const title = await v.name(0);
    await v.ask(title);
    const length = await v.page.evaluate(() => history.length);
    await v.card(0).click();
    await v.page.waitForSelector('#detail');
    await v.page.keyboard.press('Escape');
    await v.page.waitForSelector('#detail', { state: 'detached' });
    await until(v, () => !new URLSearchParams(location.search).has('item'));
    await v.box().press('End');
    await v.box().pressSequentially(' x', { delay: 5 });
    await v.answered(title + ' x');
    await until(v, q => new URLSearchParams(location.search).get('q') === q, title + ' x');
    assert.equal(await v.box().inputValue(), title + ' x');
    assert.ok(await v.page.evaluate(() => history.length) <= length + 1);
  },

  'an item has an address': async v => {
    await v.open();
    await v.card(5).click();
    const name = await v.page.textContent('#detail-name');
    const url = v.page.url();
    await v.page.goto('about:blank');
    await v.page.goto(url);
    await v.page.waitForSelector('#detail');
    assert.equal(await v.page.textContent('#detail-name'), name);
    await v.page.goto(url.replace(/item=[^&]*/, 'item=no-such-item'));
    await v.page.waitForSelector('#card-0');
    await v.page.waitForTimeout(300);
    assert.equal(await v.page.locator('#detail').count(), 0);
  },

  'recent queries are offered and can be forgotten': async v => {
    await v.open();
    const title = await v.name(0);
    await v.ask(title);
    await v.box().press('Enter');
    await until(v, () => document.activeElement.id === 'card-0');
    await v.open();
    const chip = v.page.locator('.recent .chip');
    assert.deepEqual(await chip.allTextContents(), [title]);
    await chip.click();
    await v.answered(title);
    assert.equal(await v.page.locator('.recent .chip').count(), 0, 'an answer needs the room');
    await v.box().press('Escape');
    await v.page.click('.forget');
    await v.page.waitForSelector('.recent .chip', { state: 'detached' });
    await v.open();
    assert.equal(await v.page.locator('.recent .chip').count(), 0);
  },

  'items can be filtered, and the counts are right': async v => {
    await v.open();
    const facet = v.page.locator('.facet').first();
    assert.match(await facet.locator('option').first().textContent(), /: all$/, 'its list is there before the counts');
    await facet.hover(); // now, and not after seconds
    await facet.locator('option').nth(2).waitFor({ state: 'attached', timeout: 2000 });
    const options = await facet.locator('option').allTextContents();
    assert.ok(options.length > 2, `${options}`);
    const [, , n] = /^(.*) \(([\d,]+)\)$/.exec(options[options.length - 1]);
    const value = await facet.locator('option').last().getAttribute('value');
    await facet.selectOption(value);
    await until(v, n => document.querySelectorAll('.card:not(.ghost)').length === n, Math.min(Number(n), 24));
    await until(v, n => document.querySelector('.kind .count').textContent === n, n);
    await v.card(0).click();
    const fact = v.page.locator('.facts .chip', { hasText: value });
    assert.equal(await fact.count(), 1, 'the fact is told');
    await v.page.keyboard.press('Escape');
    await v.page.waitForSelector('#detail', { state: 'detached' });
    await facet.selectOption('');
    await until(v, () => document.querySelectorAll('.card:not(.ghost)').length === 24);
  },

  'what is like an item is shown with it, and leads on': async v => {
    await v.open();
    await v.card(2).click();
    const first = await v.page.textContent('#detail-name');
    await v.page.waitForSelector('#like-0');
    assert.ok(await v.page.locator('.strip .open').count() >= 6);
    const next = await v.page.locator('#like-0 .name').textContent();
    await v.page.click('#like-0');
    await until(v, name => document.getElementById('detail-name').textContent === name, next);
    assert.ok(!(await v.page.locator('.strip .name').allTextContents()).includes(next));
    await v.page.goBack();
    await until(v, name => document.getElementById('detail-name')?.textContent === name, first);
    await v.page.goForward();
    await until(v, name => document.getElementById('detail-name')?.textContent === name, next);
    await v.page.keyboard.press('Escape');
    await v.page.waitForSelector('#detail', { state: 'detached' });
    await until(v, () => !new URLSearchParams(location.search).has('item'));
  },

  'what is less likely is folded away': async (v, { note }) => {
    await v.open();
    await v.ask('rain');
    const few = await v.page.locator('.card').count();
    if (!await v.page.locator('#less').count()) return note(`nothing is less likely of ${few}`);
    assert.match(await v.page.textContent('#status'), new RegExp(`^${few} results? for`));
    await v.page.click('#less');
    await until(v, i => document.activeElement.id === `card-${i}`, few);
    assert.equal(await v.page.locator('.card').count(), 24);
    assert.equal(await v.page.locator('.card.less').count(), 24 - few);
    await v.ask('rain b');
    assert.ok(await v.page.locator('#less').count(), 'the next answer is folded again');
    note(`${few} of 24 are likely`);
  },

  'a question that fits nothing is told the nearest words that would': async (v, { note }) => {
    await v.open();
    const examples = await v.page.locator('.lead .chip').allTextContents();
    let told = 0;
    for (const question of ['parliament', 'zeppelin', 'trombone', 'carburettor', 'submarine']) {
      await v.ask(question);
      await v.page.waitForTimeout(400);
      const words = await v.page.locator('.near .chip').allTextContents();
      note(`“${question}”: ${await v.page.locator('#nearest').count() ? 'refused' : 'answered'}, ${words.join(', ') || 'no words'}`);
      if (!words.length || words.join() === examples.join()) continue;
      told++;
      await v.page.locator('.near .chip').first().click();
      await v.answered(words[0]);
      assert.ok(await v.card(0).count(), `${words[0]} fits`);
    }
    note(`${told} are told words`);
  },
};
