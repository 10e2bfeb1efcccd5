// Measurements: printed, not judged. Machines differ.
import assert from 'node:assert/strict';

const median = a => a.toSorted((x, y) => x - y)[a.length >> 1];

// longest gives the longest tasks of the page's thread in a trace: by the clock,
// and by the processor time they took, which other work on the machine does not
// lengthen.
function longest(trace) {
  const events = JSON.parse(trace).traceEvents;
  const main = new Set(events.filter(e => e.name === 'thread_name' && e.args.name === 'CrRendererMain').map(e => `${e.pid}/${e.tid}`));
  const tasks = events.filter(e => e.ph === 'X' && e.name.endsWith('RunTask') && main.has(`${e.pid}/${e.tid}`));
  const most = key => Math.max(...tasks.map(t => t[key] ?? 0)) / 1000;
  return { count: tasks.length, clock: most('dur'), processor: most('tdur') };
}

export const stories = {
  'typing is not held up': async (v, { note }) => {
    await v.open();
    await v.page.waitForTimeout(1000);
    await v.browser.startTracing(v.page, { categories: ['toplevel', 'devtools.timeline'] });
    const took = [];
    for (const text of ['a', 'a b', 'a bl', 'a blu', 'a blue', 'a blue s', 'a blue sk', 'a blue sky', 'a blue sky a', 'a blue sky at']) {
      took.push(await v.page.evaluate(async text => {
        const box = document.getElementById('q');
        box.value = text;
        const began = performance.now();
        box.dispatchEvent(new InputEvent('input', { bubbles: true }));
        const handled = performance.now() - began;
        while (!document.getElementById('status').textContent.includes(`“${text}”`)) await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        return { handled, painted: performance.now() - began };
      }, text));
    }
    const task = longest(await v.browser.stopTracing());
    note(`key handled in ${median(took.map(t => t.handled)).toFixed(1)} ms, results painted after ${median(took.map(t => t.painted)).toFixed(0)} ms (medians of ${took.length}); ${await v.page.textContent('#meter')}`);
    note(`longest task of the page's thread: ${task.processor.toFixed(0)} ms of processor time, ${task.clock.toFixed(0)} ms by the clock`);
    assert.ok(task.count > took.length, 'tasks were traced');
    assert.equal(took.length, 10);
  },

  'little is fetched up to the first result': async (v, { note }) => {
    const sizes = [];
    v.page.on('requestfinished', request => sizes.push(request.sizes().then(s => [new URL(request.url()).pathname, s.responseBodySize], () => null)));
    const began = performance.now();
    await v.open();
    const cards = performance.now() - began;
    await v.ask('water');
    const all = (await Promise.all(sizes)).filter(Boolean);
    const sum = which => (all.filter(([name]) => which(name)).reduce((n, [, size]) => n + size, 0) / 1e6).toFixed(3);
    const isMedia = name => /\/media\//.test(name), isBundle = name => /\/bundle\//.test(name);
    note(`transferred to the first result: page ${sum(n => !isMedia(n) && !isBundle(n))} MB, bundle ${sum(isBundle)} MB, in all ${sum(n => !isMedia(n))} MB without media (${sum(isMedia)} MB)`);
    note(`first cards after ${Math.round(cards)} ms`);
    assert.ok(all.some(([name]) => name.endsWith('app.wasm')), 'the binary was counted');
    assert.ok(all.some(([name]) => /\/bundle\/weights/.test(name)), 'the bundle was counted');
  },
};
