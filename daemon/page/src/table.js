// Rows of an answer as a table: columns that say nothing are left out, numbers stand right, the
// first column names the row and leads to what is behind it.

import { el } from './dom.js';
import { cellSays, cellText, columnKind, columnTitle, isNumeric } from './format.js';
import { t } from './language.js';

const SHORT = 24; // characters that are not broken into lines

// A value that sorts as it reads: numbers as numbers, texts by the language's order.
function compare(a, b) {
  if (typeof a === 'number' && typeof b === 'number') {
    return a - b;
  }
  return String(a ?? '').localeCompare(String(b ?? ''));
}

// `label` stands for the row where there is one, its key beside it.
function nameCell(row, column, link, table) {
  const text = cellText(row, column, table.unit);
  const shown = link ? el('a', { href: link }, text || '–') : text;
  const key = column === 'label' && table.keyed && !text.endsWith(row.key) ? row.key : null;
  return el('th', { scope: 'row' }, shown, key ? [' ', el('span', { class: 'key' }, key)] : null);
}

function dataCell(row, column, table) {
  const special = table.cells?.[column];
  if (special?.make) {
    return el('td', { class: special.class }, special.make(row));
  }
  const text = cellText(row, column, table.unit);
  const numeric = table.numeric.has(column);
  const negative = columnKind(column) === 'MONEY' && text.startsWith('-') ? ' negative' : '';
  const short = text.length <= SHORT ? 'short' : null;
  return el('td', { class: numeric ? `num${negative}` : short }, text);
}

function bodyRow(row, table) {
  const link = table.link?.(row);
  return el('tr', { class: link ? 'leads' : null, 'data-href': link, 'data-key': row.key },
    table.columns.map((column, index) =>
      (index === 0 ? nameCell(row, column, link, table) : dataCell(row, column, table))));
}

function totalRow(total, table) {
  const name = total.currency ? `${t('total')} ${total.currency}` : t('total');
  return el('tr', {}, table.columns.map((column, index) => {
    if (index === 0) {
      return el('th', { scope: 'row' }, name);
    }
    const named = column === 'currency' || table.cells?.[column]?.make;
    return named ? el('td') : dataCell(total, column, table);
  }));
}

function headCell(column, table, sort) {
  const special = table.cells?.[column];
  const title = special?.title ?? columnTitle(column);
  const first = column === table.columns[0];
  const numeric = table.numeric.has(column) && !first && !special?.make ? 'num' : special?.class;
  if (special?.make) {
    return el('th', { scope: 'col', class: numeric, 'data-column': column }, title);
  }
  return el('th', { scope: 'col', class: numeric, 'aria-sort': 'none', 'data-column': column },
    el('button', { type: 'button', class: 'sort', title: t('sortHint'), click: () => sort(column) },
      title));
}

// Where the reader clicks, unless on something of its own or while selecting text.
function follow(event) {
  const row = event.target.closest('tr[data-href]');
  if (row && !event.target.closest('a, button') && String(getSelection()) === '') {
    location.hash = row.dataset.href;
  }
}

function usedColumns(rows, table) {
  const wanted = table.keys ?? Object.keys(rows[0] ?? {});
  const named = wanted.includes('label') ? wanted.filter((key) => key !== 'key') : wanted;
  const ordered = named.includes('label')
    ? ['label', ...named.filter((key) => key !== 'label')] : named;
  const says = (row, key) => cellSays(row[key]) && (key === 'label' || row[key] !== row.label);
  return ordered.filter((key, index) => index === 0 || table.cells?.[key]
    || rows.some((row) => says(row, key)));
}

// Sorts the rows by the order's column; the rows stand in it from then on.
function arrange(rows, { column, down }) {
  if (column) {
    rows.sort((a, b) => compare(a[column], b[column]) * (down ? -1 : 1));
  }
}

// {caption, rows, keys?, total?, unit?, link?(row), order?, shown?, cells?: {column: {title?,
// class?, make?(row)}}}: `order` {column, down} is how the rows are sorted, and kept up to date; so
// many as `shown` are drawn.
export function dataTable(given) {
  const rows = [...given.rows];
  const keyed = (given.keys ?? Object.keys(rows[0] ?? {})).includes('key');
  const table = { ...given, keyed, columns: usedColumns(rows, given) };
  table.numeric = new Set(table.columns.filter((key) => isNumeric(key, rows)));
  const order = given.order ?? { column: null, down: false };
  const body = el('tbody', { click: follow });
  const head = el('tr');
  const draw = () => {
    arrange(rows, order);
    body.replaceChildren(...rows.slice(0, given.shown).map((row) => bodyRow(row, table)));
    for (const cell of head.querySelectorAll('[aria-sort]')) {
      const way = order.down ? 'descending' : 'ascending';
      cell.setAttribute('aria-sort', cell.dataset.column === order.column ? way : 'none');
    }
  };
  const sort = (column) => {
    order.down = order.column === column ? !order.down : table.numeric.has(column);
    order.column = column;
    draw();
  };
  head.append(...table.columns.map((column) => headCell(column, table, sort)));
  draw();
  const total = rows.length > 1 ? table.total ?? [] : [];
  const foot = total.length > 0
    ? el('tfoot', {}, total.map((row) => totalRow(row, table))) : null;
  const wide = table.columns[0] === 'label' ? ' wide' : '';
  return el('div', { class: `scroll${wide}`, tabindex: 0, role: 'region',
    'aria-label': table.caption },
  el('table', {}, el('caption', {}, table.caption), el('thead', {}, head), body, foot));
}

// Pairs of title and text, what says nothing left out.
export function pairs(list) {
  return el('dl', { class: 'pairs' }, list.filter(([, value]) => value !== '' && value !== null)
    .map(([title, value]) => el('div', {}, el('dt', {}, title), el('dd', {}, value))));
}
