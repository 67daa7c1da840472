// Any projection by a table: #/projection/NAME?PARAMETER=…

import { query } from '../api.js';
import { asked, PAGE_ROWS, pagedTable, standLine } from '../answer.js';
import { el } from '../dom.js';
import { filterForm } from '../forms.js';
import { columnTitle } from '../format.js';
import { t } from '../language.js';
import { href, question } from '../route.js';
import { projectionList } from './projections.js';

export const name = 'projections';

function form(projection, params) {
  return filterForm(['projection', projection.name], params, projection.parameters.map((given) => ({
    name: given.name,
    label: columnTitle(given.name),
    many: true,
    hint: given.hint,
    list: given.values,
  })));
}

export async function show({ path, params, signal }) {
  const list = await projectionList(signal);
  const projection = list.find((one) => one.name === path[0])
    ?? { name: path[0] ?? '', help: '', parameters: [] };
  const controls = form(projection, params);
  const own = [...params.keys()].filter((key) => !['unit', 'as_of', 'known_at'].includes(key));
  const ask = { ...question(params, own), limit: PAGE_ROWS };
  const answer = await asked(controls, query(projection.name, ask, signal));
  const unit = params.get('unit') ?? 'yuan';
  const table = {
    caption: projection.name,
    unit,
    link: (row) => (projection.explain && row.key !== undefined
      ? href(['explain', projection.name], { ...ask, limit: '', key: keyText(row.key) }) : null),
  };
  return {
    title: projection.name,
    form: [el('p', { class: 'trail' },
      el('a', { href: href(['projections']) }, `← ${t('backTo', { title: t('projections') })}`)),
    el('p', { class: 'intro' }, projection.help), controls],
    body: [standLine(answer, unit),
      pagedTable(answer, (after) => query(projection.name, { ...ask, after }), table)],
  };
}

const keyText = (key) => (typeof key === 'string' ? key : JSON.stringify(key));
