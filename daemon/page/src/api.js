// GET /v1/… of the daemon that served the page; there is no other origin.

import { language } from './language.js';

// What the daemon answered instead: application/problem+json. `code` is its status.
export class Problem extends Error {
  constructor(body) {
    super(body.detail || body.title || body.code);
    this.code = body.code || 'INTERNAL';
    this.title = body.title;
    this.field = body.field;
    this.state = body.state;
    this.legal = body.legal ?? [];
  }
}

export function address(path, params = {}) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries({ ...params, lang: language() })) {
    [value].flat().forEach((item) => query.append(key, String(item)));
  }
  return `/v1/${path.map(encodeURIComponent).join('/')}?${query}`;
}

async function problemOf(response) {
  try {
    return new Problem(await response.json());
  } catch {
    return new Problem({ code: `HTTP ${response.status}`, title: response.statusText });
  }
}

export async function get(path, params, signal) {
  let response;
  try {
    response = await fetch(address(path, params), { signal, cache: 'no-store' });
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new Problem({ code: 'UNREACHABLE' });
  }
  if (!response.ok) {
    throw await problemOf(response);
  }
  return response.json();
}

export const query = (name, params, signal) => get(['query', name], params, signal);
export const explain = (name, params, signal) => get(['explain', name], params, signal);
