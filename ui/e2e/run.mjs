// Tells the stories in Chromium and prints 'N passed, N failed'.
//
//   node run.mjs [SITE] [--only TEXT] [--shots DIR]
//
// SITE (or $SITE) is the folder of a built site with items of at least two kinds.
// $ACE is the ace command: with it the stories run against `ace serve`, without
// it against a plain file server. $CHROMIUM is the browser's path.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Browser } from './browser.mjs';
import { aceServer, plainServer } from './servers.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', default: '' }, shots: { type: 'string' } },
});
const site = path.resolve(positionals[0] ?? process.env.SITE ?? '');
if (!fs.existsSync(path.join(site, 'bundle', 'manifest.json'))) {
  console.error(`${site} is no built site: bundle/manifest.json is missing`);
  process.exit(2);
}

const server = process.env.ACE ? await aceServer(process.env.ACE, site) : await plainServer(site);
const browser = await Browser.launch();
let passed = 0, failed = 0;
try {
  if (values.shots) {
    const { takeShots } = await import('./shots.mjs');
    await takeShots(browser, server.url, values.shots);
  } else {
    for (const file of fs.readdirSync(new URL('stories/', import.meta.url)).filter(f => f.endsWith('.mjs')).sort()) {
      const { stories } = await import(`./stories/${file}`);
      for (const [name, tell] of Object.entries(stories)) if (name.includes(values.only)) await run(name, tell);
    }
    console.log(`${passed} passed, ${failed} failed`);
  }
} finally {
  await browser.close();
  await server.close();
}
process.exit(failed ? 1 : 0);

async function run(name, tell) {
  const began = performance.now();
  const notes = [];
  const visit = await browser.visit(server.url);
  try {
    await tell(visit, { site, url: server.url, note: text => notes.push(text) });
    visit.mustBeQuiet();
    passed++;
    console.log(`ok      ${name} (${Math.round(performance.now() - began)} ms)`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}\n        ${String(error.stack ?? error).replaceAll('\n', '\n        ')}`);
    if (visit.console.length) console.log('        console: ' + visit.console.join('\n        '));
  } finally {
    for (const n of notes) console.log(`        ${n}`);
    await visit.close();
  }
}
