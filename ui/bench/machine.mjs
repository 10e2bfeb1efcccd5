// Where the figures come from.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';

const version = name => JSON.parse(fs.readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url))).version;

export function machine() {
  const browser = execFileSync(process.env.CHROMIUM || '/usr/bin/chromium', ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
  return {
    cpu: os.cpus()[0].model, cores: os.cpus().length, system: `${os.platform()}/${os.arch()}`,
    chromium: /[\d.]+/.exec(browser)[0], onnxruntime: version('onnxruntime-web'),
    load: Math.round(os.loadavg()[0] * 10) / 10, // how much else was going on
  };
}
