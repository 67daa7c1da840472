// Statistics of registered contracts: the question, a plot of one measure, and the figures.

import { query } from '../api.js';
import { asked, pagedTable, standLine } from '../answer.js';
import { el } from '../dom.js';
import { filterForm } from '../forms.js';
import { columnTitle } from '../format.js';
import { t } from '../language.js';
import { plot } from '../plot.js';
import { href, question } from '../route.js';
import { plotted } from './series.js';

export const name = 'statistics';

const PLOTTED_ROWS = 10000; // an answer's most: the plot shows the largest of all, not of a page

export const TIMES = ['year', 'quarter', 'month'];
const KEYS = ['type', 'subtype', 'region_out', 'region_in', 'local', 'kind_out', 'kind_in',
  'pay_mode', 'field', 'ip_kind', 'program', 'grant', 'agency', 'department', 'operator',
  'district', 'zone', 'size', 'sme_tech', 'hi_tech'];
const MEASURES = ['turnover', 'tech', 'count', 'average'];

// The parameter `by` is a list: a period and up to two other keys have controls of their own.
function formOf(params, by) {
  const split = by.filter((key) => !TIMES.includes(key));
  const shown = new URLSearchParams(params);
  shown.set('time', by.find((key) => TIMES.includes(key)) ?? 'none');
  shown.set('split', split[0] ?? '');
  shown.set('split2', split[1] ?? '');
  const keys = [['', t('none')], ...KEYS.map((key) => [key, columnTitle(key)])];
  const bases = [['', t('basisRestated')], ['original', t('basisOriginal')],
    ['flow', t('basisFlow')], ['received', t('basisReceived')]];
  const take = ({ time, split: first, split2, ...rest }) =>
    ({ ...rest, by: [time ?? 'year', first, split2].filter((key) => key && key !== 'none') });
  return filterForm(['statistics'], shown, [
    { name: 'time', label: t('time'), initial: 'year',
      options: [...TIMES.map((key) => [key, columnTitle(key)]), ['none', t('none')]] },
    { name: 'split', label: t('split'), options: keys },
    { name: 'split2', label: t('splitAnd'), options: keys },
    { name: 'basis', label: t('basis'), options: bases },
    { name: 'measure', label: t('measure'), initial: 'turnover',
      options: MEASURES.map((key) => [key, columnTitle(key)]) },
    { name: 'compare', label: t('compare'),
      options: [['', t('comparePrevious')], ['last-year', t('compareLastYear')]] },
    { name: 'year', label: t('years'), many: true, hint: '2021,2022' },
    { name: 'period', label: t('period'), hint: '2021-01-01..2022-12-31' },
    { name: 'where', label: t('where'), many: true, hint: 'region_out=12' },
  ], take);
}

function picture(answer, by, measure, unit) {
  const made = plotted(answer.rows, by, measure);
  if (made === null) {
    return null;
  }
  const keys = by.map(columnTitle).join(t('comma'));
  const title = t('plotOf', { measure: columnTitle(measure), keys });
  const largest = made.all > made.shown
    ? t('plotLargest', { n: made.shown, all: made.all }) : '';
  const first = answer.next === null ? '' : t('plotFirst', { n: answer.rows.length });
  const drawn = plot({ ...made, title: title + t('plotSame'), unit,
    kind: measure === 'count' ? 'NUMBER' : 'MONEY' });
  drawn.element.append(largest, ' ', first);
  return drawn;
}

export async function show({ params, signal }) {
  const given = params.getAll('by').flatMap((text) => text.split(','));
  const by = given.length > 0 ? given : ['year'];
  const controls = formOf(params, by);
  const unit = params.get('unit') ?? 'yuan';
  const measure = MEASURES.includes(params.get('measure')) ? params.get('measure') : 'turnover';
  const ask = { ...question(params, ['basis', 'where', 'year', 'period', 'compare']), by,
    limit: PLOTTED_ROWS };
  const answer = await asked(controls, query('statistics', ask, signal));
  const drawn = picture(answer, by, measure, unit);
  const table = {
    caption: t('figures'),
    unit,
    keys: ['label', ...by.filter((key) => by.length > 1 || !TIMES.includes(key)),
      ...Object.keys(answer.rows[0] ?? {}).filter((key) => !['key', 'label', ...by].includes(key))],
    link: (row) => href(['explain', 'statistics'], { ...ask, limit: '', key: row.key }),
  };
  return {
    title: t('statistics'),
    form: [el('p', { class: 'intro' }, t('statisticsIntro')), controls],
    body: [standLine(answer, unit), drawn?.element, el('h2', {}, t('figures')),
      pagedTable(answer, (after) => query('statistics', { ...ask, after }), table)],
    stop: drawn?.stop,
  };
}
