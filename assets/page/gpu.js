// Listens to WebGPU devices for the program, which sees only what calls return:
// the messages of the compiler, of validation and of memory, and a device's
// loss come later or not at all. core/gpu reads them from aceGPU.latest, the
// device that was opened last.
'use strict';
self.aceGPU = { latest: null };

if (self.GPUAdapter) {
  const requestDevice = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (descriptor) {
    const device = await requestDevice.call(this, descriptor);
    self.aceGPU.latest = watch(this, device);
    return device;
  };
}

function watch(adapter, device) {
  const info = adapter.info ?? {};
  const said = []; // outside begin and end
  const compiling = [];
  let lost = '';
  device.lost.then(({ reason, message }) => { lost = `the device was lost (${reason}): ${message}`; });
  device.addEventListener('uncapturederror', event => {
    event.preventDefault();
    said.push(event.error.message);
  });
  const createShaderModule = device.createShaderModule;
  device.createShaderModule = descriptor => {
    const module = createShaderModule.call(device, descriptor);
    compiling.push(module.getCompilationInfo().then(({ messages }) => messages
      .filter(m => m.type === 'error')
      .map(m => `kernel ${descriptor.label}: line ${m.lineNum}:${m.linePos}: ${m.message}`)));
    return module;
  };
  const scopes = ['validation', 'out-of-memory', 'internal'];
  return {
    device,
    adapter: [info.vendor, info.architecture, info.device, info.description].filter(Boolean).join(' ') || 'WebGPU',
    fallback: Boolean(info.isFallbackAdapter ?? adapter.isFallbackAdapter),
    begin() { for (const s of scopes) device.pushErrorScope(s); },
    // end tells done, in one text, what went wrong since begin; '' if nothing did.
    end(done) {
      const within = scopes.map(() => device.popErrorScope());
      const collect = async () => {
        const compiler = (await Promise.all(compiling.splice(0))).flat();
        const rest = (await Promise.all(within)).filter(Boolean).map(e => e.message);
        if (lost) return lost;
        return (compiler.length ? compiler : [...said.splice(0), ...rest]).join('; ');
      };
      collect().catch(error => lost || error.message).then(done);
    },
  };
}
