// The browser, and a visit: one page in a fresh profile, with what it wrote to
// its console.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const flags = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export class Browser {
  static async launch(more = []) {
    const b = new Browser();
    b.browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: [...flags, ...more] });
    return b;
  }

  async visit(url, options = {}) {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
    return new Visit(context, await context.newPage(), url);
  }

  close() { return this.browser.close(); }
}

export class Visit {
  constructor(context, page, url) {
    Object.assign(this, { context, page, url, browser: context.browser(), console: [], expected: [] });
    page.setDefaultTimeout(20_000);
    page.on('console', m => { if (m.type() !== 'info') this.console.push(`${m.type()}: ${m.text()}`); });
    page.on('pageerror', e => this.console.push(`exception: ${e.message}`));
  }

  close() { return this.context.close(); }

  // A story that breaks something says what the browser may complain of.
  expect(pattern) { this.expected.push(pattern); }

  mustBeQuiet() {
    assert.deepEqual(this.console.filter(line => !this.expected.some(p => p.test(line))), [], 'the console is not empty');
  }

  // open loads the page until the collection is there.
  async open(url = this.url) {
    await this.page.goto(url);
    await this.page.waitForSelector('#card-0');
  }

  box() { return this.page.locator('#q'); }
  card(i) { return this.page.locator(`#card-${i}`); }
  name(i) { return this.page.locator(`#card-${i} .name`).textContent(); }
  names() { return this.page.locator('.card .name').allTextContents(); }
  focused() { return this.page.evaluate(() => document.activeElement?.id); }

  // answered waits until the cards are the answer to a query.
  async answered(query) {
    await this.page.waitForFunction(q => [`“${q}”`].some(s =>
      document.getElementById('lead').textContent.includes(s) || document.querySelector('.note h2')?.textContent.includes(s)), query);
  }

  // showAll holds nothing back, in collections that would.
  async showAll() {
    const list = this.page.locator('#strictness');
    if (await list.count()) await list.selectOption('All');
  }

  // ask types a query as a person does and waits for its answer.
  async ask(query) {
    await this.box().fill('');
    await this.box().pressSequentially(query, { delay: 25 });
    await this.answered(query.trim().split(/\s+/).join(' '));
  }
}
