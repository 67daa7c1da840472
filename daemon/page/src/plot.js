// A plot of exact figures, by uPlot: lines over periods, bars over anything else.
//
//   P1  What is drawn are integers (fen, or a count; below 2^53, so a number holds them exactly);
//       what is written at the axis and under the pointer goes through the same rules as the table.
//   P2  The plot is a picture of the table below it and says so; nothing is only in the picture.

import uPlot from 'uplot';
import { el } from './dom.js';
import { money, unitText } from './format.js';

const HEIGHT = 300;
const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3]];

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

// The unit in which the axis is short.
function axisUnit(most, kind) {
  if (kind !== 'MONEY') {
    return null;
  }
  const units = [[10n ** 11n, 'yi'], [10n ** 7n, 'wan'], [0n, 'yuan']];
  return units.find(([least]) => BigInt(most) >= least)[1];
}

function tick(value, unit) {
  const whole = BigInt(Math.round(value));
  return unit === null ? whole.toString() : money(whole, 'CNY', unit).replace(/\.?0+$/, '');
}

function seriesStyle(index, bars) {
  const stroke = colour(`--plot-${(index % 8) + 1}`);
  return bars
    ? { stroke, fill: stroke, width: 0, points: { show: false },
      paths: uPlot.paths.bars({ size: [0.6, 56] }) }
    : { stroke, width: 2, dash: DASHES[Math.floor(index / 2) % 4],
      points: { show: true, size: 6, fill: stroke } };
}

function axes(labels, unit, bars) {
  const look = { stroke: colour('--text-soft'), font: '12px system-ui, sans-serif',
    grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line'), width: 1 } };
  const steep = bars && labels.length > 8; // every bar has its name
  const longest = Math.min(14, Math.max(...labels.map((label) => label.length)));
  const every = (chart) => {
    const room = chart.bbox.width / devicePixelRatio / (longest * 7 + 20);
    return steep ? 1 : Math.ceil(labels.length / Math.max(1, Math.floor(room)));
  };
  return [
    { ...look, grid: { show: false }, rotate: steep ? -40 : 0, size: steep ? 84 : 50,
      splits: (chart) => labels.map((_, index) => index)
        .filter((index) => index % every(chart) === 0),
      values: (_, splits) => splits.map((index) => {
        const label = labels[index] ?? '';
        return label.length > 14 ? `${label.slice(0, 13)}…` : label;
      }) },
    { ...look, size: 76, values: (_, splits) => splits.map((value) => tick(value, unit)) },
  ];
}

function legend(series, bars) {
  return bars && series.length === 1 ? null : el('ul', { class: 'plot-legend' },
    series.map((one, index) => el('li', {},
      el('span', { class: `swatch plot-${(index % 8) + 1}`, 'aria-hidden': 'true' }), one.name)));
}

// {title, labels, series: [{name, values}], kind, unit, bars}: an element, and how to let it go.
export function plot({ title, labels, series, kind, unit, bars }) {
  const most = Math.max(1, ...series.flatMap((one) => one.values.map((value) => value ?? 0)));
  const scale = axisUnit(most, kind);
  const place = el('div', { class: 'plot', role: 'img', 'aria-label': title });
  const readout = el('p', { class: 'readout', 'aria-hidden': 'true' });
  const shown = (value) => (kind === 'MONEY' ? money(value, 'CNY', unit) : String(value));
  const point = (chart) => {
    const { idx } = chart.cursor;
    readout.textContent = idx === null || idx === undefined ? '' : [labels[idx],
      ...series.filter((one) => typeof one.values[idx] === 'number')
        .map((one) => `${one.name} ${shown(one.values[idx])}`)].join('  ·  ');
  };
  const options = {
    width: 640,
    height: HEIGHT,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, y: false },
    scales: { x: { time: false, range: [-0.5, labels.length - 0.5] },
      y: { range: (_, low, high) => uPlot.rangeNum(Math.min(0, low), high, 0.05, true) } },
    axes: axes(labels, scale, bars),
    series: [{}, ...series.map((one, index) => ({ label: one.name, spanGaps: false,
      ...seriesStyle(index, bars) }))],
    hooks: { setCursor: [point] },
  };
  const data = [labels.map((_, index) => index), ...series.map((one) => one.values)];
  const chart = new uPlot(options, data, place);
  const observer = new ResizeObserver(([entry]) => {
    chart.setSize({ width: Math.max(240, Math.floor(entry.contentRect.width)), height: HEIGHT });
  });
  observer.observe(place);
  const caption = el('p', { class: 'axis-unit' }, title,
    scale === null ? '' : ` · ${unitText(scale).replace(/[,，].*/, '')}`);
  return {
    element: el('figure', {}, caption, place, legend(series, bars), readout),
    stop: () => {
      observer.disconnect();
      chart.destroy();
    },
  };
}
