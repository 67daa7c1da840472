// All events of an aggregate: #/history/AGG, where AGG is kind/id, plain meaning a contract.

import { get } from '../api.js';
import { emptyState, PAGE_ROWS, problemPanel } from '../answer.js';
import { el } from '../dom.js';
import { columnTitle, money, timeText } from '../format.js';
import { t } from '../language.js';
import { href } from '../route.js';
import { dataTable } from '../table.js';
import { accountOf, aggregatePath } from './homes.js';

export const name = 'events';

const SUMMARY = 160; // characters

// What no type describes (x.*, x_…) may hold anything, whatever its key ends in.
function summaryPart(key, value, currency) {
  return key.endsWith('_fen') && Number.isInteger(value)
    ? `${key.slice(0, -4)} ${money(value, currency)} ${currency}` : `${key} ${value}`;
}

// What of an event's data fits in a line.
export function summary({ data = {} }) {
  const plain = Object.entries(data).filter(([key, value]) =>
    typeof value !== 'object' && key !== 'currency');
  const currency = typeof data.currency === 'string' ? data.currency : 'CNY';
  const text = plain.map(([key, value]) => summaryPart(key, value, currency)).join(' · ');
  return text.length > SUMMARY ? `${text.slice(0, SUMMARY)}…` : text;
}

export function eventTable(events, caption, withAggregate = true) {
  const link = (account) => el('a', { href: href(aggregatePath(account)) }, account);
  return dataTable({
    caption,
    rows: events,
    keys: ['seq', 'recorded', 'effective', 'type', ...(withAggregate ? ['agg'] : []), 'summary',
      'flags', 'actor'],
    link: (event) => href(['event', String(event.seq)]),
    cells: {
      agg: { title: columnTitle('agg'), class: 'agg', make: (event) => link(accountOf(event)) },
      recorded: { title: columnTitle('recorded'), class: 'time',
        make: (event) => timeText(event.recorded) },
      summary: { title: columnTitle('text'), class: 'summary', make: summary },
    },
  });
}

// The events, and a button for those after them.
export async function eventList(ask, caption, signal) {
  let answer = await get(['read'], { ...ask, limit: PAGE_ROWS }, signal);
  let { events } = answer;
  if (events.length === 0) {
    return emptyState({ at: answer.head });
  }
  const place = el('div');
  const draw = () => {
    const more = answer.next ? el('button', { type: 'button', click: load }, t('more')) : null;
    place.replaceChildren(eventTable(events, caption, false),
      el('p', { class: 'count' }, t('rowsShown', { n: events.length }), ' ', more));
  };
  const load = async () => {
    const first = events.length;
    try {
      answer = await get(['read'], { ...ask, from: answer.next, limit: PAGE_ROWS });
      events = [...events, ...answer.events];
      draw();
      place.querySelectorAll('tbody tr')[first]?.querySelector('a')?.focus();
    } catch (problem) {
      place.append(problemPanel(problem, draw));
    }
  };
  draw();
  return place;
}

export async function show({ path, signal }) {
  const agg = path[0] ?? '';
  const title = t('historyOf', { agg });
  return { title, body: [await eventList({ agg }, title, signal)] };
}
