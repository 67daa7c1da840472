// What falls due within so many days, and what is late; a line leads to what it is about.

import { query } from '../api.js';
import { asked, PAGE_ROWS, pagedTable, standLine } from '../answer.js';
import { el } from '../dom.js';
import { filterForm } from '../forms.js';
import { columnTitle } from '../format.js';
import { t } from '../language.js';
import { href, question } from '../route.js';
import { aggregatePath } from './homes.js';

export const name = 'agenda';

const WHAT = ['instalment', 'conditional', 'verdict', 'trial_end', 'use_end', 'term_end',
  'policy_end', 'registration', 'filing', 'royalty_report', 'open_license_end', 'entrustment_end',
  'annual_fee', 'claim_adjust', 'claim_pay', 'loan'];

function form(params) {
  const days = ['7', '30', '90', '365'].map((n) => [n, n]);
  return filterForm(['agenda'], params, [
    { name: 'within', label: t('within'), options: days, initial: '30' },
    { name: 'overdue', label: t('lateToo'), options: [['', t('yes')], ['no', t('no')]] },
    { name: 'what', label: t('what'),
      options: [['', t('any')], ...WHAT.map((what) => [what, what.replaceAll('_', ' ')])] },
    { name: 'party', label: t('party') },
  ]);
}

export function daysText(days) {
  if (days === 0) {
    return t('today');
  }
  return t(days < 0 ? 'daysLate' : 'daysAhead', { n: Math.abs(days) });
}

export function agendaColumns(caption, unit) {
  const link = (agg) => el('a', { href: href(aggregatePath(agg)) }, agg);
  return {
    caption,
    unit,
    keys: ['date', 'when', 'text', 'agg', 'about', 'no', 'party', 'currency', 'amount'],
    cells: {
      when: { title: columnTitle('days'), class: 'num', make: (row) => daysText(row.days) },
      agg: { title: columnTitle('agg'), class: 'agg', make: (row) => link(row.agg) },
      about: { title: columnTitle('label'), class: 'about',
        make: (row) => (row.label === row.agg ? '' : row.label) },
    },
  };
}

// Rows come in the order of their dates, so those before as_of are the first of within=0.
async function lateOnly(ask, signal) {
  const answer = await query('agenda', { ...ask, within: 0 }, signal);
  const rows = answer.rows.filter((row) => row.days < 0);
  return { ...answer, rows, next: rows.length < answer.rows.length ? null : answer.next };
}

function section(title, count, answer, ask, unit) {
  const plain = { ...answer, total: [] };
  return el('section', {}, el('h2', {}, title, ' ', el('span', { class: 'number' }, count)),
    pagedTable(plain, ask, agendaColumns(title, unit), t('agendaNothing')));
}

export async function show({ params, signal }) {
  const controls = form(params);
  const unit = params.get('unit') ?? 'yuan';
  const ask = { ...question(params, ['within', 'what', 'party']), limit: PAGE_ROWS };
  const withLate = params.get('overdue') !== 'no';
  const soon = (after) => query('agenda', { ...ask, overdue: 'no', ...after }, signal);
  const [coming, late] = await asked(controls,
    Promise.all([soon({}), withLate ? lateOnly(ask, signal) : null]));
  const counts = [coming.total[0]?.entries ?? 0, late?.total[0]?.overdue ?? 0];
  return {
    title: t('agenda'),
    form: [el('p', { class: 'intro' }, t('agendaIntro')), controls],
    body: [standLine(coming, unit),
      section(t('coming'), counts[0], coming, (after) => soon({ after }), unit),
      late && counts[1] > 0 ? section(t('late'), counts[1], late,
        (after) => lateOnly({ ...ask, after }), unit) : null],
  };
}
