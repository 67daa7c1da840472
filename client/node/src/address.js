// Where the daemon listens: unix:PATH, PATH, tcp:ADDRESS:PORT or tcp:[ADDRESS]:PORT. Addresses are
// numbers: nothing is resolved.

import { isIPv4, isIPv6 } from 'node:net';
import { env, geteuid } from 'node:process';
import { make } from './errors.js';

/** As the command and libaccrue choose it. */
export function defaultUrl() {
  if (env.ACCRUE_URL) {
    return env.ACCRUE_URL;
  }
  if (geteuid?.() === 0 || env.XDG_RUNTIME_DIR === undefined) {
    return 'unix:/run/accrued.sock';
  }
  return `unix:${env.XDG_RUNTIME_DIR}/accrued.sock`;
}

/** The options of net.connect(), or Rejected. */
export function parse(url) {
  if (!url.startsWith('tcp:')) {
    const path = url.replace(/^unix:/, '');
    if (path !== '' && !path.includes('\0')) {
      return { path };
    }
  } else {
    const found = /^tcp:(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(url);
    const port = Number(found?.[3] ?? 0);
    const host = found?.[1] ?? found?.[2];
    if (port > 0 && port < 65536 && (found[1] ? isIPv6(host) : isIPv4(host))) {
      return { host, port, noDelay: true };
    }
  }
  throw make('BAD_PARAMS', `${JSON.stringify(url)}: not a URL`);
}
