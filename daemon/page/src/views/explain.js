// The events behind one figure: #/explain/PROJECTION?key=…, with the parameters of the question.

import { explain } from '../api.js';
import { PAGE_ROWS, pagedTable, standLine } from '../answer.js';
import { el } from '../dom.js';
import { columnTitle, valueText } from '../format.js';
import { t } from '../language.js';
import { href, question } from '../route.js';
import { aggregatePath, homeOf, titleOf } from './homes.js';

function without(params, names) {
  const rest = {};
  for (const key of new Set(params.keys())) {
    if (!names.includes(key)) {
      rest[key] = params.getAll(key);
    }
  }
  return rest;
}

export async function show({ path, params, signal }) {
  const projection = path[0] ?? '';
  const own = Object.keys(without(params, ['as_of', 'known_at', 'unit', 'limit', 'after']));
  const ask = { ...question(params, own), limit: PAGE_ROWS };
  const answer = await explain(projection, ask, signal);
  const unit = params.get('unit') ?? 'yuan';
  const back = href(homeOf(projection), without(params, ['key']));
  const link = (to, text) => (text ? el('a', { href: to }, text) : '');
  const table = {
    caption: t('explainOf', { key: params.get('key') ?? '' }),
    unit,
    keys: ['seq', 'effective', 'type', 'what', 'agg', 'obligation', 'currency', 'amount'],
    link: (row) => (row.type ? href(['event', String(row.seq)]) : null),
    cells: {
      what: { title: columnTitle('what'),
        make: (row) => (row.type ? valueText('what', row.what ?? '') : t('explainRest')) },
      agg: { title: columnTitle('agg'), class: 'agg',
        make: (row) => link(href(aggregatePath(row.agg ?? '')), row.agg) },
    },
  };
  return {
    title: t('explainOf', { key: params.get('key') ?? '' }),
    body: [
      el('p', { class: 'trail' },
        el('a', { href: back }, `← ${t('backTo', { title: titleOf(projection) })}`)),
      el('p', { class: 'intro' }, t('explainIntro')),
      standLine(answer, unit),
      pagedTable(answer, (after) => explain(projection, { ...ask, after }), table)],
  };
}
