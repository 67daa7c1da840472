// Rows of statistics as series of a plot.

import { valueText } from '../format.js';
import { t } from '../language.js';

const TIMES = ['year', 'quarter', 'month'];
const SERIES_MAX = 8;
const BARS_MAX = 24;
const PERIODS_MAX = 600;

// A row's label has a text for each of its keys, in the reader's language.
function nameOf(row, keys, by) {
  const texts = (row.label ?? '').split(' / ');
  const told = texts.length === by.length;
  return keys.map((key) => (told ? texts[by.indexOf(key)]
    : valueText(key, String(row[key] ?? '–')))).join(' / ') || t('all');
}

const sumOf = (values) => values.reduce((total, value) => total + (value ?? 0), 0);

// "2021-Q4" is followed by "2022-Q1", "2021-12" by "2022-01", "2021" by "2022".
function following(period) {
  const [year, part] = period.split('-');
  if (part === undefined) {
    return String(Number(year) + 1);
  }
  const quarter = part.startsWith('Q');
  const number = Number(quarter ? part.slice(1) : part);
  const last = number === (quarter ? 4 : 12);
  const next = last ? 1 : number + 1;
  return `${Number(year) + last}-${quarter ? `Q${next}` : String(next).padStart(2, '0')}`;
}

// A period without contracts has no row, but it has its place on the axis.
function withoutGaps(labels) {
  const all = [labels[0]];
  while (all[all.length - 1] !== labels[labels.length - 1] && all.length < PERIODS_MAX) {
    all.push(following(all[all.length - 1]));
  }
  return all[all.length - 1] === labels[labels.length - 1] ? all : labels;
}

// Over periods: a line for each combination of the other keys, the largest ones of `all`.
function overTime(rows, { time, rest, by }, measure) {
  const labels = withoutGaps([...new Set(rows.map((row) => String(row[time])))].sort());
  const lines = new Map();
  for (const row of rows) {
    const name = nameOf(row, rest, by);
    if (!lines.has(name)) {
      lines.set(name, labels.map(() => null));
    }
    lines.get(name)[labels.indexOf(String(row[time]))] = row[measure];
  }
  const all = [...lines].map(([name, values]) => ({ name, values }))
    .sort((a, b) => sumOf(b.values) - sumOf(a.values));
  const series = all.slice(0, SERIES_MAX);
  return { labels, series, shown: series.length, all: all.length, bars: all.length === 1 };
}

// Without a period: a bar for each row, the largest ones of `all`.
function overKeys(rows, keys, measure) {
  const some = [...rows].sort((a, b) => b[measure] - a[measure]).slice(0, BARS_MAX);
  return { labels: some.map((row) => nameOf(row, keys, keys)), shown: some.length,
    all: rows.length, bars: true,
    series: [{ name: t('all'), values: some.map((row) => row[measure]) }] };
}

// {labels, series, shown, all, bars} for plot(), or null where there is nothing to draw.
export function plotted(rows, by, measure) {
  const drawn = rows.filter((row) => typeof row[measure] === 'number');
  if (drawn.length === 0 || by.length === 0) {
    return null;
  }
  const time = by.find((key) => TIMES.includes(key));
  const rest = by.filter((key) => key !== time);
  return time ? overTime(drawn, { time, rest, by }, measure) : overKeys(drawn, rest, measure);
}
