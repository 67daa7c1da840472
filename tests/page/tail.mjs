// The tail shows an event that was appended meanwhile, holds it back when paused, and goes on.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';
import { Desk } from './browser.mjs';

const firstSeq = (desk) => desk.text('main tbody th');

async function append(daemon, name) {
  const data = { name, kind: 'ent_domestic' };
  await daemon.append({ type: 'party.registered', agg: name, data });
  return String((await daemon.json('status')).head);
}

async function shows(desk, seq) {
  await desk.page.waitForFunction((want) =>
    document.querySelector('main tbody th')?.textContent.trim() === want, seq);
}

export async function the_tail_shows_what_is_appended_meanwhile({ daemon, browser }) {
  const desk = await Desk.open(browser, daemon.origin, 'tail');
  await desk.page.waitForSelector('.tail-state[data-state=live]');
  assert.equal(await firstSeq(desk), String((await daemon.json('status')).head));
  const seq = await append(daemon, 'tail-one');
  await shows(desk, seq);
  await desk.page.waitForFunction((want) =>
    document.querySelector('.tail-said').textContent.includes(want), seq);
  await desk.page.click('#pause');
  const held = await append(daemon, 'tail-two');
  await desk.page.waitForFunction(() =>
    document.querySelector('.tail-said').textContent.includes('1 waiting'));
  assert.equal(await firstSeq(desk), seq);
  await desk.page.click('#pause');
  assert.equal(await firstSeq(desk), held);
  await desk.go('tail?types=payment.*');
  await append(daemon, 'tail-three');
  const payment = await desk.table('Live tail');
  assert.ok(payment.rows.every((row) => row.some((cell) => cell.startsWith('payment.'))));
  return desk.close();
}

// Stands before the daemon as a web server would: when it goes away its streams end, and the next
// requests for one are refused.
class Proxy {
  static async start(origin) {
    const proxy = new Proxy();
    Object.assign(proxy, { origin, refusals: 0, streams: [] });
    proxy.server = createServer((request, response) => proxy.pass(request, response));
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  get address() {
    return `http://127.0.0.1:${this.server.address().port}`;
  }

  pass(request, response) {
    const stream = request.url.startsWith('/v1/tail');
    if (stream && this.refusals > 0) {
      this.refusals -= 1;
      response.writeHead(502).end();
      return;
    }
    const { method, headers } = request;
    const asking = ask(this.origin + request.url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
      if (stream) {
        this.streams.push({ answer, response });
      }
    });
    asking.on('error', () => response.end());
    response.on('close', () => asking.destroy());
    asking.end();
  }

  away(refusals) {
    this.refusals = refusals;
    for (const { answer, response } of this.streams.splice(0)) {
      answer.unpipe(response);
      response.end('retry: 1\n\n'); // the browser asks at once
    }
  }

  async stop() {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }
}

// Whether the tail of parties goes on behind the proxy, without a gap and without a double.
async function goesOn(daemon, desk, proxy) {
  await desk.page.waitForSelector('.tail-state[data-state=live]');
  const seqs = async () => (await desk.table('Live tail')).rows.map(([seq]) => seq);
  const before = await seqs();
  const seen = await append(daemon, 'tail-before');
  await shows(desk, seen);
  proxy.away(1);
  await desk.page.waitForSelector('.tail-state[data-state=lost]');
  const missed = await append(daemon, 'tail-missed');
  await shows(desk, missed);
  await desk.page.waitForSelector('.tail-state[data-state=live]');
  const last = await append(daemon, 'tail-after');
  await shows(desk, last);
  assert.deepEqual(await seqs(), [last, missed, seen, ...before]);
}

export async function the_tail_goes_on_after_an_answer_that_is_no_stream({ daemon, browser }) {
  const proxy = await Proxy.start(daemon.origin);
  try {
    const desk = await Desk.open(browser, proxy.address, 'tail?types=party.*');
    await goesOn(daemon, desk, proxy);
    const complaints = await desk.close();
    return complaints.filter((text) => !/status of 502/.test(text)); // the browser's own line
  } finally {
    await proxy.stop();
  }
}
