// A daemon in a directory of its own, and a proxy before it that cuts connections. A plan is one
// entry a connection, the last one for all that follow:
//   null         pass everything
//   ['to', n]    pass n messages to the daemon, drop the next and cut
//   ['from', n]  pass n messages of the daemon, drop the next and cut
//   ['hold', n]  pass n messages of the daemon, then nothing, and stay open

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeMultiStream, encode } from '@msgpack/msgpack';

export class Daemon {
  static async start(...options) {
    const daemon = new Daemon();
    daemon.directory = await mkdtemp(join(tmpdir(), 'accrued-test-'));
    daemon.socket = join(daemon.directory, 's');
    daemon.options = options;
    await daemon.launch();
    return daemon;
  }

  async launch() {
    const program = join(process.env.ACCRUE_BIN_DIR, 'accrued');
    this.process = spawn(program, ['--data', join(this.directory, 'data'), '--listen',
      `unix:${this.socket}`, '--ready-fd', '3', ...this.options], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    this.ended = once(this.process, 'exit');
    const [line] = await once(this.process.stdio[3], 'data');
    this.ready = line.toString();
  }

  async stop() {
    this.process.kill('SIGTERM');
    await this.ended;
  }

  async remove() {
    if (this.process.exitCode === null) {
      this.process.kill('SIGKILL');
      await this.ended;
    }
    await rm(this.directory, { recursive: true, force: true });
  }
}

export class Proxy {
  requests = []; // of each connection: the messages of the client

  static async start(daemon, ...plan) {
    const proxy = new Proxy();
    proxy.url = `unix:${join(daemon.directory, 'proxy')}`;
    proxy.server = createServer((near) => {
      const entry = plan[Math.min(proxy.requests.length, plan.length - 1)];
      const seen = [];
      proxy.requests.push(seen);
      const far = connect(daemon.socket);
      const cut = () => {
        near.destroy();
        far.destroy();
      };
      for (const end of [near, far]) {
        end.on('error', cut);
        end.on('close', cut);
      }
      pass(near, far, entry, 'to', seen, cut);
      pass(far, near, entry, 'from', [], cut);
    });
    proxy.server.listen(proxy.url.slice(5));
    await once(proxy.server, 'listening');
    return proxy;
  }

  close() {
    this.server.close();
  }
}

async function pass(source, target, plan, direction, seen, cut) {
  try {
    for await (const message of decodeMultiStream(source)) {
      seen.push(message);
      if (plan?.[0] === direction && seen.length > plan[1]) {
        break;
      }
      if (!(plan?.[0] === 'hold' && direction === 'from' && seen.length > plan[1])) {
        target.write(encode(message));
      }
    }
  } catch {
    // either end has gone: so has the connection
  }
  cut();
}

export function note(id, fill = 40) {
  return { id, type: 'x.test.note', agg: 'x/test', data: { fill: 'x'.repeat(fill) } };
}

export async function collect(tail, count = Infinity) {
  const events = [];
  for await (const event of tail) {
    events.push(event);
    if (events.length === count) {
      break;
    }
  }
  return events;
}
