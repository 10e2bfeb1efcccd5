// Checks who signed a bundle, for pages that name a key: Ed25519 over its manifest, in a
// file of minisign's (https://jedisct1.github.io/minisign/) beside it. Only pages with a
// key load this.
'use strict';

// aceSigned gives the check for a public key: of the manifest's bytes and those of the
// signature's file. It rejects with what problem(message, hint) makes.
function aceSigned(key, problem) {
  const bytesOf = text => {
    try {
      return Uint8Array.from(atob(text.trim()), c => c.charCodeAt(0));
    } catch {
      return new Uint8Array();
    }
  };
  const letters = bytes => String.fromCharCode(...bytes.subarray(0, 2));
  const idOf = bytes => Array.from(bytes.subarray(2, 10), b => b.toString(16).padStart(2, '0')).reverse().join('').toUpperCase();

  // The key's file has a comment above it.
  const owner = bytesOf(String(key).trim().split('\n').at(-1));

  async function verifier() {
    if (owner.length !== 42 || letters(owner) !== 'Ed') {
      throw problem(`the key ${key} is no public key of minisign`, 'Give the second line of the .pub file that minisign -G makes.');
    }
    const subtle = globalThis.crypto?.subtle;
    if (!subtle) throw problem('its signature cannot be checked: this page was not loaded by https', 'Serve the page by https, or from localhost.');
    try {
      const imported = await subtle.importKey('raw', owner.subarray(10), 'Ed25519', false, ['verify']);
      return (signature, data) => subtle.verify('Ed25519', imported, signature, data);
    } catch ({ name, message }) {
      throw name === 'NotSupportedError'
        ? problem('its signature cannot be checked: this browser has no Ed25519', 'Chrome has it from version 137 on, Firefox from 129, Safari from 17.')
        : problem(`the key ${key}: ${message}`, 'Give the second line of the .pub file that minisign -G makes.');
    }
  }

  return async (manifest, file) => {
    const verify = await verifier();
    if (!file?.length) throw problem('it has no signature, manifest.json.minisig', 'ace pack --sign makes one; it is published with the bundle.');
    const lines = new TextDecoder().decode(file).replaceAll('\r\n', '\n').split('\n');
    const own = bytesOf(lines[1] ?? ''), whole = bytesOf(lines[3] ?? ''), said = 'trusted comment: ';
    const isForm = lines[0].startsWith('untrusted comment: ') && lines[2]?.startsWith(said) && !lines.slice(4).join('');
    const isHashed = letters(own) === 'ED';
    if (!isForm || own.length !== 74 || whole.length !== 64 || !isHashed && letters(own) !== 'Ed') {
      throw problem('its signature is none of minisign', 'ace pack --sign makes one; it is published with the bundle.');
    }
    if (idOf(own) !== idOf(owner)) {
      throw problem(`it is signed by key ${idOf(own)}, not by ${idOf(owner)}`, "Somebody other than the key's owner has published it.");
    }
    const signature = own.subarray(10), comment = new TextEncoder().encode(lines[2].slice(said.length));
    const both = new Uint8Array([...signature, ...comment]);
    if (!await verify(signature, isHashed ? aceBLAKE2b(manifest) : manifest) || !await verify(whole, both)) {
      throw problem('its signature does not fit its manifest', "Somebody other than the key's owner has altered one of them.");
    }
  };
}

// aceBLAKE2b is the BLAKE2b-512 of some bytes (RFC 7693), of which browsers have none. A
// word of 64 bits is two of 32, the lower one first.
function aceBLAKE2b(bytes) {
  const start = [0xf3bcc908, 0x6a09e667, 0x84caa73b, 0xbb67ae85, 0xfe94f82b, 0x3c6ef372, 0x5f1d36f1, 0xa54ff53a,
    0xade682d1, 0x510e527f, 0x2b3e6c1f, 0x9b05688c, 0xfb41bd6b, 0x1f83d9ab, 0x137e2179, 0x5be0cd19];
  const rounds = ['0123456789abcdef', 'ea489fd61c02b753', 'b8c052fdae367194', '7931dcbe265a40f8', '905724afe1bc683d', '2c6a0b834d75fe19',
    'c51fed4a0763928b', 'db7ec13950f4862a', '6fe9b308c2d714a5', 'a2847615fb9e3cd0', '0123456789abcdef', 'ea489fd61c02b753']
    .map(round => Array.from(round, digit => 2 * parseInt(digit, 16)));
  const mixed = ['048c', '159d', '26ae', '37bf', '05af', '16bc', '278d', '349e'].map(four => Array.from(four, digit => 2 * parseInt(digit, 16)));
  const state = Uint32Array.from(start), v = new Uint32Array(32), m = new Uint32Array(32);
  state[0] ^= 0x01010040; // without a key, 64 bytes of result
  const add = (x, low, high) => {
    const sum = v[x] + low;
    v[x + 1] += high + (sum > 0xffffffff);
    v[x] = sum;
  };
  const turn = (x, y, n) => { // to the right; shifts count modulo 32
    const a = v[x] ^ v[y], b = v[x + 1] ^ v[y + 1], low = n < 32 ? a : b, high = n < 32 ? b : a;
    v[x] = n === 32 ? low : low >>> n | high << -n;
    v[x + 1] = n === 32 ? high : high >>> n | low << -n;
  };
  const block = new Uint8Array(128), words = new DataView(block.buffer);
  for (let at = 0; at === 0 || at < bytes.length; at += 128) {
    const part = bytes.subarray(at, at + 128), isLast = at + 128 >= bytes.length;
    block.fill(0).set(part);
    for (let i = 0; i < 32; i++) m[i] = words.getUint32(4 * i, true);
    v.set(state);
    v.set(start, 16);
    v[24] ^= at + part.length;
    if (isLast) [v[28], v[29]] = [~v[28], ~v[29]];
    for (const round of rounds) {
      for (const [i, [a, b, c, d]] of mixed.entries()) {
        for (const [word, first, second] of [[round[2 * i], 32, 24], [round[2 * i + 1], 16, 63]]) {
          add(a, v[b], v[b + 1]);
          add(a, m[word], m[word + 1]);
          turn(d, a, first);
          add(c, v[d], v[d + 1]);
          turn(b, c, second);
        }
      }
    }
    for (let i = 0; i < 16; i++) state[i] ^= v[i] ^ v[i + 16];
  }
  const digest = new DataView(new ArrayBuffer(64));
  state.forEach((word, i) => digest.setUint32(4 * i, word, true));
  return new Uint8Array(digest.buffer);
}
