// From navigation to the first result, on the loopback, served by `ace serve`: with
// an empty profile, and when the same profile comes again.
import fs from 'node:fs';
import path from 'node:path';
import { aceServer } from '../e2e/servers.mjs';
import { launch, newProfile } from './browser.mjs';
import { spread } from './stats.mjs';

const repeats = 5;

// watch runs in the page before its scripts: it types a question as soon as there
// is a box and writes down when the answer stands in the page. The box does not
// listen before the program runs, so it types until it is heard.
function watch(text) {
  window.marks = {};
  const look = setInterval(() => {
    const { marks } = window, lead = document.getElementById('lead')?.textContent ?? '', box = document.getElementById('q');
    if (lead.includes(`“${text}”`)) {
      marks.answer = performance.now();
      clearInterval(look);
    } else if (box && (performance.now() - (marks.typed ?? -100) > 50)) {
      marks.typed = performance.now();
      box.value = text;
      box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
  }, 5);
}

async function visit(profile, url, question, webgpu) {
  const { page, close } = await launch(profile, { webgpu });
  try {
    await page.addInitScript(watch, question);
    await page.goto(url);
    await page.waitForFunction(() => window.marks.answer, undefined, { timeout: 120_000 });
    return { ...await page.evaluate(() => window.marks), meter: await page.textContent('#meter') };
  } finally {
    await close();
  }
}

export async function start({ sites, sizes, questions }) {
  const server = await aceServer(process.env.ACE, path.join(sites, sizes[0]));
  const question = questions[0].split(' ').slice(0, 3).join(' ');
  const rows = [];
  try {
    for (const webgpu of [false, true]) {
      const visits = { first: [], second: [] };
      for (let i = 0; i < repeats; i++) {
        const profile = newProfile();
        try {
          for (const name of ['first', 'second']) visits[name].push(await visit(profile, server.url, question, webgpu));
        } finally {
          fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
        }
      }
      for (const [name, all] of Object.entries(visits)) {
        rows.push({ name, adapter: webgpu, meter: all[0].meter, answer: spread(all.map(v => v.answer)) });
      }
    }
  } finally {
    await server.close();
  }
  return { rows };
}
