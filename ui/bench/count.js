// Put before a worker's script: counts its calls of WebGPU and the milliseconds that it
// waits for buffers, and tells counter.mjs these and the bytes of its WebAssembly memories.
{
  let counts = {}, waited = 0;
  const count = (of, method, key = method) => {
    const was = globalThis[of]?.prototype[method];
    if (!was) return;
    globalThis[of].prototype[method] = function (...args) {
      counts[key] = (counts[key] ?? 0) + 1;
      return was.apply(this, args);
    };
  };
  count('GPUQueue', 'submit');
  count('GPUQueue', 'writeBuffer');
  count('GPUBuffer', 'mapAsync');
  if (globalThis.GPUBuffer) {
    const { mapAsync } = GPUBuffer.prototype;
    GPUBuffer.prototype.mapAsync = async function (...args) {
      const began = performance.now();
      await mapAsync.apply(this, args);
      waited += performance.now() - began;
    };
  }
  count('GPUComputePassEncoder', 'dispatchWorkgroups', 'dispatch');
  count('GPUComputePassEncoder', 'dispatchWorkgroupsIndirect', 'dispatch');
  count('GPUDevice', 'createBindGroup');

  const memories = new Set();
  const { Memory, instantiate } = WebAssembly;
  WebAssembly.Memory = class extends Memory { constructor(...args) { super(...args); memories.add(this); } };
  WebAssembly.instantiate = async (...args) => {
    const got = await instantiate(...args);
    for (const e of Object.values((got.instance ?? got).exports)) if (e instanceof Memory) memories.add(e);
    return got;
  };

  const channel = new BroadcastChannel(`bench ${self.name}`);
  channel.onmessage = ({ data }) => {
    if (data !== 'take') return;
    channel.postMessage({ counts, waited, memory: [...memories].reduce((n, m) => n + m.buffer.byteLength, 0) });
    counts = {};
    waited = 0;
  };
}
