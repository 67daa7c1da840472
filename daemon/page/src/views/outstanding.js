// What is owed, by age. Totals stand per currency; a row leads to the events behind its figure.

import { query } from '../api.js';
import { asked, pagedTable, standLine } from '../answer.js';
import { agingBar, agingLegend, agingParts } from '../bars.js';
import { el } from '../dom.js';
import { filterForm } from '../forms.js';
import { columnTitle, isBand, money } from '../format.js';
import { t } from '../language.js';
import { href, question } from '../route.js';

export const name = 'outstanding';

const SORTED_ROWS = 2000; // among so many the largest come first
const PARAMETERS = ['by', 'debtor', 'creditor', 'contract', 'kind', 'buckets'];
const KINDS = ['lump', 'instalment', 'entry_fee', 'milestone', 'conditional', 'royalty',
  'min_royalty', 'deposit', 'expense', 'penalty', 'interest', 'commission', 'premium',
  'distribution', 'restitution', 'purchase_price'];

function form(params) {
  const by = [['debtor', t('byDebtor')], ['creditor', t('byCreditor')],
    ['contract', t('byContract')], ['obligation', t('byObligation')],
    ['currency', t('byCurrency')]];
  return filterForm(['outstanding'], params, [
    { name: 'by', label: t('by'), options: by, initial: 'debtor' },
    { name: 'debtor', label: columnTitle('debtor') },
    { name: 'creditor', label: columnTitle('creditor') },
    { name: 'contract', label: columnTitle('contract') },
    { name: 'kind', label: columnTitle('kind'), list: KINDS },
    { name: 'buckets', label: t('buckets'), many: true, hint: '30,60,90' },
    { name: 'columns', label: t('allColumns'), options: [['', t('no')], ['all', t('yes')]] },
  ]);
}

// A sum of amounts of one currency, exact.
function sum(row, keys) {
  return keys.reduce((total, key) => total + BigInt(row[key]), 0n);
}

function figure(title, amount) {
  return el('div', {}, el('dt', {}, title), el('dd', { class: 'num' }, amount));
}

// One total a currency: they are never added together.
export function totalCard(total, unit) {
  const shown = (amount) => money(amount, total.currency, unit);
  const overdue = sum(total, agingParts(total).filter(isBand));
  return el('section', { class: 'card', 'aria-label': t('totalOf', { currency: total.currency }) },
    el('h2', {}, t('totalOf', { currency: total.currency })),
    el('dl', { class: 'headline' },
      figure(columnTitle('outstanding'), shown(total.outstanding)),
      figure(t('overdue'), shown(overdue)),
      figure(columnTitle('contingent'), shown(total.contingent)),
      figure(columnTitle('unapplied_credit'), shown(total.unapplied_credit))),
    agingBar(total, total.outstanding, unit), agingLegend(total, unit));
}

// The largest amount of each currency: what fills its bars.
function largest(rows) {
  const most = {};
  for (const row of rows) {
    most[row.currency] = Math.max(most[row.currency] ?? 0, row.outstanding);
  }
  return most;
}

function columnsOf(row, all) {
  const bands = Object.keys(row).filter(isBand);
  const some = ['label', 'key', 'currency', 'aging', 'outstanding', 'not_due', ...bands,
    'disputed', 'contingent', 'unapplied_credit', 'scheduled', 'paid'];
  return all ? ['label', 'key', 'currency', 'aging',
    ...Object.keys(row).filter((key) => !['label', 'key', 'currency'].includes(key))] : some;
}

export async function show({ params, signal }) {
  const controls = form(params);
  const ask = { by: 'debtor', ...question(params, PARAMETERS), limit: SORTED_ROWS };
  const answer = await asked(controls, query('outstanding', ask, signal));
  const unit = params.get('unit') ?? 'yuan';
  const most = largest(answer.rows);
  const table = {
    caption: t('outstanding'),
    order: { column: 'outstanding', down: true },
    unit,
    keys: columnsOf(answer.rows[0] ?? {}, params.get('columns') === 'all'),
    link: (row) => href(['explain', 'outstanding'], { ...ask, limit: '', key: row.key }),
    cells: { label: { title: columnTitle(ask.by) }, aging: { title: t('aging'), class: 'aging',
      make: (row) => agingBar(row, most[row.currency], unit) } },
  };
  return {
    title: t('outstanding'),
    form: [el('p', { class: 'intro' }, t('outstandingIntro')), controls],
    body: [standLine(answer, unit), el('div', { class: 'cards' },
      answer.total.map((total) => totalCard(total, unit))),
    pagedTable(answer, (after) => query('outstanding', { ...ask, after }), table)],
  };
}
