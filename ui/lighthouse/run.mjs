// Lighthouse on the page of a site, as `ace serve` serves it, on a desktop computer
// and on a slower telephone on a slow network.
//
//	node run.mjs SITE [--out FOLDER]
//
// FOLDER gets the two reports as HTML. $ACE is the ace command, $CHROMIUM the browser.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';
import { aceServer } from '../e2e/servers.mjs';

const wanted = { performance: 0.9, accessibility: 1, 'best-practices': 0.95 };

// Below this speed of the machine Lighthouse itself warns that it measures the machine.
const slowest = 1000;

const { values, positionals: [site] } = parseArgs({ allowPositionals: true, options: { out: { type: 'string' } } });
if (!site || !process.env.ACE) {
  console.error('usage: ACE=build/ace node run.mjs SITE [--out FOLDER]');
  process.exit(2);
}

async function visit(url, name, config) {
  const chrome = await launch({ chromePath: process.env.CHROMIUM || '/usr/bin/chromium', chromeFlags: ['--headless=new', '--no-sandbox'] });
  try {
    const { lhr, report } = await lighthouse(url, { port: chrome.port, output: 'html', logLevel: 'error', onlyCategories: Object.keys(wanted) }, config);
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    if (values.out) {
      fs.mkdirSync(values.out, { recursive: true });
      fs.writeFileSync(path.join(values.out, `${name}.html`), report);
    }
    return lhr;
  } finally {
    chrome.kill();
  }
}

// missed are the audits that cost points.
function missed({ audits }, category) {
  return category.auditRefs.filter(r => r.weight > 0 && audits[r.id].score !== null && audits[r.id].score < 0.9)
    .map(r => `${audits[r.id].title} ${audits[r.id].displayValue ?? ''}`.trim());
}

const server = await aceServer(process.env.ACE, site);
try {
  // The telephone is told, not asked for: its processor is this machine's at a quarter of the speed.
  for (const [name, config, isAsked] of [['desktop', desktopConfig, true], ['telephone', undefined, false]]) {
    const lhr = await visit(server.url, name, config);
    const speed = lhr.environment.benchmarkIndex;
    console.log(`${name}: first paint ${Math.round(lhr.audits['first-contentful-paint'].numericValue)} ms, blocked ${Math.round(lhr.audits['total-blocking-time'].numericValue)} ms, this machine's speed ${Math.round(speed)}`);
    for (const category of Object.values(lhr.categories)) {
      const isTimed = category.id === 'performance';
      const judged = !isTimed || isAsked && speed >= slowest;
      console.log(`  ${category.title} ${Math.round(category.score * 100)}${judged ? '' : ' (not judged)'}`);
      for (const line of missed(lhr, category)) console.log(`    ${line}`);
      if (judged && category.score < wanted[category.id]) {
        console.error(`${name}: ${category.title} has ${Math.round(category.score * 100)}, want ${wanted[category.id] * 100}`);
        process.exitCode = 1;
      }
    }
  }
} finally {
  await server.close();
}
