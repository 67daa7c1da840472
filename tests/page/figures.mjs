// What the page shows is what `accrue … --json` says, to the fen, and in units what the command
// writes in them.

import assert from 'node:assert/strict';
import { Desk } from './browser.mjs';

// "1,234.50" as the integer of fen that it must have been.
function fen(text) {
  assert.match(text, /^-?[\d,]+\.\d\d$/);
  return Number(text.replace(/[,.]/g, ''));
}

function column(table, key) {
  const index = table.keys.indexOf(key);
  assert.notEqual(index, -1, `no column ${key} among ${table.keys}`);
  return table.rows.map((row) => row[index]);
}

export async function outstanding_equals_the_command({ daemon, browser }) {
  const desk = await Desk.open(browser, daemon.origin, 'outstanding?as_of=2022-06-30');
  const table = await desk.table('Outstanding');
  const answer = await daemon.json('outstanding', '--by', 'debtor', '--as-of', '2022-06-30',
    '--limit', '2000');
  assert.ok(answer.rows.length > 50);
  const largest = answer.rows.map((row) => row.outstanding).sort((a, b) => b - a).slice(0, 200);
  assert.deepEqual(column(table, 'outstanding').map(fen), largest);
  const rows = table.names.map((name) => answer.rows.find((row) => row.key === name));
  assert.equal(new Set(rows).size, largest.length);
  for (const key of ['outstanding', 'not_due', 'd90_plus', 'scheduled', 'paid']) {
    assert.deepEqual(column(table, key).map(fen), rows.map((row) => row[key]), key);
  }
  const bars = await desk.page.locator('td svg.bar[role=img]').all();
  assert.equal(bars.length, rows.length);
  const worst = rows.findIndex((row) => row.d90_plus > 0);
  assert.match(await bars[worst].getAttribute('aria-label'), /> 90 d [\d,]+\.\d\d/);
  assert.equal(fen(await desk.text('.card .headline dd')), answer.total[0].outstanding);
  assert.match(await desk.text('.stand'), new RegExp(
    `^As of 2022-06-30 · known at seq ${answer.known_at} · log at seq ${answer.at} · `));
  return desk.close();
}

export async function statistics_equal_the_command_in_every_unit({ daemon, browser }) {
  const desk = await Desk.open(browser, daemon.origin,
    'statistics?by=year&by=type&as_of=2023-01-01');
  const answer = await daemon.json('stats', '--by', 'year,type', '--as-of', '2023-01-01');
  const table = await desk.table('Figures');
  assert.ok(answer.rows.length >= 15);
  assert.deepEqual(column(table, 'turnover').map(fen), answer.rows.map((row) => row.turnover));
  assert.deepEqual(column(table, 'tech').map(fen), answer.rows.map((row) => row.tech));
  assert.deepEqual(column(table, 'count').map(Number), answer.rows.map((row) => row.count));
  assert.equal(await desk.page.locator('figure .plot canvas').count(), 1);
  for (const unit of ['wan', 'yi', 'fen']) {
    await desk.act(() => desk.page.selectOption('#unit', unit));
    const shown = column(await desk.table('Figures'), 'turnover');
    const csv = await daemon.accrue(['stats', '--by', 'year,type', '--as-of', '2023-01-01',
      '--csv', '--unit', unit]);
    const [head, ...lines] = csv.replace('\ufeff', '').trim().split(/\r?\n/)
      .map((line) => line.split(','));
    const at = head.indexOf('turnover');
    assert.deepEqual(shown.map((text) => text.replaceAll(',', '')), lines.map((row) => row[at]));
  }
  assert.match(await desk.page.evaluate(() => location.hash), /unit=fen/);
  return desk.close();
}

export async function a_plot_without_periods_has_the_same_figures({ daemon, browser }) {
  const desk = await Desk.open(browser, daemon.origin, 'statistics?by=region_out&measure=count');
  const answer = await daemon.json('stats', '--by', 'region_out');
  const table = await desk.table('Figures');
  assert.deepEqual(column(table, 'count').map(Number), answer.rows.map((row) => row.count));
  assert.match(await desk.page.locator('.plot').getAttribute('aria-label'), / by seller region/);
  return desk.close();
}

// What stands under the pointer at this part of the plot's width.
async function readout(desk, part) {
  const over = desk.page.locator('.plot .u-over');
  const { width, height } = await over.boundingBox();
  await over.hover({ position: { x: width * part, y: height / 2 } });
  return desk.text('.readout');
}

export async function a_plot_is_of_more_rows_than_the_table_shows({ daemon, browser }) {
  const desk = await Desk.open(browser, daemon.origin, 'statistics?by=district&measure=count');
  const { rows } = await daemon.json('stats', '--by', 'district');
  const largest = rows.reduce((most, row) => (row.count > most.count ? row : most));
  assert.ok(rows.indexOf(largest) >= 200); // not among those that the table shows
  assert.equal((await desk.table('Figures')).rows.length, 200);
  assert.equal(await readout(desk, 0.5 / 24), `${largest.label} · all ${largest.count}`);
  assert.match(await desk.text('figure'), new RegExp(`the 24 largest of ${rows.length}\\.$`));
  await desk.go('statistics?by=month,region_out&measure=turnover');
  const months = (await daemon.json('stats', '--by', 'month,region_out')).rows;
  assert.ok(months.length > 200);
  const sums = new Map();
  for (const { label, turnover } of months) {
    const region = label.split(' / ')[1];
    sums.set(region, (sums.get(region) ?? 0) + turnover);
  }
  const lines = [...sums].sort((a, b) => b[1] - a[1]).map(([region]) => region).slice(0, 8);
  assert.deepEqual(await desk.page.locator('.plot-legend li').allInnerTexts(), lines);
  assert.ok((await readout(desk, 0.999)).startsWith(months.at(-1).month));
  return desk.close();
}

export async function a_plot_of_a_part_says_so({ daemon, browser }) {
  const desk = await Desk.open(browser, daemon.origin);
  await desk.page.route('**/v1/query/statistics?*', (route) => { // as if an answer held no more
    const url = new URL(route.request().url());
    url.searchParams.set('limit', '10');
    return route.continue({ url: url.href });
  });
  await desk.go('statistics?by=district');
  assert.match(await desk.text('figure'), /The plot is of the first 10 rows by id/);
  await desk.go('statistics?by=year');
  assert.doesNotMatch(await desk.text('figure'), /The plot is of/);
  return desk.close();
}

export async function contracts_come_page_by_page_and_can_be_searched({ daemon, browser }) {
  const desk = await Desk.open(browser, daemon.origin, 'contracts');
  const answer = await daemon.json('query', 'contracts', '--param', 'by=contract');
  const keys = answer.rows.map((row) => row.key);
  assert.ok(keys.length > 200);
  assert.equal((await desk.table('Contracts')).rows.length, 200);
  await desk.page.getByRole('button', { name: 'Show more rows' }).click();
  await desk.page.waitForFunction((n) => document.querySelectorAll('tbody tr').length === n,
    keys.length);
  const focused = await desk.page.evaluate(() =>
    document.activeElement.closest('tr').dataset.href);
  assert.equal(focused, `#/contract/${encodeURIComponent(keys[200])}`);
  await desk.go(`contracts?search=${encodeURIComponent('多运动 tianan')}`);
  const found = await desk.table('Contracts');
  assert.equal(found.rows.length, 1);
  assert.match(found.rows[0][0], /多运动目标跟踪方法/);
  return desk.close();
}

export async function every_key_finds_its_contract({ daemon, browser }) {
  const desk = await Desk.open(browser, daemon.origin);
  const answer = await daemon.json('query', 'contracts', '--param', 'by=contract');
  const keys = answer.rows.filter((row) => row.total_fen > 0).map((row) => row.key);
  for (const key of [keys[0], keys[150], keys[keys.length - 1]]) {
    const row = answer.rows.find((one) => one.key === key);
    await desk.go(`contract/${encodeURIComponent(key)}`);
    assert.equal(await desk.text('h1'), row.label);
    assert.equal(await desk.page.locator('dt', { hasText: /^state$/ }).first()
      .evaluate((term) => term.nextElementSibling.textContent), row.state);
    const items = await daemon.json('query', 'open_items', '--param', `contract=${key}`);
    const table = await desk.table('Obligations');
    assert.deepEqual(column(table, 'scheduled').map(fen), items.rows.map((item) => item.scheduled));
  }
  return desk.close();
}

export async function the_agenda_equals_the_command({ daemon, browser }) {
  const desk = await Desk.open(browser, daemon.origin, 'agenda?as_of=2026-03-10&within=30');
  const answer = await daemon.json('agenda', '--as-of', '2026-03-10', '--within', '30');
  const coming = answer.rows.filter((row) => row.days >= 0);
  const late = answer.rows.filter((row) => row.days < 0);
  assert.ok(coming.length > 0 && late.length > 0);
  assert.deepEqual(column(await desk.table('Coming'), 'date'), coming.map((row) => row.date));
  assert.deepEqual(column(await desk.table('Late'), 'date'),
    late.slice(0, 200).map((row) => row.date));
  return desk.close();
}
