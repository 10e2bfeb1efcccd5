// Workers' answers in one page, turn by turn.
import { fresh } from './browser.mjs';
import { ratio, summary } from './stats.mjs';

// compare opens the workers of a list, { name, kind, ... } as page.mjs takes them,
// and asks each `rounds` questions after `warm` others. It gives a summary each, in
// which ratios are to the workers that `versus` names for it. With `once`, times of
// questions that are asked for the first time are kept too.
export async function compare({ url, questions }, workers, { rounds, warm, beam, webgpu, once, versus = {} }) {
  return fresh(url, { webgpu }, async page => {
    await page.waitForFunction(() => window.bench);
    const opened = {};
    for (const w of workers) {
      opened[w.name] = await page.evaluate(w => window.bench.open(w), w);
      mustBeOn(w, opened[w.name].info?.Device, opened[w.name].info?.Note);
    }
    const names = workers.map(w => w.name);
    const measure = o => page.evaluate(o => window.bench.measure(o), { names, beam, warm: 0, ...o });
    await measure({ questions: questions.slice(0, warm), rounds: 0, warm });
    const rest = questions.slice(warm);
    const first = once && await measure({ questions: rest, rounds: Math.min(rest.length, rounds) });
    const samples = await measure({ questions: rest, rounds });
    for (const w of workers) for (const { said } of samples[w.name]) mustBeOn(w, said.device);
    return workers.map(({ name }) => ({
      name, ...summary(samples[name]), ready: Math.round(opened[name].ready), items: opened[name].info?.Items,
      ...(once && { first: summary(first[name]).ms }),
      ...(versus[name] && { ratios: Object.fromEntries(versus[name].map(t => [t, ratio(samples[name], samples[t])])) }),
    }));
  });
}

// mustBeOn ends the bench where our worker is not on the device that is measured.
function mustBeOn(worker, device, note = '') {
  if (worker.device && (device === 'webgpu') !== (worker.device === 'webgpu')) throw new Error(`${worker.name} is answered by ${device}. ${note}`);
}
