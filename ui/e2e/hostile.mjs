// A site whose texts, addresses and file names want to be more than that.
import { execFile } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

// Each would call pwned, or ask evil.example for something, were it markup, a
// script, a style, a template or an address to follow.
export const attacks = [
  '<script>pwned(1)</script>', '<img src=x onerror="pwned(2)">', '"><svg onload=pwned(3)>', `'"--></title></style></textarea></script><iframe src="javascript:parent.pwned(4)">`,
  '<a href="javascript:pwned(5)">dog</a>', '<style>@import "https://evil.example/6"; * { background: url(https://evil.example/6) }</style>',
  '<link rel="stylesheet" href="//evil.example/7"><base href="//evil.example/">', '<meta http-equiv="refresh" content="0;url=https://evil.example/8">',
  '<object data="//evil.example/9"></object><embed src="//evil.example/9"><video><source onerror=pwned(9)></video>', '{{constructor.constructor("pwned(10)")()}}${pwned(10)}#{pwned(10)}',
  '&lt;img src=x onerror=pwned(11)&gt;', '\u202e<b>\u2028pwned(12)\u2029</b>\ufeff', '<math><mtext></p><style><img src onerror=pwned(13)></style></mtext></math>', "');pwned(14);//", 'javascript:pwned(15)',
  '<template shadowrootmode=open><img src=x onerror=pwned(16)></template>', '" autofocus onfocus="pwned(17)" x="', '../../../../etc/passwd',
];

const addresses = ['javascript:pwned(20)', ' JaVaScRiPt:pwned(21)', 'java\nscript:pwned(22)', 'data:text/html,<script>pwned(23)</script>', 'vbscript:pwned(24)', '//evil.example/25', 'blob:pwned', 'file:///etc/passwd'];
const files = ['javascript:pwned(30)', 'data:image/svg+xml,<svg onload="pwned(31)">', '//evil.example/32.png', '\\\\evil.example\\33.png', '../../../34.png', 'media/"onerror="pwned(35).png', 'x?<>#%00%zz.png'];
const names = ['a"><img src=x onerror=pwned(40)>.png', 'javascript:pwned(41).png', 'b#c?d%2e%2e%00.png', "e' onerror='pwned(42).png", '..%2f..%2f.png', 'é\u202egnp.png'];

function picture(colour) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]), size = Buffer.alloc(4), sum = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    sum.writeUInt32BE(zlib.crc32(body));
    return Buffer.concat([size, body, sum]);
  };
  const row = [0, ...Array(8).fill(colour).flat()];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', Buffer.from([0, 0, 0, 8, 0, 0, 0, 8, 8, 2, 0, 0, 0])),
    chunk('IDAT', zlib.deflateSync(Buffer.from(Array(8).fill(row).flat()))), chunk('IEND', Buffer.alloc(0))]);
}

// hostileSite builds one below dir, with the ace command, and then writes into its
// bundle what build would not. It returns the site's folder and its items.
export async function hostileSite(ace, dir) {
  const from = path.join(dir, 'collection'), site = path.join(dir, 'site');
  fs.mkdirSync(from);
  const items = attacks.map((attack, i) => {
    const file = names[i] ?? `${i}.png`;
    fs.writeFileSync(path.join(from, file), picture([i * 14, 255 - i * 14, 99]));
    const others = k => attacks[(i + k) % attacks.length];
    return { id: `${i} ${attack}`, file, title: `${i} ${attack}`, captions: [`${attack} caption ${i}`, others(1)], keywords: [`tag ${attack}`, others(2)], url: 'https://example.org/',
      meta: { [attack]: others(3), '<b>half</b>': `${i % 2} <i>`, subtitles: others(4) } };
  });
  fs.writeFileSync(path.join(from, 'items.jsonl'), items.map(it => JSON.stringify(it)).join('\n'));
  fs.writeFileSync(path.join(from, 'about.json'), JSON.stringify({ title: attacks[0], examples: attacks.slice(0, 6), credits: attacks.slice(0, 6).map(text => ({ text })) }));
  await promisify(execFile)(ace, ['build', from, '-o', site, '--size', 'tiny', '--epochs', '2', '--seed', '1']);
  rewrite(path.join(site, 'bundle'), 'items.0000', text => text.trim().split('\n').map(line => {
    const it = JSON.parse(line), i = parseInt(it.id);
    it.url = addresses[i % addresses.length];
    if (i >= names.length) it.file = files[i - names.length] ?? it.file;
    it.thumb = [...addresses, ...files][i]; // the last have none
    return JSON.stringify(it) + '\n';
  }).join(''), meta => {
    meta.credits = addresses.map(url => ({ text: url, url }));
  });
  return { site, items };
}

const sha256 = data => crypto.createHash('sha256').update(data).digest('hex');

// rewrite changes the text of a section and the meta data of a bundle, hashes and
// all.
export function rewrite(bundle, name, change, changeMeta = () => {}) {
  const manifest = JSON.parse(fs.readFileSync(path.join(bundle, 'manifest.json'), 'utf8'));
  const s = manifest.sections.find(s => s.name === name);
  const file = () => path.join(bundle, `${name}.${s.tag}.bin`);
  const decoded = Buffer.from(change(zlib.gunzipSync(fs.readFileSync(file())).toString()));
  const stored = zlib.gzipSync(decoded);
  fs.rmSync(file());
  Object.assign(s, { size: decoded.length, sha256: sha256(decoded), stored: stored.length, tag: sha256(stored).slice(0, 16) });
  fs.writeFileSync(file(), stored);
  changeMeta(manifest.meta);
  delete manifest.sha256;
  const open = JSON.stringify(manifest).slice(0, -1);
  fs.writeFileSync(path.join(bundle, 'manifest.json'), `${open},"sha256":"${sha256(open)}"}`);
}
