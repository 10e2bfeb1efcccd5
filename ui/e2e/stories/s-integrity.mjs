// Scripts of another host, held to their hashes as docs/embed.md says.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { plainServer } from '../servers.mjs';

const modules = ['ace.js', 'ace-look.js', 'ace-search.js'];

// held tells a story on a page of its own host that takes the scripts from another.
const held = (tell, alter = (_, bytes) => bytes) => async (v, { site }) => {
  const scripts = await plainServer(site, { headers: { 'Access-Control-Allow-Origin': '*' }, alter });
  const told = JSON.parse(fs.readFileSync(path.join(site, 'integrity.json'), 'utf8'));
  const hashes = Object.fromEntries(modules.map(name => [scripts.url + name, told[name]]));
  const own = await plainServer(site, { pages: { 'own.html': `<!doctype html><html lang="en"><title>own</title><link rel="icon" href="icon.svg">
    <script type="importmap">${JSON.stringify({ integrity: hashes })}</script>
    <script type="module" src="${scripts.url}ace-search.js" integrity="${hashes[`${scripts.url}ace-search.js`]}" crossorigin></script>
    <ace-search></ace-search>` } });
  try {
    await v.page.goto(`${own.url}own.html`);
    await tell(v);
  } finally {
    await v.page.goto('about:blank');
    await Promise.all([scripts.close(), own.close()]);
  }
};

const refused = name => held(async v => {
  v.expect(/integrity|Failed to load/);
  await v.page.waitForLoadState('networkidle');
  assert.equal(await v.page.evaluate(() => Boolean(customElements.get('ace-search'))), false);
  assert.ok(v.console.some(text => /integrity/.test(text)), v.console.join('\n'));
}, (asked, bytes) => asked === name ? Buffer.concat([bytes, Buffer.from('\n')]) : bytes);

export const stories = {
  'scripts that are what their hashes say run': held(async v => {
    await v.page.waitForFunction(() => document.querySelector('ace-search').index);
  }),

  ...Object.fromEntries(modules.map(name => [`${name} runs on no page that has its hash when it was altered`, refused(name)])),
};
