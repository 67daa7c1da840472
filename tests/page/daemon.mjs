// A daemon of its own with data: a hundredth of the small registry (several years of registered
// contracts, more of them than fit in a page of rows), then the cases of ops/cases.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const { ACCRUE_BIN_DIR: bin, ACCRUE_SOURCE_DIR: source } = process.env;
const CASES = ['parties', 'binhai', 'tiankai', 'tiankai-not-reached', 'signing-day',
  'late-payment'];
const CONTRACT = /^20\d\d-[\dX]\d*01$/;

function texts(value) {
  if (value === null || typeof value !== 'object') {
    return [String(value)];
  }
  return Object.values(value).flatMap(texts);
}

// The events of some contracts, and the parties and technologies that they name.
async function registrySample() {
  const { stdout } = await run(join(bin, 'accrue-registry'), ['--profile', 'ci'],
    { maxBuffer: 1 << 28 });
  const events = stdout.trim().split('\n').map((line) => [line, JSON.parse(line)]);
  const ofContract = ([, event]) => CONTRACT.test(event.agg)
    || (event.data.alloc ?? []).some((line) => CONTRACT.test(line.owner));
  const wanted = new Set(events.filter(ofContract).flatMap(([, event]) => texts(event.data)));
  const named = ([, event]) => wanted.has(event.agg)
    && (event.type === 'party.registered' || event.type === 'technology.published');
  return events.filter((event) => ofContract(event) || named(event)).map(([line]) => line);
}

async function cases() {
  const files = await Promise.all(CASES.map((name) =>
    readFile(join(source, 'ops/cases', `${name}.ndjson`), 'utf8')));
  return files.join('').trim().split('\n').sort(); // each line begins with its time
}

export class Daemon {
  static async start() {
    const daemon = new Daemon();
    daemon.directory = await mkdtemp(join(tmpdir(), 'accrued-page-'));
    const socket = `unix:${join(daemon.directory, 's')}`;
    daemon.process = spawn(join(bin, 'accrued'), ['--data', join(daemon.directory, 'data'),
      '--ephemeral', '--init-load', '--listen', socket, '--listen', 'http:127.0.0.1:0',
      '--ready-fd', '3'], { stdio: ['ignore', 'ignore', 'inherit', 'pipe'] });
    daemon.ended = once(daemon.process, 'exit');
    const [line] = await Promise.race([once(daemon.process.stdio[3], 'data'), daemon.ended]);
    const port = /http:127\.0\.0\.1:(\d+)/.exec(String(line))?.[1];
    daemon.origin = `http://127.0.0.1:${port}`;
    daemon.environment = { ...process.env, ACCRUE_URL: socket, LC_ALL: 'C.UTF-8' };
    await daemon.fill();
    return daemon;
  }

  async fill() {
    const lines = [...await registrySample(), ...await cases()];
    await this.accrue(['load', '-'], `${lines.join('\n')}\n`);
    await this.accrue(['load', '--end']);
    await this.accrue(['append', join(source, 'ops/cases/correction.ndjson')]);
  }

  // What the command prints.
  async accrue(args, input = '') {
    const promise = run(join(bin, 'accrue'), args, { env: this.environment,
      maxBuffer: 1 << 26 });
    promise.child.stdin.on('error', () => {}); // who reads nothing may have ended; its status tells
    promise.child.stdin.end(input);
    const { stdout } = await promise;
    return stdout;
  }

  async json(...args) {
    return JSON.parse(await this.accrue([...args, '--json']));
  }

  async append(event) {
    return this.accrue(['append', '-'], `${JSON.stringify(event)}\n`);
  }

  async stop() {
    this.process.kill('SIGTERM');
    await this.ended;
    await rm(this.directory, { recursive: true, force: true });
  }
}
