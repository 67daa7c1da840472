// Aging bars: one strip a row, its parts as long as their amounts.
//
//   B1  Lengths are thousandths of the largest amount, divided as BigInt; every part also stands
//       in the figures beside the bar and in its text alternative.

import { svg, el } from './dom.js';
import { columnTitle, isBand, money } from './format.js';

// not_due, the bands as they come, disputed.
export function agingParts(row) {
  return ['not_due', ...Object.keys(row).filter(isBand), 'disputed'].filter((key) => key in row);
}

// not_due and disputed have colours of their own, bands go from pale to strong.
function partClass(key, bands) {
  if (!isBand(key)) {
    return `part-${key}`;
  }
  const steps = 5; // of style.css
  const at = bands.indexOf(key);
  return `part-band-${bands.length > 1 ? Math.round((at * (steps - 1)) / (bands.length - 1)) : 2}`;
}

function describe(row, parts, unit) {
  const said = parts.filter((key) => row[key] !== 0)
    .map((key) => `${columnTitle(key)} ${money(row[key], row.currency, unit)}`);
  return said.length > 0 ? said.join('; ') : money(0, row.currency, unit);
}

// `most`: the amount that fills the bar.
export function agingBar(row, most, unit) {
  const parts = agingParts(row);
  const bands = parts.filter(isBand);
  const whole = BigInt(most || 1);
  let at = 0;
  const strips = parts.map((key) => {
    const width = Number((BigInt(row[key]) * 1000n) / whole);
    const strip = row[key] > 0 ? svg('rect', { x: at, y: 0, width: Math.max(width, 4), height: 10,
      class: partClass(key, bands) }) : null;
    at += width;
    return strip;
  });
  return svg('svg', { class: 'bar', viewBox: '0 0 1000 10', preserveAspectRatio: 'none',
    role: 'img', 'aria-label': describe(row, parts, unit) }, strips);
}

// The parts of a total with their colours, names and amounts.
export function agingLegend(row, unit) {
  const parts = agingParts(row);
  const bands = parts.filter(isBand);
  return el('dl', { class: 'legend' }, parts.map((key) => el('div', {},
    el('dt', {}, svg('svg', { class: 'swatch', viewBox: '0 0 10 10', 'aria-hidden': 'true' },
      svg('rect', { width: 10, height: 10, class: partClass(key, bands) })), columnTitle(key)),
    el('dd', { class: 'num' }, money(row[key], row.currency, unit)))));
}
