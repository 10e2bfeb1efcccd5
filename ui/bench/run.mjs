// Measures, part by part (parts.mjs), and writes what cmd/bench makes a page of.
//
//	node run.mjs SITES [--out FILE] [--only PART,PART] [--rounds N] [--slow N]
//
// SITES is the folder that cmd/bench filled. Parts that are not measured stay in
// the file as they are, and so do those that fail. N answers are asked of each worker; --slow of those on WebGPU.
// $ACE is the ace command, $CHROMIUM the browser, $BENCH_GPU its flags for a real GPU.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from './machine.mjs';
import { writeModels } from './models.mjs';
import { parts } from './parts.mjs';
import { serve } from './server.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string', default: 'bench.json' }, only: { type: 'string', default: Object.keys(parts).join() }, rounds: { type: 'string', default: '200' }, slow: { type: 'string', default: '10' } },
});
const sites = path.resolve(positionals[0] ?? '');
if (!fs.existsSync(path.join(sites, '2000', 'queries.json'))) {
  console.error(`${sites} holds no sites of cmd/bench: 2000/queries.json is missing`);
  process.exit(2);
}
const models = path.join(sites, '.models');
const result = fs.existsSync(values.out) ? JSON.parse(fs.readFileSync(values.out)) : {};
const weights = writeModels(models);
const server = await serve(sites, models);
try {
  const names = fs.readdirSync(sites).filter(n => fs.existsSync(path.join(sites, n, 'queries.json'))).sort((a, b) => parseInt(a) - parseInt(b));
  const bench = { url: server.url, sites, names, weights, sizes: names.filter(n => /^\d+$/.test(n)), hybrid: names.filter(n => n.endsWith('-hybrid')),
    rounds: Number(values.rounds), slow: Number(values.slow), questions: JSON.parse(fs.readFileSync(path.join(sites, '2000', 'queries.json'))) };
  for (const name of values.only.split(',')) {
    console.log(`${name} ...`);
    try {
      if (!parts[name]) throw new Error(`no part is called ${name}: there are ${Object.keys(parts)}`);
      result[name] = { machine: machine(), ...await parts[name](bench) };
    } catch (error) {
      console.error(`${name} failed: ${error.message}`);
      process.exitCode = 1;
      continue;
    }
    fs.mkdirSync(path.dirname(path.resolve(values.out)), { recursive: true });
    fs.writeFileSync(values.out, JSON.stringify(result, null, 1) + '\n');
  }
} finally {
  await server.close();
}
