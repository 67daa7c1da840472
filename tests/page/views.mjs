// Every view loads with real data in both languages, and axe finds nothing serious in either theme.

import assert from 'node:assert/strict';
import { Desk } from './browser.mjs';

const CONTRACT = encodeURIComponent('北科转〔2024〕017号');
const VIEWS = [
  ['', 'Overview', '总览'],
  ['outstanding?as_of=2025-12-31&creditor=ustb', 'Outstanding', '未结款项'],
  ['explain/outstanding?as_of=2025-12-31&by=debtor&key=tianan-borui',
    'Events behind tianan-borui', 'tianan-borui 的形成过程'],
  ['agenda?as_of=2026-03-10&party=zhigan', 'Agenda', '日程'],
  ['statistics?by=year&by=type', 'Statistics', '统计'],
  ['contracts?party=ustb', 'Contracts', '合同'],
  [`contract/${CONTRACT}`, '“多运动目标跟踪方法”专利先使用后付费许可',
    '“多运动目标跟踪方法”专利先使用后付费许可'],
  ['history/party%2Fustb', 'History of party/ustb', 'party/ustb 的历史'],
  ['event/2', 'Event 2', '事件 2'],
  ['tail', 'Live tail', '实时事件'],
  ['projections', 'All projections', '全部投影'],
  ['projection/open_items?kind=instalment&debtor=tianan-borui', 'open_items', 'open_items'],
];

async function eachView({ daemon, browser }, options, title, check) {
  const desk = await Desk.open(browser, daemon.origin, '', options);
  for (const view of VIEWS) {
    await desk.go(view[0]);
    assert.equal(await desk.text('h1'), view[title]);
    const shown = desk.page.locator('main table, main .catalogue, main pre');
    assert.ok(await shown.count() > 0, view[0]);
    assert.equal(await desk.page.locator('.problem').count(), 0, view[0]);
    await check(desk, view[0]);
  }
  return desk.close();
}

// All rules once; of the other theme only what depends on it.
async function accessible(desk, view, rules) {
  assert.deepEqual(await desk.violations(rules), [], view);
}

// On a narrow screen tables scroll by themselves, and the page only down.
async function fits(desk, view) {
  await desk.page.setViewportSize({ width: 390, height: 800 });
  const [wide, window] = await desk.page.evaluate(() =>
    [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(wide <= window, `${view}: ${wide} > ${window}`);
  await desk.page.setViewportSize({ width: 1280, height: 900 });
}

export async function every_view_in_english_and_light(world) {
  return eachView(world, { locale: 'en-GB', colorScheme: 'light' }, 1, async (desk, view) => {
    await accessible(desk, view, {});
    await fits(desk, view);
  });
}

export async function every_view_in_chinese_and_dark(world) {
  return eachView(world, { locale: 'zh-CN', colorScheme: 'dark' }, 2, async (desk, view) => {
    assert.equal(await desk.page.evaluate(() => document.documentElement.dataset.theme), 'dark');
    assert.equal(await desk.page.evaluate(() => document.documentElement.lang), 'zh-CN');
    await accessible(desk, view, { runOnly: { type: 'rule', values: ['color-contrast'] } });
  });
}

export async function every_projection_is_reachable({ daemon, browser }) {
  const desk = await Desk.open(browser, daemon.origin, 'projections');
  const { projections } = await daemon.json('query', '--list');
  const links = await desk.page.locator('.catalogue a').evaluateAll((all) =>
    all.map((link) => [link.textContent, link.hash.slice(2)]));
  assert.deepEqual(links.map(([name]) => name), projections.map(({ name }) => name));
  for (const [name, hash] of links) {
    await desk.go(hash);
    assert.equal(await desk.page.locator('.problem').count(), 0, name);
    assert.equal(await desk.page.locator('.stand').count(), 1, name);
  }
  return desk.close();
}
