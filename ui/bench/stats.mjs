// What is kept of samples.

export function quantile(values, q) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
}

export const median = values => quantile(values, 0.5);
const round = x => Math.round(x * 1000) / 1000;

// spread is what is kept of one series of numbers.
export const spread = values => ({ n: values.length, p50: round(median(values)), p95: round(quantile(values, 0.95)), min: round(Math.min(...values)) });

// ratio is the median of the quotients of answers of the same round, which a
// machine that is now quick and now slow changes less than the quotient of the medians.
export const ratio = (ours, theirs) => round(median(ours.map((s, i) => s.ms / theirs[i].ms)));

// summary is what is kept of a worker's samples: the spread of ms, the medians of
// its stages, what WebGPU was asked to do for one answer, and its memory.
export function summary(samples) {
  const out = { ms: spread(samples.map(s => s.ms)), inside: spread(samples.map(s => s.said.ms)) };
  const stages = samples.map(s => s.said.stages).filter(Boolean);
  if (stages.length) {
    out.stages = {};
    for (const [name, value] of Object.entries(stages[0])) {
      out.stages[name] = Array.isArray(value) ? value.map((_, k) => round(median(stages.map(s => s[name][k])))) : round(median(stages.map(s => s[name])));
    }
  }
  const counts = samples.map(s => s.counts).filter(c => Object.keys(c).length);
  if (counts.length) {
    out.waited = round(median(samples.map(s => s.waited)));
    out.counts = {};
    for (const name of new Set(counts.flatMap(Object.keys))) {
      const each = counts.map(c => c[name] ?? 0);
      out.counts[name] = { least: Math.min(...each), most: Math.max(...each) };
    }
  }
  const { device, mode } = samples[0].said;
  return { ...out, device, mode, memory: Math.max(...samples.map(s => s.memory)) };
}
