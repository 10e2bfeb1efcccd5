// Firefox, as the system has it, through WebDriver BiDi: the little of it that a
// story needs (https://w3c.github.io/webdriver-bidi/).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import WebSocket from 'ws';

// What a fresh profile would fetch by itself.
const prefs = {
  'app.normandy.enabled': false, 'browser.safebrowsing.blockedURIs.enabled': false, 'browser.safebrowsing.downloads.enabled': false, 'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false, 'browser.search.update': false, 'browser.shell.checkDefaultBrowser': false, 'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false, 'network.captive-portal-service.enabled': false, 'network.connectivity-service.enabled': false, 'services.settings.server': 'data:,',
  'toolkit.telemetry.server': '', 'intl.accept_languages': 'en-GB, en',
};

const patience = 60_000; // milliseconds

export class Firefox {
  said = []; // errors and warnings of the page
  waiting = new Map(); // number of a command -> what settles it
  sent = 0;

  static async launch() {
    const f = new Firefox();
    f.profile = fs.mkdtempSync(path.join(os.tmpdir(), 'ace-firefox-'));
    fs.writeFileSync(path.join(f.profile, 'user.js'), Object.entries(prefs).map(([k, v]) => `user_pref(${JSON.stringify(k)}, ${JSON.stringify(v)});\n`).join(''));
    f.child = spawn(process.env.FIREFOX || '/usr/bin/firefox-esr', ['--headless', '--no-remote', '--profile', f.profile, '--remote-debugging-port', '0', 'about:blank'],
      { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOME: f.profile } });
    const address = await new Promise((done, fail) => {
      let text = '';
      const timer = setTimeout(() => fail(new Error(`firefox does not listen: ${text}`)), patience);
      f.child.once('error', fail);
      f.child.once('exit', () => fail(new Error(`firefox ended: ${text}`)));
      f.child.stderr.on('data', d => {
        text += d;
        const found = /BiDi listening on (ws:\S+)/.exec(text);
        if (found) done((clearTimeout(timer), found[1]));
      });
    });
    f.socket = new WebSocket(`${address}/session`);
    await new Promise((done, fail) => f.socket.once('open', done).once('error', fail));
    f.socket.on('message', data => f.hear(JSON.parse(data)));
    await f.send('session.new', { capabilities: {} });
    await f.send('session.subscribe', { events: ['log.entryAdded'] });
    f.context = (await f.send('browsingContext.getTree', {})).contexts[0].context;
    return f;
  }

  hear({ id, type, result, message, method, params }) {
    if (method === 'log.entryAdded' && ['error', 'warn'].includes(params.level)) this.said.push(`${params.level}: ${params.text}`);
    const [done, fail] = this.waiting.get(id) ?? [];
    this.waiting.delete(id);
    if (type === 'success') done?.(result);
    else fail?.(new Error(message));
  }

  send(method, params) {
    const id = ++this.sent;
    return new Promise((done, fail) => {
      this.waiting.set(id, [done, fail]);
      this.socket.send(JSON.stringify({ id, method, params }));
    });
  }

  open(url) { return this.send('browsingContext.navigate', { context: this.context, url, wait: 'complete' }); }

  // evaluate gives the value of an expression, which must be JSON.
  async evaluate(expression) {
    const { type, result, exceptionDetails } = await this.send('script.evaluate',
      { expression: `(async () => JSON.stringify(await (${expression})))()`, target: { context: this.context }, awaitPromise: true });
    assert.equal(type, 'success', exceptionDetails?.text);
    return result.value === undefined ? undefined : JSON.parse(result.value);
  }

  // until waits for an expression to be true.
  async until(expression) {
    for (const began = performance.now(); performance.now() - began < patience; await new Promise(done => setTimeout(done, 50))) {
      if (await this.evaluate(expression)) return;
    }
    throw new Error(`never true: ${expression}\nthe page says ${await this.evaluate('document.body.innerText.slice(0, 500)')}\n${this.said.join('\n')}`);
  }

  // type presses keys, one after another, where the focus is.
  type(text) {
    const actions = [...text].flatMap(value => [{ type: 'keyDown', value }, { type: 'keyUp', value }, { type: 'pause', duration: 25 }]);
    return this.send('input.performActions', { context: this.context, actions: [{ type: 'key', id: 'keys', actions }] });
  }

  async close() {
    this.socket.close();
    const ended = new Promise(done => this.child.once('exit', done));
    this.child.removeAllListeners('error');
    this.child.kill('SIGTERM');
    await ended;
    fs.rmSync(this.profile, { recursive: true, force: true, maxRetries: 3 });
  }
}
