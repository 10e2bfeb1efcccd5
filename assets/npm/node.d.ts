import type { Index, OpenOptions } from './ace.js';
export type * from './ace.js';

/** Opens the bundle in a folder: a path, or an address of http, https or file. Searches run on the CPU, in a thread of their own. */
export function open(bundle: string | URL, options?: Pick<OpenOptions, 'key' | 'onProgress' | 'signal'> & { device?: 'auto' | 'cpu' }): Promise<Index>;
