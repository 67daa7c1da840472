// One contract: its terms, its obligations and its events, at the viewpoint.

import { query } from '../api.js';
import { emptyState, PAGE_ROWS, pagedTable, standLine } from '../answer.js';
import { el } from '../dom.js';
import { cellSays, cellText, columnTitle } from '../format.js';
import { t } from '../language.js';
import { href, question } from '../route.js';
import { pairs } from '../table.js';
import { eventList } from './history.js';

export const name = 'contracts';

// A text after which `key` is the next one in the order of bytes: rows are asked for by what comes
// before them. The last character becomes the one before it, followed by the greatest there is.
export function justBefore(key) {
  const characters = [...key];
  const last = characters.pop().codePointAt(0);
  const before = last === 0xe000 ? 0xd7ff : last - 1;
  return `${characters.join('')}${String.fromCodePoint(before)}\u{10ffff}`;
}

async function contractRow(key, viewpoint, signal) {
  const answer = await query('contracts',
    { ...viewpoint, by: 'contract', limit: 1, after: justBefore(key) }, signal);
  return { answer, row: answer.rows.find((row) => row.key === key) };
}

function terms(row, unit) {
  const hidden = ['key', 'label', 'sellers', 'buyers'];
  return pairs([
    ...['sellers', 'buyers'].map((column) => [columnTitle(column), row[column].join(', ')]),
    ...Object.keys(row).filter((column) => !hidden.includes(column) && cellSays(row[column]))
      .map((column) => [columnTitle(column), cellText(row, column, unit)])]);
}

export async function show({ path, params, signal }) {
  const key = path[0] ?? '';
  const unit = params.get('unit') ?? 'yuan';
  const viewpoint = question(params, []);
  const owed = { ...viewpoint, contract: key, limit: PAGE_ROWS };
  const [{ answer, row }, obligations, events] = await Promise.all([
    contractRow(key, viewpoint, signal),
    query('open_items', owed, signal).catch((problem) => {
      if (problem.code === 'E_UNKNOWN_AGGREGATE' || problem.code === 'NOT_FOUND') {
        return null;
      }
      throw problem;
    }),
    eventList({ agg: key }, t('events'), signal),
  ]);
  const table = {
    caption: t('obligations'),
    unit,
    keys: ['no', 'kind', 'state', 'due', 'days_past_due', 'bucket', 'currency', 'scheduled',
      'outstanding', 'paid', 'disputed', 'waits_for', 'debtor_label', 'creditor_label',
      'limitation'],
    link: (item) => href(['explain', 'open_items'], { contract: key, key: item.key }),
  };
  return {
    title: row?.label ?? key,
    body: [
      el('p', { class: 'trail' },
        el('a', { href: href(['contracts']) }, `← ${t('backTo', { title: t('contracts') })}`),
        el('span', { class: 'key' }, key)),
      standLine(answer, unit),
      row ? [el('h2', {}, t('terms')), terms(row, unit)] : emptyState(answer),
      el('h2', {}, t('obligations')),
      obligations ? pagedTable(obligations, (after) => query('open_items', { ...owed, after }),
        table, t('noObligations')) : el('p', {}, t('noObligations')),
      el('h2', {}, t('events')), events],
  };
}
