// The page without a connection: starts the service worker, offers a newer build when
// there is one, and keeps all media on request. It speaks in #update and #offline, in the
// words of offline-words.js.
'use strict';

// Not const: boot.js has put a place-holder here.
window.aceOffline = {
  state: '',     // 'ready': the page and its search are kept; 'all': the media too; 'not'
  trouble: '',   // why not

  // start is called when the collection is open and nothing hurries. trouble is why it
  // is not kept itself; '' if it is.
  async start(trouble) {
    new MutationObserver(() => this.show()).observe(document.documentElement, { attributeFilter: ['lang'] });
    const workers = navigator.serviceWorker;
    if (!workers) return this.show('not', 'https');
    try {
      this.registration = await workers.register('sw.js', { updateViaCache: 'none' });
      this.registration.addEventListener('updatefound', () => this.registration.installing?.addEventListener('statechange', () => this.show()));
      await new Promise((done, fail) => {
        workers.ready.then(() => workers.controller ? done() : workers.addEventListener('controllerchange', done, { once: true }));
        this.registration.installing?.addEventListener('statechange', ({ target }) => target.state === 'redundant' && fail(new Error('the page could not be kept')));
      });
      if (trouble) return this.show('not', trouble);
      this.seeAgain();
      this.show(await this.hasAll() ? 'all' : 'ready');
    } catch ({ message }) {
      this.show('not', trouble || message);
    }
  },

  // seeAgain asks for the pictures that were shown before there was anybody to keep
  // them; the browser's own cache has them.
  seeAgain() {
    for (const { name, initiatorType } of performance.getEntriesByType('resource')) {
      if (initiatorType === 'img' && name.startsWith(this.scope)) new Image().src = name;
    }
  },

  // useUpdate lets the build that waits take over, and loads the page anew.
  useUpdate() {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    this.registration.waiting.postMessage('take over');
  },

  scope: new URL('./', document.baseURI).href,
  get cacheName() { return `ace wanted ${this.scope}`; },

  // collection is the manifest, and what reads the parts that it names.
  async collection() {
    const loader = aceLoader(new URL('bundle/', this.scope).href, undefined, aceKey);
    const { sections, meta } = JSON.parse(new TextDecoder().decode(await loader.manifest()));
    const shards = sections.filter(s => /^items\.\d+$/.test(s.name));
    return { loader, shards, bytes: meta.media?.bytes, name: shards.map(s => s.sha256).join(' ') };
  },

  // files are the addresses of all media below the page's own, with their small pictures
  // and captions. The metadata of all items, which name them, are kept too.
  async files({ loader, shards }) {
    const all = new Set();
    for (const { name, size, sha256, encoding, stored = size, tag } of shards) {
      const file = `${name}.${encoding ? tag : sha256.slice(0, 16)}.bin`;
      const text = new TextDecoder().decode(await loader.section({ file, size, stored, encoding, sha256 }));
      for (const line of text.trim().split('\n')) {
        const { file, thumb, meta } = JSON.parse(line);
        for (const one of [file, thumb, meta?.subtitles]) {
          const href = one && URL.canParse(one, this.scope) && new URL(one, this.scope).href;
          if (href && href.startsWith(this.scope)) all.add(href);
        }
      }
    }
    return [...all];
  },

  // keep keeps all media, four at a time; those that are there stay. onProgress is told
  // how many are kept, how many there are, and the bytes that came. It returns how many
  // could not be kept, and why the last of them; a full disk and an abort are thrown.
  async keep({ onProgress = () => {}, signal } = {}) {
    await navigator.storage?.persist?.();
    const collection = await this.collection();
    const files = await this.files(collection);
    const cache = await caches.open(this.cacheName);
    const old = new Set((await cache.keys()).map(r => r.url));
    const left = files.filter(url => !old.has(url));
    let done = files.length - left.length, bytes = 0, failed = 0, why = '';
    const one = async url => {
      const response = await fetch(url, { signal });
      if (!response.ok) throw new Error(`${url}: ${response.status}`);
      const body = await response.blob();
      await cache.put(url, new Response(body, { headers: response.headers }));
      bytes += body.size;
    };
    const some = async () => {
      while (left.length) {
        try {
          await one(left.pop());
          done++;
        } catch (error) {
          if (error.name === 'AbortError' || error.name === 'QuotaExceededError') {
            left.length = 0;
            throw error;
          }
          failed++;
          why = error.message;
        }
        onProgress(done, files.length, bytes);
      }
    };
    await Promise.all([some(), some(), some(), some()]);
    const wanted = new Set(files);
    for (const url of old) if (!wanted.has(url)) await cache.delete(url);
    if (!failed) await cache.put(`${this.scope}?all`, new Response(collection.name));
    return { failed, why };
  },

  // hasAll tells whether all was kept of the collection as it is now.
  async hasAll() {
    if (!await caches.has(this.cacheName)) return false;
    const mark = await (await caches.open(this.cacheName)).match(`${this.scope}?all`);
    return await mark?.text() === (await this.collection()).name;
  },

  // show tells the state, and what one can do about it.
  async show(state = this.state, trouble = this.trouble) {
    Object.assign(this, { state, trouble });
    const words = aceOfflineWords.in(document.documentElement.lang);
    if (this.registration?.waiting && navigator.serviceWorker.controller) {
      this.fill('update', words.update, words.use, () => this.useUpdate());
    }
    if (!this.at) { // the keeping tells how far it is
      const { bytes } = state === 'ready' ? await this.collection().catch(() => ({})) : {};
      if (state === 'ready') this.fill('offline', words.ready, words.keep(bytes), () => this.keepAll());
      if (state === 'all') this.fill('offline', words.all);
      if (state === 'not') this.fill('offline', words.not(trouble));
    }
    document.documentElement.dataset.offline = state;
  },

  // keepAll is the button: keep with its progress, its end and its failures told.
  async keepAll() {
    const words = aceOfflineWords.in(document.documentElement.lang);
    const stop = this.at = new AbortController();
    let text = '';
    const told = (...at) => this.fill('offline', words.keeping(...at), words.stop, () => stop.abort());
    try {
      told(0);
      const { failed, why } = await this.keep({ signal: stop.signal, onProgress: told });
      if (failed) text = words.lost(failed, why);
      else this.state = 'all';
    } catch (error) {
      text = error.name === 'AbortError' ? '' : error.name === 'QuotaExceededError' ? words.full : error.message;
    }
    this.at = null;
    await this.show();
    if (text) this.fill('offline', text, words.again, () => this.keepAll());
  },

  fill(id, text, button, press) {
    const box = document.getElementById(id);
    const [p, b] = box.children;
    if (p.textContent !== text) p.textContent = text;
    b.hidden = !button;
    b.textContent = button ?? '';
    b.onclick = press;
    box.hidden = false;
  },
};
