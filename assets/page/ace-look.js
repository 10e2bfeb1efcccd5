// How <ace-search> looks, and its cards.
//
// A page styles it by variables on the element: --ace-accent, --ace-text,
// --ace-muted, --ace-surface, --ace-tile, --ace-line, --ace-radius, --ace-gap,
// --ace-column (least width of a card), --ace-ratio (of a medium); and by parts:
// label, field, input, progress, status, error, button, empty, results, item and
// image, audio or video, medium, picture, film, sound, missing, title. Colours
// follow the color-scheme of the place where the element stands.

const css = `
:host {
  display: block; color: var(--_text);
  --_text: var(--ace-text, light-dark(#1c1b19, #eeece8)); --_muted: var(--ace-muted, light-dark(#625f59, #a9a59d));
  --_surface: var(--ace-surface, light-dark(#fff, #1e2023)); --_tile: var(--ace-tile, light-dark(#f0eeea, #2a2c30));
  --_line: var(--ace-line, light-dark(#8a867e, #77746d)); --_accent: var(--ace-accent, light-dark(#0f6e66, #74d4c7));
  --_radius: var(--ace-radius, 12px); --_gap: var(--ace-gap, 16px);
}
:host([hidden]), [hidden] { display: none !important; }
*, ::before, ::after { box-sizing: border-box; }
p, ul { margin: 0; padding: 0; }
label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[part=field] { position: relative; }
input {
  display: block; width: 100%; min-height: 48px; padding: 0 16px; border: 1px solid var(--_line); border-radius: var(--_radius);
  background: var(--_surface); color: inherit; font: inherit; font-size: max(1em, 16px); appearance: none;
}
input::placeholder { color: var(--_muted); opacity: 1; }
:focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; }
progress { position: absolute; inset: auto 12px 0; width: calc(100% - 24px); height: 3px; border: 0; accent-color: var(--_accent); }
[part=status] { min-height: 1.5em; margin: 8px 0; color: var(--_muted); font-size: .875em; line-height: 1.5; }
[part=error] { padding: 16px; border: 1px solid var(--_line); border-radius: var(--_radius); overflow-wrap: anywhere; }
button { min-height: 40px; margin-top: 12px; padding: 0 16px; border: 1px solid var(--_line); border-radius: var(--_radius); background: var(--_surface); color: inherit; font: inherit; cursor: pointer; }
ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(var(--ace-column, 160px), 100%), 1fr)); gap: var(--_gap); list-style: none; }
[aria-busy=true] { min-height: 240px; }
li { position: relative; display: flex; flex-direction: column; min-width: 0; border-radius: var(--_radius); }
[part=medium] {
  display: grid; place-items: center; aspect-ratio: var(--ace-ratio, 1); overflow: hidden; border-radius: var(--_radius); background: var(--_tile);
  grid-template: minmax(0, 1fr) / minmax(0, 1fr);
}
img, video { width: 100%; height: 100%; object-fit: contain; }
audio { width: calc(100% - 16px); }
audio, video { position: relative; z-index: 1; }
[part=missing] { color: var(--_muted); font-size: .875em; }
a { display: block; padding: 6px 2px; overflow: hidden; color: inherit; font-size: .9375em; line-height: 1.4; text-decoration: none; text-overflow: ellipsis; white-space: nowrap; }
a::after { content: ""; position: absolute; inset: 0; border-radius: inherit; }
a:hover, a:focus-visible { text-decoration: underline; outline: none; }
li:has(a:focus-visible) { outline: 3px solid var(--_accent); outline-offset: 2px; }
`;

let made;

/** The style, made once for all elements of a page. */
export function sheet() {
  if (!made) {
    made = new CSSStyleSheet();
    made.replaceSync(css);
  }
  return made;
}

/** An element with attributes and listeners. */
export function element(name, attributes = {}, ...listeners) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  for (const [type, f] of listeners.flatMap(Object.entries)) made.addEventListener(type, f);
  return made;
}

/** The card of a hit: its medium, and its title as a link that covers the card. */
export function card(hit, words) {
  const li = element('li', { part: `item ${hit.kind}`, 'data-id': hit.id });
  const tile = element('div', { part: 'medium' });
  const medium = mediumOf(hit);
  medium.addEventListener('error', () => {
    medium.replaceWith(Object.assign(element('span', { part: 'missing' }), { textContent: words.missing }));
  });
  medium.src = hit.src;
  tile.append(medium);
  const link = element('a', { part: 'title', dir: 'auto', href: /^https?:/.test(hit.url) ? hit.url : hit.src });
  link.textContent = hit.title;
  li.append(tile, link);
  return li;
}

function mediumOf({ kind, file, title, captions }) {
  if (kind === 'audio') return element('audio', { part: 'sound', controls: '', preload: 'none', 'aria-label': title });
  if (/\.(mp4|m4v|webm|ogv|mov)$/i.test(file)) return element('video', { part: 'film', controls: '', preload: 'metadata', playsinline: '', 'aria-label': title });
  const alt = captions.length && captions[0] !== title ? captions[0] : ''; // the title stands below
  return element('img', { part: 'picture', alt, loading: 'lazy', decoding: 'async' });
}
