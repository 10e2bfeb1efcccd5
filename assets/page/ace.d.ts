/** What sort of medium an item is. */
export type Kind = 'image' | 'audio' | 'video';

/** Where searches run. 'auto' takes a graphics processor if there is one that computes in hardware. */
export type Device = 'auto' | 'webgpu' | 'cpu';

/** Keys with the value that they must have, or with several of which one will do, letter for letter. */
export type Filter = Record<string, string | number | boolean | readonly (string | number | boolean)[]>;

export interface OpenOptions {
  /** Where to search; 'auto' if left out. */
  device?: Device;
  /** A public key of minisign, the second line of its .pub file: a bundle that it has not signed is refused. */
  key?: string;
  /** Is told how many bytes of the bundle have arrived, of how many. */
  onProgress?: (done: number, total: number) => void;
  /** Gives up opening. An index that is open is closed by close(). */
  signal?: AbortSignal;
  /** The folder of worker.js and app.wasm, if it is not that of ace.js: an address relative to the page. */
  base?: string | URL;
  /** A script of the page's own origin that imports worker.js, where ace.js is of another origin and the page's policy allows no blob: worker. */
  worker?: string | URL;
}

export interface ItemsOptions {
  /** How many at most; 50 if left out. */
  limit?: number;
  /** Only items of this kind. */
  kind?: Kind | null;
  /** Only items that have each of the keys in their meta with this value, or one of these values; `tag` asks for keywords too. */
  filter?: Filter;
  /** Only items with one of these ids. */
  ids?: Iterable<string>;
  /** Rejects the call with the signal's reason, an AbortError by itself. A call that still waits for another is not run. */
  signal?: AbortSignal;
}

export interface SearchOptions extends ItemsOptions {
  /** How many hits at most; 10 if left out. */
  limit?: number;
  /** The least `fits` of which hits are given; the bundle's own if left out, 0 for the nearest items whatever they are. */
  cutoff?: number;
  /** Search by the identifiers' probability alone, without the items' words and vectors. */
  pure?: boolean;
}

export interface Item {
  id: string;
  /** The item's title, else its first caption, else its id. */
  title: string;
  kind: Kind;
  /** The medium's address as the bundle has it: relative to the site, the folder that bundle/ lies in, or absolute. */
  file: string;
  /** The medium's absolute address, ready for an <img>, <audio> or <video>. */
  src: string;
  /** The page where the item stands, if any. */
  url?: string;
  meta: Record<string, string>;
  captions: string[];
  keywords: string[];
}

export interface Hit extends Item {
  /** Hits come in its order, highest first. */
  score: number;
  /** How probably this is what was asked for, from 0 to 1. */
  confidence: number;
  /** The codes that the model wrote. */
  identifier: number[];
}

export interface Answer {
  /** Best first; none where `fits` is below the cut-off. */
  hits: Hit[];
  /** Of a hybrid search: probability that the collection has what was asked for. */
  fits: number;
  mode: 'hybrid' | 'pure';
  /** Where this search ran. */
  device: string;
  /** Milliseconds. */
  ms: { total: number; encode: number; decode: number };
  /** Why the graphics processor did not answer, if it was to. */
  note?: string;
}

export interface Info {
  title: string;
  /** How many items there are, */
  items: number;
  /** and of each kind. */
  kinds: Partial<Record<Kind, number>>;
  /** The network's shape, for people. */
  model: string;
  /** Numbers in the network. */
  parameters: number;
  /** Bytes of the network as shipped. */
  bytes: number;
  /** Where the next search will run, as far as is known. */
  device: string;
  /** The least `fits` of which hits are given. */
  cutoff: number;
  /** Questions worth trying. */
  examples: string[];
  /** Makers and licences of the collection. */
  credits: { text: string; url: string }[];
  /** Why the graphics processor does not answer, if it was to. */
  note?: string;
}

/** An open bundle. Calls are answered in their order, by a worker of the index's own. */
export interface Index {
  readonly info: Info;
  search(query: string, options?: SearchOptions): Promise<Answer>;
  /** Items to look at before anything was asked, spread over the collection. */
  items(options?: ItemsOptions): Promise<Item[]>;
  /** Ends the worker; calls that are not answered yet are rejected. */
  close(): void;
}

/** What open and the calls of an index are rejected with, but for abortion and wrong arguments. */
export interface AceError extends Error {
  name: 'AceError';
  /** What one can do about it; may be empty. */
  hint: string;
}

/** Opens the bundle in a folder: an address relative to the page. */
export function open(bundle: string | URL, options?: OpenOptions): Promise<Index>;
