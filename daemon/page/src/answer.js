// What every view says about an answer: where it stands, that there is nothing, or what went wrong.

import { el } from './dom.js';
import { unitText } from './format.js';
import { t } from './language.js';
import { dataTable } from './table.js';

export const PAGE_ROWS = 200;
const BASES = { restated: 'basisRestated', original: 'basisOriginal', flow: 'basisFlow',
  received: 'basisReceived' };

const basisText = (basis) => (BASES[basis] ? t(BASES[basis]) : basis);

// "As of … · known at seq … · amounts in yuan": which question the figures answer.
export function standLine(answer, unit = null) {
  const parts = [t('stand', { asOf: answer.as_of, knownAt: answer.known_at, at: answer.at })];
  if (answer.basis) {
    parts.push(t('basisIs', { basis: basisText(answer.basis) }));
  }
  if (unit) {
    parts.push(unitText(unit));
  }
  if (answer.open) {
    parts.push(t('openKnown'));
  }
  if (answer.no_rate?.length > 0) {
    parts.push(t('noRate', { n: answer.no_rate.length }));
  }
  return el('p', { class: 'stand', 'data-at': answer.at, 'data-known-at': answer.known_at },
    parts.join(' · '));
}

export function emptyState(answer, text = null) {
  const nothing = answer.at <= 1;
  return el('div', { class: 'empty' },
    el('p', {}, el('strong', {}, nothing ? t('emptyLog') : t('nothing'))),
    el('p', {}, nothing ? t('emptyLogHelp') : text ?? t('nothingHelp')));
}

const ADVICE = {
  BAD_PARAMS: 'doParams',
  NOT_FOUND: 'doNotFound',
  E_UNKNOWN_AGGREGATE: 'doNotFound',
  TOO_LARGE: 'doLarge',
  OVERLOADED: 'doLater',
  RATE_LIMITED: 'doLater',
  DEADLINE_EXCEEDED: 'doLater',
  UNAVAILABLE: 'doLater',
  UNREACHABLE: 'doReach',
  CORRUPT: 'doCorrupt',
};

export function problemPanel(problem, again) {
  const code = problem.code ?? 'INTERNAL';
  const text = code === 'UNREACHABLE' ? t('unreachable') : problem.message;
  const plain = code === 'BAD_PARAMS' && problem.legal?.length === 0;
  const advice = plain ? 'doParamsPlain' : ADVICE[code] ?? 'doReport';
  const line = (title, value) => (value
    ? el('div', {}, el('dt', {}, t(title)), el('dd', {}, value)) : null);
  return el('div', { class: 'problem', role: 'alert' },
    el('p', {}, el('strong', {}, t('problem'))),
    el('p', {}, el('code', {}, code), ' ', text),
    el('dl', { class: 'pairs' },
      line('problemField', problem.field),
      line('problemState', problem.state),
      line('problemLegal', problem.legal?.join(', ')),
      line('problemDo', t(advice))),
    el('button', { type: 'button', click: again }, t('tryAgain')));
}

// The table of an answer, PAGE_ROWS at a time, and a button for more of them: those that are there,
// then those after them, `ask(after)`. `order` sorts what is there.
export function pagedTable(answer, ask, table, empty = null) {
  if (answer.rows.length === 0) {
    return emptyState(answer, empty);
  }
  let { rows, next } = answer;
  let shown = PAGE_ROWS;
  const order = { column: null, down: false, ...table.order };
  const place = el('div', { class: 'paged' });
  const draw = () => {
    const some = next !== null || shown < rows.length;
    const count = Math.min(shown, rows.length);
    const more = some ? el('button', { type: 'button', click: load }, t('more')) : null;
    place.replaceChildren(dataTable({ ...table, rows, order, shown, total: answer.total }),
      el('p', { class: 'count' }, t(some ? 'rowsShownMore' : 'rowsShown', { n: count }),
        next !== null && order.column ? ` ${t('sortedPart', { n: rows.length })}` : '', ' ', more));
  };
  const load = async (event) => {
    const first = Math.min(shown, rows.length);
    event.target.disabled = true;
    try {
      if (shown >= rows.length) {
        const page = await ask(next);
        rows = [...rows, ...page.rows];
        ({ next } = page);
      }
      shown += PAGE_ROWS;
      draw();
      place.querySelectorAll('tbody tr')[first]?.querySelector('a')?.focus();
    } catch (problem) {
      event.target.replaceWith(problemPanel(problem, draw));
    }
  };
  draw();
  return place;
}

// The answer; a problem keeps the form with which it was asked, so that it can be corrected.
export async function asked(form, promise) {
  try {
    return await promise;
  } catch (problem) {
    problem.form = form;
    form.open = true;
    throw problem;
  }
}
