// Go's own way to run a program under node, with the kernels of assets/page/simd.js and the loader of fetch.js and signed.js.
// ACE_SIMD=off leaves them out.
'use strict';
require('v8').setFlagsFromString('--experimental-wasm-relaxed-simd'); // which older versions want to be asked for
const { execFileSync } = require('child_process');
const { readFileSync } = require('fs');
const { join } = require('path');
const { runInThisContext } = require('vm');

const runtime = join(execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim(), 'lib', 'wasm');
for (const name of ['simd.js', 'fetch.js', 'signed.js']) runInThisContext(readFileSync(join(__dirname, '..', '..', 'assets', 'page', name), 'utf8'));
require(join(runtime, 'wasm_exec.js'));
globalThis.Go = class extends globalThis.Go {
  constructor() {
    super();
    aceSIMD(this, process.env.ACE_SIMD !== 'off');
  }
};
require(join(runtime, 'wasm_exec_node.js'));
