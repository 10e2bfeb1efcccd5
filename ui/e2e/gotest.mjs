// Runs a Go test binary of GOOS=js in Chromium, in a worker and under the
// page's policy as the search is:
//
//   GOOS=js GOARCH=wasm go test -exec "node $PWD/ui/e2e/gotest.mjs" ./core/gpu
//
// What the test prints is printed, and its exit status is the runner's.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { Browser } from './browser.mjs';

const [binary, ...given] = process.argv.slice(2);
const args = given.filter(a => !/^-test\.(testlogfile|gocoverdir)=/.test(a)); // files, which a browser has not
const limit = 120_000;

const root = new URL('../..', import.meta.url).pathname;
const goroot = execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim();
const files = {
  '/': ['text/html', '<!doctype html><title>go test</title><script src="page.js"></script>'],
  '/page.js': ['text/javascript', `
    const worker = new Worker('worker.js');
    worker.onmessage = e => 'code' in e.data ? window.exited = e.data : console.log(e.data.text);
    worker.onerror = e => { if (window.exited) return; console.log(e.message); window.exited = { code: 1 }; }; // a timer may ask the program when it is gone`],
  '/worker.js': ['text/javascript', `
    importScripts('wasm_exec.js', 'simd.js', 'gpu.js', 'fetch.js', 'signed.js');
    let line = '';
    const decoder = new TextDecoder();
    fs.writeSync = (fd, bytes) => {
      const lines = (line + decoder.decode(bytes, { stream: true })).split('\\n');
      line = lines.pop();
      for (const text of lines) postMessage({ text });
      return bytes.length;
    };
    const go = new Go();
    let code = 0;
    aceSIMD(go);
    go.argv = ['test', ...${JSON.stringify(args)}];
    go.exit = c => { code = c; };
    WebAssembly.instantiateStreaming(fetch('test.wasm'), go.importObject)
      .then(({ instance }) => go.run(instance))
      .catch(error => { line += error.message; code = 1; })
      .then(() => { postMessage({ text: line }); postMessage({ code }); });`],
  ...Object.fromEntries(['simd.js', 'gpu.js', 'fetch.js', 'signed.js'].map(name => [`/${name}`, ['text/javascript', fs.readFileSync(path.join(root, 'assets/page', name))]])),
  '/wasm_exec.js': ['text/javascript', fs.readFileSync(path.join(goroot, 'lib/wasm/wasm_exec.js'))],
  '/test.wasm': ['application/wasm', fs.readFileSync(binary)],
};
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";
const server = http.createServer((request, response) => {
  const [type, body] = files[new URL(request.url, 'http://localhost').pathname] ?? [];
  if (!type) return response.writeHead(404).end();
  response.writeHead(200, { 'Content-Type': type, 'Content-Security-Policy': policy }).end(body);
});
await new Promise(done => server.listen(0, '127.0.0.1', done));

const browser = await Browser.launch(['--enable-unsafe-webgpu']);
const { page } = await browser.visit();
let code = 1;
try {
  page.on('console', m => m.text() && console.log(m.text()));
  page.on('pageerror', e => console.log(`exception: ${e.message}`));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  ({ code } = await (await page.waitForFunction(() => window.exited, null, { timeout: limit })).jsonValue());
} catch (error) {
  console.log(String(error.message ?? error).split('\n')[0]);
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
}
process.exit(code);
