const http = require('http');
async function once(mode, bytes) {
  const server = http.createServer((q, r) => { q.resume(); q.on('end', () => { arrived(); setTimeout(() => { r.writeHead(200); r.end(Buffer.alloc(bytes, 'x')); }, 50); }); });
  let arrived; const arr = new Promise((r) => (arrived = r));
  await new Promise((r) => server.listen(0, '127.0.0.1', r));
  const agent = new http.Agent({ keepAlive: true });
  const res = new Promise((resolve) => { const q = http.request({ port: server.address().port, host: '127.0.0.1', method: 'POST', agent }, (s) => { let n = 0; s.on('data', (d) => (n += d.length)); s.on('end', () => resolve('ok ' + n)); s.on('error', (e) => resolve('res ' + e.code + ' ' + n)); s.on('aborted', () => resolve('aborted ' + n)); }); q.on('error', (e) => resolve('err ' + e.code + ' ' + e.message)); q.end('{"a":1}'); });
  await arr;
  await new Promise((r) => setTimeout(r, Math.random() * 10));
  const sweep = mode === 'sweep' ? setInterval(() => server.closeIdleConnections(), 10) : undefined;
  await new Promise((r) => server.close(r)); clearInterval(sweep); agent.destroy();
  return res;
}
(async () => { for (const mode of ['sweep', 'none']) for (const bytes of [100, 3e6]) { const c = {}; const t=Date.now(); for (let i = 0; i < 40; i++) { const x = await once(mode, bytes); c[x] = (c[x] || 0) + 1; } console.log(mode, bytes, c, Date.now()-t, 'ms'); } })();
