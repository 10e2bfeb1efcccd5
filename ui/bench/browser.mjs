// Chromium with a profile of its own, and what it takes of the machine.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

const always = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

// WebGPU on SwiftShader, which every machine has. Where there is a card, BENCH_GPU
// gives the flags that reach it.
const gpu = process.env.BENCH_GPU?.split(' ') ?? ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--enable-features=Vulkan,WebGPU', '--use-vulkan=swiftshader', '--ignore-gpu-blocklist'];

export const newProfile = () => fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));

// launch starts a browser on a profile; { webgpu } gives it an adapter.
export async function launch(profile, { webgpu = false } = {}) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium', viewport: { width: 1280, height: 860 },
    args: webgpu ? [...always, ...gpu] : always, ignoreDefaultArgs: webgpu ? ['--disable-gpu'] : [],
  });
  const page = context.pages()[0];
  page.on('pageerror', e => console.error(`exception: ${e.message}`));
  page.on('console', m => { if (m.type() === 'error' || process.env.BENCH_LOG) console.error(`${m.type()}: ${m.text()}`); });
  return { context, page, close: () => context.close() };
}

// fresh runs do on a page at url in a browser that has never been anywhere.
export async function fresh(url, options, visit) {
  const profile = newProfile();
  const browser = await launch(profile, options);
  try {
    await browser.page.goto(url);
    return await visit(browser.page, profile);
  } finally {
    await browser.close();
    fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

// resident is the memory, in bytes, of a profile's processes by type; null where
// there is no /proc.
export function resident(profile) {
  if (!fs.existsSync('/proc/self/status')) return null;
  const read = (pid, file) => { try { return fs.readFileSync(`/proc/${pid}/${file}`, 'utf8'); } catch { return ''; } };
  const all = fs.readdirSync('/proc').filter(p => /^\d+$/.test(p)).map(pid => ({
    pid, line: read(pid, 'cmdline'), parent: /PPid:\s+(\d+)/.exec(read(pid, 'status'))?.[1], rss: 1024 * (/VmRSS:\s+(\d+)/.exec(read(pid, 'status'))?.[1] ?? 0),
  }));
  const ours = new Set(all.filter(p => p.line.includes(profile)).map(p => p.pid));
  for (let n = -1; n !== ours.size;) {
    n = ours.size;
    for (const p of all) if (ours.has(p.parent)) ours.add(p.pid);
  }
  const sum = {};
  for (const p of all) {
    const type = /--type=([\w-]+)/.exec(p.line)?.[1];
    if (ours.has(p.pid) && (type === 'renderer' || type === 'gpu-process')) sum[type] = (sum[type] ?? 0) + p.rss;
  }
  return sum;
}
