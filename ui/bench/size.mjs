// What the files of the sites weigh, in bytes.
import fs from 'node:fs';
import path from 'node:path';

const group = name => name.startsWith('items') ? 'items' : name.startsWith('sense') || name === 'text' ? 'words' : name.startsWith('lexicon') || name === 'dual' ? 'evidence' : name;

export function sizes({ sites, names }) {
  const rows = names.map(name => {
    const manifest = fs.readFileSync(path.join(sites, name, 'bundle', 'manifest.json'));
    const { sections, tensors, meta } = JSON.parse(manifest);
    const files = { manifest: manifest.length };
    for (const s of sections) files[group(s.name)] = (files[group(s.name)] ?? 0) + (s.stored ?? s.size);
    const width = { u8: 1, u16: 2, u32: 4 };
    const trie = tensors.filter(t => t.name.startsWith('trie.')).reduce((n, t) => n + t.shape[0] * width[t.dtype], 0);
    return { name, items: meta.items.count, files, weights: sections.find(s => s.name === 'weights').size, trieAnItem: Math.round(trie / meta.items.count * 1000) / 1000 };
  });
  const at = path.join(sites, names[0]);
  const page = { bytes: 0, brotli: 0 };
  for (const name of fs.readdirSync(at)) {
    if (!fs.existsSync(path.join(at, `${name}.br`))) continue;
    page.bytes += fs.statSync(path.join(at, name)).size;
    page.brotli += fs.statSync(path.join(at, `${name}.br`)).size;
  }
  return { page, rows };
}
