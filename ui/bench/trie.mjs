// The identifiers that exist, as they lie in a bundle (core/trie): what the
// rival's page needs of ours to write none that does not.

// readTrie fetches the arrays of the bundle at a URL.
export async function readTrie(bundle) {
  const manifest = await (await fetch(new URL('manifest.json', bundle))).json();
  const section = manifest.sections.find(s => s.name === 'trie');
  const name = `trie.${(section.tag ?? section.sha256).slice(0, 16)}.bin`;
  const stored = await fetch(new URL(name, bundle));
  const data = await (section.encoding ? new Response(stored.body.pipeThrough(new DecompressionStream(section.encoding))) : stored).arrayBuffer();
  const column = name => {
    const t = manifest.tensors.find(t => t.name === name);
    return new { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array }[t.dtype](data, t.offset, t.shape[0]);
  };
  const levels = manifest.meta.levels;
  return { levels, first: column('trie.first'), fine: levels.slice(1).map((_, l) => column(`trie.${l + 1}`)) };
}

// children visits the codes that continue a prefix of level codes, and their
// items: lo to hi.
export function children(trie, level, lo, hi, visit) {
  if (level === 0) {
    for (let c = 0; c < trie.levels[0]; c++) if (trie.first[c] < trie.first[c + 1]) visit(c, trie.first[c], trie.first[c + 1]);
    return;
  }
  const column = trie.fine[level - 1];
  while (lo < hi) {
    const code = column[lo];
    let end = lo + 1;
    for (let step = 1; end < hi && column[Math.min(end + step, hi) - 1] === code; step *= 2) end = Math.min(end + step, hi);
    for (let top = hi; end < top && column[end] === code;) { // the run ends between end and top
      const mid = (end + top) >> 1;
      if (column[mid] === code) end = mid + 1; else top = mid;
    }
    visit(code, lo, end);
    lo = end;
  }
}
