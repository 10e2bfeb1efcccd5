// <ace-search bundle="./bundle/">: a box and the grid of what it finds.
//
//   <script type="module" src="ace-search.js"></script>
//   <ace-search bundle="./bundle/" limit="24"></ace-search>
//
// Attributes: bundle, key, limit, kind, device, placeholder, label. Properties: query,
// filter, index, results. Events: ace-open, ace-results, ace-select, ace-error.
// Slots: before, empty, after. ace-search.d.ts describes them, ace-look.js says
// what can be styled.

import { open } from './ace.js';
import { card, element, sheet } from './ace-look.js';

export { open };

const usual = { bundle: './bundle/', limit: 24 };

const Element = globalThis.HTMLElement ?? class {}; // a server that renders pages has none

export class AceSearch extends Element {
  static observedAttributes = ['bundle', 'device', 'key', 'limit', 'kind', 'placeholder', 'label'];

  /** What the element says; a page may put its own words here. */
  static words = {
    label: 'Search',
    loading: 'Loading the collection',
    results: 'Results',
    found: (n, query) => `${n} ${n === 1 ? 'result' : 'results'} for “${query}”`,
    items: n => `${n} ${n === 1 ? 'item' : 'items'}`,
    nothing: query => `Nothing here fits “${query}”.`,
    missing: 'not available',
    again: 'Try again',
  };

  #box; #name; #bar; #status; #list; #empty; #alert;
  #life = null;    // AbortController of the index that is open, or being opened
  #index = null;
  #wanted = false; // the newest question has not been asked
  #asking = false;
  #filter = {};
  #answer = null;

  constructor() {
    super();
    const words = AceSearch.words;
    const on = (name, f) => ({ [name]: event => f.call(this, event) });
    this.#box = element('input', { id: 'q', type: 'search', part: 'input', dir: 'auto', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', enterkeyhint: 'search', 'aria-controls': 'results' },
      on('input', event => event.isComposing || this.#ask()), on('compositionend', () => this.#ask()), on('keydown', this.#boxKey));
    this.#name = element('label', { for: 'q', part: 'label' });
    this.#bar = element('progress', { part: 'progress', max: '100', 'aria-label': words.loading, hidden: '' });
    this.#status = element('p', { part: 'status', role: 'status', dir: 'auto' });
    this.#list = element('ul', { id: 'results', part: 'results', role: 'list', 'aria-label': words.results }, on('keydown', this.#listKey), on('click', this.#select));
    this.#empty = element('div', { part: 'empty', hidden: '' });
    this.#empty.append(element('slot', { name: 'empty' }));
    this.#alert = element('div', { part: 'error', role: 'alert', hidden: '' });
    const field = element('div', { part: 'field', role: 'search' });
    field.append(this.#name, this.#box, this.#bar);
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet()];
    root.append(element('slot', { name: 'before' }), field, this.#status, this.#alert, this.#empty, this.#list, element('slot', { name: 'after' }));
  }

  connectedCallback() {
    this.#describe();
    if (!this.#life) this.#open();
  }

  disconnectedCallback() {
    queueMicrotask(() => { if (!this.isConnected) this.#close(); }); // it may only have been moved
  }

  attributeChangedCallback(name, before, now) {
    if (!this.isConnected || before === now) return;
    this.#describe();
    if (['bundle', 'device', 'key'].includes(name)) this.#open();
    if (name === 'limit' || name === 'kind') this.#ask();
  }

  /** The open index; null before ace-open. */
  get index() { return this.#index; }

  /** The newest answer, as the event ace-results told it. */
  get results() { return this.#answer; }

  /** What stands in the box. */
  get query() { return this.#box.value; }
  set query(text) { this.#box.value = text; this.#ask(); }

  /** Items whose meta values are these. */
  get filter() { return this.#filter; }
  set filter(filter) { this.#filter = filter ?? {}; this.#ask(); }

  focus(options) { this.#box.focus(options); }

  #describe() {
    this.#name.textContent = this.getAttribute('label') ?? this.#index?.info.title ?? '';
    this.#name.textContent ||= AceSearch.words.label;
    this.#box.placeholder = this.getAttribute('placeholder') ?? '';
  }

  #close() {
    this.#life?.abort();
    this.#index?.close();
    this.#life = this.#index = null;
  }

  async #open() {
    this.#close();
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#alert.hidden = true;
    this.#bar.hidden = false;
    this.#bar.removeAttribute('value');
    this.#list.setAttribute('aria-busy', 'true');
    try {
      const index = await open(new URL(this.getAttribute('bundle') ?? usual.bundle, document.baseURI), {
        device: this.getAttribute('device') ?? 'auto', key: this.getAttribute('key') ?? '', signal,
        onProgress: (done, total) => { this.#bar.value = total ? 100 * done / total : 0; },
      });
      if (signal.aborted) return index.close();
      this.#index = index;
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
      return;
    } finally {
      if (!signal.aborted) this.#bar.hidden = true;
    }
    this.#describe();
    this.#tell('ace-open', { index: this.#index });
    this.#ask();
  }

  // ask puts the newest question. One is under way at a time, and of those that
  // come meanwhile the last is asked next.
  async #ask() {
    this.#wanted = true;
    if (this.#asking) return;
    this.#asking = true;
    while (this.#wanted && this.#index) {
      this.#wanted = false;
      const index = this.#index;
      try {
        await this.#answerOne(index);
      } catch (error) {
        if (index === this.#index) this.#fail(error);
      }
    }
    this.#asking = false;
  }

  async #answerOne(index) {
    const query = this.#box.value.trim().replace(/\s+/g, ' ');
    const options = { limit: this.getAttribute('limit') ?? usual.limit, kind: this.getAttribute('kind'), filter: this.#filter };
    const answer = query ? await index.search(query, options) : { hits: await index.items(options) };
    if (index !== this.#index) return;
    this.#answer = { query, ...answer };
    this.#show(this.#answer);
    this.#tell('ace-results', this.#answer);
  }

  #show({ query, hits }) {
    const words = AceSearch.words;
    const before = new Map([...this.#list.children].map(li => [li.dataset.id, li]));
    const cards = hits.map(hit => Object.assign(before.get(hit.id) ?? card(hit, words), { hit }));
    const stay = new Set(cards);
    for (const li of before.values()) if (!stay.has(li)) li.remove();
    let at = this.#list.firstElementChild;
    for (const li of cards) { // a card that keeps its place plays on
      if (li === at) at = at.nextElementSibling;
      else this.#list.insertBefore(li, at);
    }
    this.#alert.hidden = true;
    this.#empty.hidden = hits.length > 0;
    this.#list.removeAttribute('aria-busy');
    this.#status.textContent = !query ? words.items(this.#index.info.items) : hits.length ? words.found(hits.length, query) : words.nothing(query);
  }

  #fail(error) {
    const again = element('button', { type: 'button', part: 'button' }, { click: () => this.#index ? this.#ask() : this.#open() });
    again.textContent = AceSearch.words.again;
    const lines = [error.message, error.hint].filter(Boolean).map(text => Object.assign(element('p', { dir: 'auto' }), { textContent: text }));
    this.#alert.replaceChildren(...lines, again);
    this.#alert.hidden = false;
    this.#list.removeAttribute('aria-busy');
    this.#tell('ace-error', { error });
  }

  #tell(name, detail, more) {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, ...more }));
  }

  #select(event) {
    const li = event.target.closest('a')?.closest('li');
    if (li && !this.#tell('ace-select', { hit: li.hit, position: this.#links().indexOf(event.target.closest('a')) }, { cancelable: true })) event.preventDefault();
  }

  #links() { return [...this.#list.querySelectorAll('a')]; }

  #boxKey(event) {
    if (event.isComposing || event.key !== 'ArrowDown' || !this.#list.firstElementChild) return;
    event.preventDefault();
    this.#links()[0].focus();
  }

  // listKey goes from card to card; players keep their own keys.
  #listKey(event) {
    const links = this.#links(), at = links.indexOf(event.target);
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const top = a => a.closest('li').offsetTop;
    const columns = Math.max(links.findIndex(a => top(a) > top(links[0])), 0) || links.length;
    const on = getComputedStyle(this.#list).direction === 'rtl' ? -1 : 1;
    const to = { ArrowRight: at + on, ArrowLeft: at - on, ArrowDown: at + columns, ArrowUp: at - columns, Home: 0, End: links.length - 1, Escape: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (to < 0 && event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') this.#box.focus();
    else links[to]?.focus();
  }
}

if (globalThis.customElements && !customElements.get('ace-search')) customElements.define('ace-search', AceSearch);
