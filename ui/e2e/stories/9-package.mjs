// The package for npm: in node, and its types.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile); // not execFileSync: the server may be in this process

export const stories = {
  'the package works in node, on folders and addresses': async (v, { site, url, note }) => {
    const from = process.env.PACKAGE ?? new URL('../../../build/npm', import.meta.url).pathname;
    assert.ok(fs.existsSync(path.join(from, 'package.json')), `${from} is missing: run make npm`);
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ace-'));
    const run = async (command, ...args) => (await execute(command, args, { cwd: dir, timeout: 100_000 })).stdout;
    try {
      const [{ filename, size, unpackedSize, files }] = JSON.parse(await run('npm', 'pack', '--silent', '--json', from));
      note(`npm pack: ${files.length} files, ${(unpackedSize / 1e6).toFixed(2)} MB, ${(size / 1e6).toFixed(2)} MB packed`);
      fs.writeFileSync(path.join(dir, 'package.json'), '{"private":true,"type":"module"}');
      await run('npm', 'install', '--silent', '--offline', '--no-audit', '--no-fund', `./${filename}`);
      fs.writeFileSync(path.join(dir, 'own.js'), `
        import { open } from 'ace/node';
        import { open as same } from 'ace';
        const [folder, web] = await Promise.all([open(process.argv[2]), same(process.argv[3])]);
        const [item] = await folder.items({ limit: 1 });
        const answers = await Promise.all([folder.search(item.title), web.search(item.title)]);
        const missing = await open('nowhere').catch(({ message, hint }) => ({ message, hint }));
        const controller = new AbortController();
        const aborted = folder.search('x', { signal: controller.signal }).catch(e => e.name);
        controller.abort();
        console.log(JSON.stringify({ item, answers, missing, aborted: await aborted, info: folder.info })); // and ends by itself`);
      const { item, answers: [a, b], missing, aborted, info } = JSON.parse(await run('node', 'own.js', path.join(site, 'bundle'), `${url}bundle/`));
      assert.equal(info.device, 'cpu');
      assert.ok(a.hits.some(h => h.id === item.id));
      assert.ok(fs.existsSync(new URL(a.hits[0].src)), 'src is the medium');
      assert.ok(b.hits[0].src.startsWith(url));
      const shown = answer => answer.hits.map(({ src, ...hit }) => hit);
      assert.deepEqual(shown(a), shown(b));
      assert.match(missing.message, /nowhere\/: manifest\.json: there is no such file/);
      assert.match(missing.hint, /bundle\//);
      assert.equal(aborted, 'AbortError');
    } finally {
      fs.rmSync(dir, { recursive: true });
    }
  },

  'the types hold': async () => {
    const tsc = new URL('../node_modules/.bin/tsc', import.meta.url).pathname;
    await execute(tsc, ['-p', new URL('../types', import.meta.url).pathname]).catch(({ stdout }) => assert.fail(stdout));
  },
};
