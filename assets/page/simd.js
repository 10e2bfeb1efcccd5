// The SIMD kernels of core/gemm. Go has no vector instructions for WebAssembly, so
// they are a module of their own, which works on the memory of the Go program and
// travels inside it.
'use strict';

// aceSIMD prepares a Go object, before its program is instantiated: the program
// finds its kernels in the import module "simd". At its start it calls `start` with
// the place of the module; the answer is whether this engine takes it. With
// wanted = false it is not taken, and the program computes without.
function aceSIMD(go, wanted = true) {
  let kernels;
  const start = (at, length) => {
    const memory = go._inst.exports.mem;
    const bytes = new Uint8Array(memory.buffer, at >>> 0, length);
    if (!wanted || !WebAssembly.validate(bytes)) return 0;
    kernels = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } }).exports;
    return 1;
  };
  // Go defines the memory, so the kernels come second and are called through this.
  go.importObject.simd = new Proxy({ start }, {
    get: (own, name) => own[name] ?? ((...operands) => kernels[name](...operands)),
  });
}
