// What a worker takes of the machine, alone in a page.
import { fresh, resident } from './browser.mjs';
import { summary } from './stats.mjs';

export async function memory({ url, questions }, worker, { beam, webgpu }) {
  return fresh(url, { webgpu }, async (page, profile) => {
    await page.waitForFunction(() => window.bench);
    const before = resident(profile);
    await page.evaluate(w => window.bench.open(w), worker);
    const samples = await page.evaluate(o => window.bench.measure(o), { names: [worker.name], questions, rounds: webgpu ? 3 : 20, warm: 0, beam });
    const after = resident(profile);
    // memory is its WebAssembly's; grown is by how much the browser's processes
    // did, the graphics memory of a software adapter included.
    const { memory, device } = summary(samples[worker.name]);
    return { name: worker.name, device, memory, grown: after && Object.fromEntries(Object.keys(after).map(type => [type, after[type] - (before[type] ?? 0)])) };
  });
}
