// What a page in TypeScript may write, and what it may not. Nothing runs this.
import { open, type Hit, type Index, type Kind } from '../../../assets/page/ace.js';
import { AceSearch } from '../../../assets/page/ace-search.js';

const controller = new AbortController();
const index: Index = await open('./bundle/', { device: 'webgpu', onProgress: (done, total) => (done / total).toFixed(2), signal: controller.signal });
const { hits, fits, mode, device, ms: { total, encode, decode } } = await index.search('dog on a beach',
  { limit: 10, kind: 'image', filter: { tag: 'x', year: [1931, 1932] }, ids: new Set(['a']), cutoff: 0.5, pure: false, signal: controller.signal });
const first: Hit | undefined = hits[0];
const numbers: number[] = [fits, total, encode, decode, index.info.items, index.info.parameters, ...(first?.identifier ?? [])];
const texts: string[] = [mode, device, index.info.model, first?.src ?? '', first?.url ?? '', ...(first?.captions ?? [])];
const kinds: (Kind | undefined)[] = (await index.items({ kind: 'audio', limit: 3 })).map(item => item.kind);
index.close();

const box = document.createElement('ace-search');
box.filter = { tag: 'x' };
box.addEventListener('ace-select', event => { if (!event.detail.hit.url) event.preventDefault(); });
box.addEventListener('ace-error', event => console.log(event.detail.error.hint, box.results?.hits.length, box.index?.info.title));
box.addEventListener('keydown', event => console.log(event.key));
AceSearch.words.nothing = query => `Nichts passt zu „${query}“.`;

// @ts-expect-error: no such kind
await index.search('x', { kind: 'smell' });
// @ts-expect-error: no such device
await open('./bundle/', { device: 'gpu' });
// @ts-expect-error: the element opens its index itself
box.index = index;

console.log(numbers, texts, kinds);
