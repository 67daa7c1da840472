// A cell as people read it: the rules of the command (ops/cli/cell.c, titles.c, values.c), with the
// same tables.
//
//   F1  Amounts are whole minor units until here, and are divided as BigInt: rounded half away
//       from zero where a unit hides digits, never a floating-point number in between.

import { columns, exponents, values } from 'tables';
import { language, t } from './language.js';

export const UNITS = { yuan: 1n, wan: 10000n, yi: 100000000n, fen: 0n };

function grouped(digits) {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

function exponentOf(currency) {
  return Object.prototype.hasOwnProperty.call(exponents, currency) ? exponents[currency] : 2;
}

// "1,234.50": `minor` is an integer number or BigInt, `unit` a key of UNITS.
export function money(minor, currency = 'CNY', unit = 'yuan') {
  const exponent = BigInt(exponentOf(currency));
  const value = BigInt(minor);
  const amount = value < 0n ? -value : value;
  let whole = 10n ** exponent * UNITS[unit]; // minor units in one of the shown
  let decimals = unit === 'yuan' ? exponent : 2n;
  if (unit === 'fen') {
    whole = 1n;
    decimals = 0n;
  }
  const step = whole / 10n ** decimals; // what the last decimal stands for
  const rest = amount % step;
  const shown = amount / step + (step > 1n && rest >= step - step / 2n ? 1n : 0n);
  const digits = shown.toString().padStart(Number(decimals) + 1, '0');
  const cut = digits.length - Number(decimals);
  const sign = value < 0n && shown > 0n ? '-' : '';
  return sign + grouped(digits.slice(0, cut)) + (decimals > 0n ? `.${digits.slice(cut)}` : '');
}

// An integer of tenths or thousandths with its decimals.
function fraction(value, digits) {
  const text = BigInt(value < 0 ? -value : value).toString().padStart(digits + 1, '0');
  const cut = text.length - digits;
  return `${value < 0 ? '-' : ''}${text.slice(0, cut)}.${text.slice(cut)}`;
}

export const permille = (value) => `${fraction(value, 1)}%`;

export const isBand = (key) => /^d\d/.test(key);

export function columnKind(key) {
  const fen = key.length > 4 && key.endsWith('_fen');
  return columns[key]?.kind ?? (isBand(key) || fen ? 'MONEY' : 'TEXT');
}

// d31_60: "31-60 d"; d90_plus: "> 90 d".
function bandTitle(key) {
  const days = language() === 'zh' ? ' 天' : ' d';
  const plus = key.includes('_plus');
  const text = key.slice(1).replace(/_plus.*/, '').replaceAll('_', '-');
  return (plus ? '> ' : '') + text + days;
}

export function columnTitle(key) {
  if (isBand(key)) {
    return bandTitle(key);
  }
  return columns[key]?.[language()] ?? key.replaceAll('_', ' ');
}

export function valueText(key, text) {
  if (key === 'bucket') {
    return columnTitle(text);
  }
  return (language() === 'zh' && values[`${key} ${text}`]) || text;
}

// µs since 1970 as Shanghai's civil time; China has had no summer time since 1991.
export function timeText(us) {
  const text = new Date(Math.floor(us / 1000) + 8 * 3600 * 1000).toISOString();
  return text.slice(0, 19).replace('T', ' ');
}

function numberText(key, value, row, unit) {
  switch (columnKind(key)) {
    case 'MONEY':
      return money(value, row.currency ?? 'CNY', unit);
    case 'PERMILLE':
      return permille(value);
    case 'TENTHS':
      return fraction(value, 1);
    case 'THOUSANDTHS':
      return fraction(value, 3);
    default:
      return key === 'recorded' ? timeText(value) : String(value);
  }
}

export function cellText(row, key, unit = 'yuan') {
  const cell = row[key];
  if (cell === null || cell === undefined) {
    return '';
  }
  if (typeof cell === 'string') {
    return valueText(key, cell);
  }
  if (typeof cell === 'boolean') {
    return t(cell ? 'yes' : 'no');
  }
  if (typeof cell === 'number') {
    return numberText(key, cell, row, unit);
  }
  const texts = Array.isArray(cell) && cell.every((item) => typeof item === 'string');
  return texts ? cell.join(', ') : JSON.stringify(cell);
}

export function isNumeric(key, rows) {
  return columnKind(key) === 'TEXT'
    ? key !== 'year' && rows.some((row) => typeof row[key] === 'number')
    : rows.every((row) => typeof row[key] === 'number' || !cellSays(row[key]));
}

// Neither zero nor empty?
export function cellSays(cell) {
  return Array.isArray(cell) ? cell.length > 0 : Boolean(cell);
}

const UNIT_NAMES = { yuan: 'unitYuan', wan: 'unitWan', yi: 'unitYi', fen: 'unitFen' };
export const unitText = (unit) => t(UNIT_NAMES[unit]);
