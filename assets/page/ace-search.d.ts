import type { AceError, Answer, Filter, Hit, Index, Item } from './ace.js';
export { open } from './ace.js';

/** An answer to what stands in the box, or to an empty box items to look at. */
export type Results = { query: string; hits: Item[] | Hit[] } & Partial<Omit<Answer, 'hits'>>;

export interface AceSearchEventMap {
  /** The bundle is open. */
  'ace-open': CustomEvent<{ index: Index }>;
  /** Results have been put into the grid. */
  'ace-results': CustomEvent<Results>;
  /** A card was chosen. preventDefault() keeps its link from being followed. */
  'ace-select': CustomEvent<{ hit: Item | Hit; position: number }>;
  /** The bundle cannot be opened, or a search failed. The element says so too. */
  'ace-error': CustomEvent<{ error: AceError }>;
}

/**
 * `<ace-search bundle key limit kind device placeholder label>`: a box and the grid of what it finds.
 * Slots: `before`, `empty` (shown where nothing fits), `after`. ace-look.js names variables and parts.
 */
export class AceSearch extends HTMLElement {
  /** What the element says. Change it before the first element is made. */
  static words: {
    label: string;
    loading: string;
    results: string;
    found: (n: number, query: string) => string;
    items: (n: number) => string;
    nothing: (query: string) => string;
    missing: string;
    again: string;
  };
  /** What stands in the box; setting it asks. */
  query: string;
  /** Only items that pass, as in a search; setting it asks again. */
  filter: Filter;
  /** The open index; null before ace-open. */
  readonly index: Index | null;
  /** The newest results; null before there are any. */
  readonly results: Results | null;

  addEventListener<K extends keyof AceSearchEventMap>(type: K, listener: (this: AceSearch, event: AceSearchEventMap[K]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener<K extends keyof HTMLElementEventMap>(type: K, listener: (this: AceSearch, event: HTMLElementEventMap[K]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'ace-search': AceSearch;
  }
}
