// The page that is measured in: it holds workers, ours and the rival's, and asks
// them in turn. run.mjs drives it.
import { Ours } from './ours.mjs';
import { Theirs } from './theirs.mjs';

const held = new Map();

window.bench = {
  // open starts a worker and keeps it by name; it gives what is known of it.
  async open({ name, kind, ...how }) {
    const worker = await (kind === 'ours' ? Ours : Theirs).open({ name, ...how });
    held.set(name, worker);
    return { ready: worker.ready, info: worker.info };
  },

  close(name) { held.get(name).close(); held.delete(name); },

  // measure asks every worker of names one question after the other, rounds
  // times; the first of a round changes. Before that each of them has answered
  // warm questions. It gives for each name its samples, in the order of the
  // rounds: how long the answer took from here (ms), and what the worker says.
  async measure({ names, questions, rounds, warm, beam }) {
    const samples = Object.fromEntries(names.map(n => [n, []]));
    const one = async (name, i, text) => {
      const began = performance.now();
      const said = await held.get(name).ask(text, beam);
      const ms = performance.now() - began;
      if (i >= 0) samples[name].push({ ms, said, ...await held.get(name).counts() });
    };
    for (const name of names) {
      for (let i = 0; i < warm; i++) await one(name, -1, questions[i % questions.length]);
      await held.get(name).counts();
    }
    for (let i = 0; i < rounds; i++) {
      for (let k = 0; k < names.length; k++) await one(names[(i + k) % names.length], i, questions[i % questions.length]);
    }
    return samples;
  },
};
