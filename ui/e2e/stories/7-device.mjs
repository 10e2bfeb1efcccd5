// Where searches run: on WebGPU where there is an adapter, else on the CPU.
import assert from 'node:assert/strict';
import { Browser } from '../browser.mjs';

// withAdapter tells a story in a browser that has an adapter, if only one in
// software.
const withAdapter = tell => async (v, s) => {
  const browser = await Browser.launch(['--enable-unsafe-webgpu']);
  const visit = await browser.visit(s.url);
  try {
    await tell(visit, s);
    visit.mustBeQuiet();
  } finally {
    await visit.close();
    await browser.close();
  }
};

const meter = v => v.page.textContent('#meter');
const at = (url, device) => `${url}?device=${device}`;

// answers asks for the titles of some cards.
async function answers(v, titles) {
  const all = [];
  for (const t of titles) {
    await v.ask(t);
    all.push(await v.names());
  }
  return all;
}

export const stories = {
  'WebGPU answers as the CPU does': withAdapter(async (v, s) => {
    await v.open(at(s.url, 'cpu'));
    const titles = (await v.names()).slice(0, 6);
    const want = await answers(v, titles);
    assert.match(await meter(v), /CPU/);
    await v.open(at(s.url, 'webgpu'));
    const got = await answers(v, titles);
    assert.match(await meter(v), /GPU/);
    assert.equal(await v.page.getAttribute('#meter', 'title'), null);
    for (const [i, names] of want.entries()) {
      assert.equal(got[i][0], names[0], `first answer to ${titles[i]}`);
      const same = names.filter(n => got[i].includes(n)).length;
      assert.ok(same >= 0.9 * names.length, `${same} of ${names.length} answers to ${titles[i]} are the same`);
    }
    s.note(await meter(v));
  }),

  'a device that is lost leaves the CPU to answer': withAdapter(async (v, s) => {
    await v.open(at(s.url, 'webgpu'));
    const title = await v.name(0);
    await v.ask(title);
    assert.match(await meter(v), /GPU/);
    await v.page.workers()[0].evaluate(() => self.aceGPU.latest.device.destroy());
    await v.ask(title + ' ');
    await v.ask('water');
    await v.page.waitForFunction(() => /CPU instead of GPU/.test(document.getElementById('meter').textContent));
    assert.match(await v.page.getAttribute('#meter', 'title'), /lost/);
    await v.ask(title);
    assert.ok((await v.names()).includes(title), 'and answers well');
  }),

  'without an adapter the CPU answers and the page says so': async (v, s) => {
    v.expect(/WebGPU|adapter/i);
    await v.open(at(s.url, 'webgpu'));
    const title = await v.name(0);
    await v.ask(title);
    assert.match(await meter(v), /CPU instead of GPU/);
    assert.match(await v.page.getAttribute('#meter', 'title'), /adapter/);
  },

  'where there is no adapter the CPU answers, and that is no trouble': async v => {
    v.expect(/WebGPU|adapter/i);
    await v.open();
    const title = await v.name(0);
    const why = () => v.page.getAttribute('#meter', 'title');
    for (let i = 0; i < 20 && !await why(); i++) await v.ask(`${title} ${i}`); // it may take a while to be sure
    assert.match(await why() ?? '', /adapter|WebGPU/);
    assert.match(await meter(v), / · CPU · /);
    assert.doesNotMatch(await meter(v), /instead/);
  },

  'an adapter in software is left alone': withAdapter(async (v, s) => {
    await v.open();
    await v.ask(await v.name(0));
    await v.page.waitForTimeout(1500);
    await v.ask('water');
    const text = await meter(v);
    assert.match(text, /CPU/);
    assert.doesNotMatch(text, /instead/);
  }),
};
