// One event, as it is stored: #/event/SEQ or #/event/ID.

import { get } from '../api.js';
import { el } from '../dom.js';
import { columnTitle, timeText } from '../format.js';
import { t } from '../language.js';
import { href } from '../route.js';
import { pairs } from '../table.js';
import { accountOf, aggregatePath } from './homes.js';

export const name = 'events';

// JSON as people read it: what is short stays on one line.
export function pretty(value, indent = '') {
  const flat = JSON.stringify(value);
  if (flat.length + indent.length <= 88 || value === null || typeof value !== 'object') {
    return flat;
  }
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return `[\n${value.map((item) => inner + pretty(item, inner)).join(',\n')}\n${indent}]`;
  }
  const lines = Object.entries(value).map(([key, item]) =>
    `${inner}${JSON.stringify(key)}: ${pretty(item, inner)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

export function eventFacts(event) {
  const account = accountOf(event);
  return pairs([
    [columnTitle('type'), event.type],
    [columnTitle('agg'), el('a', { href: href(aggregatePath(account)) }, account)],
    [columnTitle('effective'), event.effective],
    [columnTitle('recorded'), timeText(event.recorded)],
    [columnTitle('actor'), event.actor ?? event.by ?? ''],
    [columnTitle('flags'), (event.flags ?? []).join(', ')],
    [columnTitle('id'), event.id],
  ]);
}

export async function show({ path, signal }) {
  const which = path[0] ?? '';
  const found = await get(['get'], /^\d+$/.test(which) ? { seq: which } : { id: which }, signal);
  const event = found.events ? found.events[0] : found;
  const { seq } = event;
  const account = accountOf(event);
  const head = found.head ?? found.at ?? seq;
  const step = (to, text) => (to >= 1 && to <= head
    ? el('a', { href: href(['event', String(to)]) }, text) : null);
  return {
    title: t('eventOf', { seq }),
    body: [
      el('p', { class: 'trail' }, step(seq - 1, `← ${t('earlier')}`),
        step(seq + 1, `${t('later')} →`),
        el('a', { href: href(['history', account]) }, t('allEventsOf', { agg: account }))),
      el('h2', {}, t('eventFacts')), eventFacts(event),
      el('h2', { id: 'json' }, t('eventJson')),
      el('pre', { tabindex: 0, role: 'region', 'aria-labelledby': 'json' }, pretty(event))],
  };
}
