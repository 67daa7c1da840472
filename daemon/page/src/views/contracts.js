// Contracts by state, and a list of them; a search goes through the list page by page.

import { query } from '../api.js';
import { asked, emptyState, PAGE_ROWS, pagedTable, problemPanel, standLine } from '../answer.js';
import { el } from '../dom.js';
import { filterForm } from '../forms.js';
import { columnTitle, valueText } from '../format.js';
import { t } from '../language.js';
import { href, question } from '../route.js';
import { dataTable } from '../table.js';

export const name = 'contracts';

const STATES = ['DRAFT', 'SIGNED', 'TRIAL', 'ACTIVE', 'SUSP', 'DONE', 'TERM', 'VOID', 'DECL'];
const TYPES = ['development', 'transfer', 'license', 'consulting', 'service'];
const FLAGS = ['expired', 'trial_lapsed', 'evaluation_overdue', 'in_default'];
const FOUND_MAX = 100; // shown before one is asked whether to go on
const SCAN_ROWS = 2000; // looked at in one answer

function form(params) {
  const named = (column, values) => [['', t('any')],
    ...values.map((value) => [value, valueText(column, value)])];
  return filterForm(['contracts'], params, [
    { name: 'search', label: t('search'), type: 'search', hint: t('searchHint') },
    { name: 'state', label: t('state'), options: named('state', STATES) },
    { name: 'type', label: t('type'), options: named('type', TYPES) },
    { name: 'flag', label: t('flag'),
      options: [['', t('any')], ...FLAGS.map((flag) => [flag, columnTitle(flag)])] },
    { name: 'party', label: t('party') },
  ]);
}

function columns(unit) {
  return {
    caption: t('contracts'),
    unit,
    keys: ['label', 'key', 'state', 'registration', 'type', 'pay_mode', 'sellers', 'buyers',
      'sign_date', 'term_end', 'trial_end', 'currency', 'total_fen', ...FLAGS],
    link: (row) => href(['contract', row.key]),
    cells: { label: { title: columnTitle('title') } },
  };
}

function fits(row, words) {
  const text = [row.key, row.label, row.contract_no, row.department, ...row.sellers, ...row.buyers]
    .join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}

// A list of what fits, filled page by page until FOUND_MAX more are found or all are looked at.
async function searching(ask, text, unit, signal) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const place = el('div', { class: 'paged' });
  const found = [];
  let looked = 0;
  let after = null;
  const scan = async () => {
    const stop = found.length + FOUND_MAX;
    do {
      const page = await query('contracts',
        { ...ask, limit: SCAN_ROWS, ...(after === null ? {} : { after }) }, signal);
      found.push(...page.rows.filter((row) => fits(row, words)));
      looked += page.rows.length;
      after = page.next;
    } while (after !== null && found.length < stop);
    draw();
  };
  const goOn = () => scan().catch((problem) => place.append(problemPanel(problem, goOn)));
  const draw = () => {
    const more = after === null ? null
      : el('button', { type: 'button', id: 'search-on', click: goOn }, t('searchOn'));
    place.replaceChildren(
      found.length > 0 ? dataTable({ ...columns(unit), rows: found }) : emptyState({ at: 2 }),
      el('p', { class: 'count' }, t('searched', { n: found.length, all: looked }), ' ', more));
  };
  await scan();
  return place;
}

function byState(answer, params) {
  return el('section', {}, el('h2', {}, t('byState')),
    el('ul', { class: 'chips' }, answer.rows.map((row) => el('li', {},
      el('a', { href: href(['contracts'], { state: row.key, type: params.get('type') }) },
        row.label, ' ', el('span', { class: 'number' }, row.count))))));
}

export async function show({ params, signal }) {
  const controls = form(params);
  const unit = params.get('unit') ?? 'yuan';
  const filters = question(params, ['state', 'type', 'flag', 'party']);
  const ask = { ...filters, by: 'contract' };
  const text = params.get('search') ?? '';
  const { as_of, known_at } = filters;
  const stand = { ...(as_of ? { as_of } : {}), ...(known_at ? { known_at } : {}) };
  const list = async () => {
    if (text !== '') {
      return searching(ask, text, unit, signal);
    }
    const paged = { ...ask, limit: PAGE_ROWS };
    const answer = await query('contracts', paged, signal);
    return pagedTable({ ...answer, total: [] },
      (after) => query('contracts', { ...paged, after }), columns(unit));
  };
  const [states, body] = await asked(controls,
    Promise.all([query('contracts', { ...stand, by: 'state' }, signal), list()]));
  return {
    title: t('contracts'),
    form: [el('p', { class: 'intro' }, t('contractsIntro')), controls],
    body: [standLine(states, unit), byState(states, params), body],
  };
}
