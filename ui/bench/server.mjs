// Serves the bench to the browser, isolated, so that its clock is fine:
//
//	/                        this folder
//	/ort/                    onnxruntime-web
//	/models/                 the rival's models
//	/site/DEVICE/NAME/       a site; DEVICE decides what its worker finds in the browser
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const types = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json', '.wasm': 'application/wasm' };
const here = import.meta.dirname;
const count = fs.readFileSync(path.join(here, 'count.js'), 'utf8');

// before is put before a worker's script.
const before = {
  plain: 'Object.defineProperty(navigator, "gpu", { value: undefined });\n',
  simd: 'Object.defineProperty(navigator, "gpu", { value: undefined });\n',
  webgpu: '',
};
// other is what stands in a worker's script instead.
const other = { plain: text => text.replace('aceSIMD(go);', 'aceSIMD(go, false);') };

export async function serve(sites, models) {
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, 'http://localhost').pathname).slice(1) || 'index.html';
    const [first, device, ...rest] = name.split('/');
    const [root, file] = first === 'ort' ? [path.join(here, 'node_modules/onnxruntime-web/dist'), name.slice(4)]
      : first === 'models' ? [models, name.slice(7)]
      : first === 'site' ? [sites, rest.join('/')]
      : [here, name];
    const full = path.join(root, file);
    if (!full.startsWith(root + path.sep) || !fs.existsSync(full) || !fs.statSync(full).isFile()) return response.writeHead(404).end();
    let bytes = fs.readFileSync(full);
    const join = (...parts) => { bytes = Buffer.concat(parts.map(p => Buffer.from(p))); };
    if (file.endsWith('rival.mjs')) join(count, bytes);
    if (first === 'site' && file.endsWith('/worker.js')) join(count, before[device], other[device]?.(bytes.toString()) ?? bytes);
    response.writeHead(200, {
      'Content-Type': types[path.extname(file)] ?? 'application/octet-stream', 'Content-Length': bytes.length, 'Cache-Control': 'no-store',
      'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp', 'Cross-Origin-Resource-Policy': 'same-origin',
    }).end(bytes);
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () => new Promise(done => { server.closeAllConnections(); server.close(done); }),
  };
}
