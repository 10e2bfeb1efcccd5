// Two servers of a site: `ace serve`, and a plain one that knows neither
// compression nor caching, can be mounted below a path, get types wrong, damage
// an answer, or have pages of its own beside the site's.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';

const types = {
  '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json', '.wasm': 'application/wasm',
  '.png': 'image/png', '.jpg': 'image/jpeg', '.gif': 'image/gif', '.webp': 'image/webp', '.wav': 'audio/wav', '.ogg': 'audio/ogg',
};

// plainServer serves folder root below path at. wrongTypes: everything that a
// browser does not need to know is application/octet-stream. alter(name, bytes)
// may return other bytes, a number: a status, or null: the connection breaks. pages
// are texts by name, headers are sent with every answer. Files that slow names share a
// line of rate bytes a second, and the first byte comes after latency milliseconds.
export async function plainServer(root, { at = '/', wrongTypes = false, alter = (_, bytes) => bytes, pages = {}, headers = {}, slow = /^$/, rate = 50_000, latency = 400 } = {}) {
  const line = new Line(rate, latency);
  const server = http.createServer((request, response) => {
    const url = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const name = url.startsWith(at) ? url.slice(at.length) || 'index.html' : null;
    const file = name === null ? null : path.join(root, name);
    if (pages[name] !== undefined) return response.writeHead(200, { 'Content-Type': types[path.extname(name)], ...headers }).end(pages[name]);
    if (!file?.startsWith(root + path.sep) || !fs.existsSync(file) || !fs.statSync(file).isFile()) return response.writeHead(404).end();
    const answer = alter(name, fs.readFileSync(file));
    if (answer === null) return response.destroy();
    if (typeof answer === 'number') return response.writeHead(answer).end();
    const ext = path.extname(name);
    const type = wrongTypes && !['.html', '.js', '.css', '.svg'].includes(ext) ? 'application/octet-stream' : types[ext] ?? 'application/octet-stream';
    response.writeHead(200, { 'Content-Type': type, 'Content-Length': answer.length, ...headers });
    if (slow.test(name)) line.send(response, answer);
    else response.end(answer);
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}${at}`,
    close: () => new Promise(done => { server.closeAllConnections(); server.close(done); }),
  };
}

// Line is what all answers of a server go through, as on a slow connection.
class Line {
  free = 0; // when it is free again

  constructor(rate, latency) { Object.assign(this, { rate, latency }); }

  async send(response, bytes) {
    const until = time => new Promise(done => setTimeout(done, time - performance.now()));
    await until(performance.now() + this.latency);
    for (let at = 0; at < bytes.length && !response.destroyed; at += 16_384) {
      const chunk = bytes.subarray(at, at + 16_384);
      this.free = Math.max(this.free, performance.now()) + 1000 * chunk.length / this.rate;
      await until(this.free);
      response.write(chunk);
    }
    response.end();
  }
}

// aceServer runs `ace serve`.
export async function aceServer(ace, root) {
  const port = await freePort();
  const child = spawn(ace, ['serve', root, '--addr', `127.0.0.1:${port}`], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', d => { said += d; });
  const url = `http://127.0.0.1:${port}/`;
  for (let i = 0; ; i++) {
    if (child.exitCode !== null) throw new Error(`${ace} serve ended: ${said}`);
    const ok = await fetch(url).then(r => r.ok, () => false);
    if (ok) break;
    if (i === 100) throw new Error(`${ace} serve does not answer: ${said}`);
    await new Promise(done => setTimeout(done, 50));
  }
  return {
    url,
    close: () => new Promise(done => { child.once('exit', done); child.kill('SIGINT'); }),
  };
}

function freePort() {
  return new Promise((done, fail) => {
    const s = net.createServer();
    s.once('error', fail);
    s.listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); });
  });
}
