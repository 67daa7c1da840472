// Reading a figure: by keyboard alone, in both languages and themes, at any viewpoint; and what is
// said when a question is wrong.

import assert from 'node:assert/strict';
import { Desk } from './browser.mjs';

const focused = (desk) => desk.page.evaluate(() => document.activeElement.textContent.trim());

// Presses a key until what is focused has this text.
async function tabTo(desk, text, limit = 80) {
  for (let i = 0; i < limit; i += 1) {
    await desk.page.keyboard.press('Tab');
    if (await focused(desk) === text) {
      return;
    }
  }
  assert.fail(`${text} is not reached by Tab`);
}

export async function from_a_figure_to_its_event_by_keyboard({ daemon, browser }) {
  const desk = await Desk.open(browser, daemon.origin);
  await desk.page.keyboard.press('Tab');
  assert.equal(await focused(desk), 'Skip to the figures');
  await tabTo(desk, 'Outstanding');
  await desk.act(() => desk.page.keyboard.press('Enter'));
  assert.equal(await focused(desk), 'Outstanding'); // the heading
  await desk.go('outstanding?as_of=2025-12-31&debtor=tianan-borui');
  await tabTo(desk, '天津市天安博瑞科技有限公司');
  await desk.act(() => desk.page.keyboard.press('Enter'));
  assert.equal(await focused(desk), 'Events behind tianan-borui');
  const table = await desk.table('Events behind tianan-borui');
  const answer = await daemon.json('explain', 'outstanding', 'tianan-borui', '--by', 'debtor',
    '--as-of', '2025-12-31');
  assert.deepEqual(table.rows.map((row) => row[0]), answer.rows.map((row) => String(row.seq)));
  assert.equal(table.total[0].at(-1), '80,000.00');
  await tabTo(desk, String(answer.rows[0].seq));
  await desk.act(() => desk.page.keyboard.press('Enter'));
  const event = await daemon.json('get', String(answer.rows[0].seq));
  assert.deepEqual(JSON.parse(await desk.text('pre')), event);
  await desk.act(() => desk.page.goBack());
  assert.equal(await desk.text('h1'), 'Events behind tianan-borui');
  return desk.close();
}

export async function as_of_and_known_at_change_the_figures({ daemon, browser }) {
  const desk = await Desk.open(browser, daemon.origin);
  const total = () => desk.text('.card .headline dd');
  await desk.go('outstanding?debtor=tianan-borui&by=contract');
  await desk.page.fill('#as_of', '2025-12-31');
  await desk.act(() => desk.page.press('#as_of', 'Enter'));
  assert.equal(await total(), '80,000.00');
  await desk.page.fill('#known_at', '2025-12-31');
  await desk.act(() => desk.page.press('#known_at', 'Enter'));
  assert.equal(await total(), '120,000.00'); // the payment was recorded in January
  const hash = await desk.page.evaluate(() => location.hash);
  assert.match(hash, /as_of=2025-12-31/);
  assert.match(hash, /known_at=2025-12-31/);
  const complaints = await desk.close();
  const other = await Desk.open(browser, daemon.origin, hash.slice(2));
  assert.equal(await other.text('.card .headline dd'), '120,000.00'); // reproduced by the link
  await other.act(() => other.page.click('nav a[data-path=agenda]')); // and views keep it
  assert.match(await other.text('.stand'), /^As of 2025-12-31/);
  await other.act(() => other.page.click('#now'));
  assert.equal(await other.page.inputValue('#as_of'), '');
  return [...complaints, ...await other.close()];
}

export async function language_and_theme_are_switched_and_kept({ daemon, browser }) {
  const desk = await Desk.open(browser, daemon.origin,
    'outstanding?as_of=2025-12-31&debtor=tianan-borui', { colorScheme: 'light' });
  await desk.act(() => desk.page.click('#language'));
  assert.equal(await desk.text('h1'), '未结款项');
  assert.equal(await focused(desk), 'English');
  const table = await desk.table('未结款项');
  assert.ok(table.heads.includes('未到期'));
  const background = () => desk.page.evaluate(() =>
    getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await desk.act(() => desk.page.selectOption('#theme', 'dark'));
  assert.notEqual(await background(), light);
  await desk.page.reload();
  await desk.settled();
  assert.equal(await desk.text('h1'), '未结款项');
  assert.notEqual(await background(), light);
  return desk.close();
}

export async function a_wrong_question_says_what_is_wrong({ daemon, browser }) {
  const desk = await Desk.open(browser, daemon.origin, 'outstanding?buckets=90,30');
  const panel = desk.page.locator('[role=alert]');
  assert.match(await panel.innerText(), /BAD_PARAMS/);
  assert.match(await panel.innerText(), /buckets/);
  assert.match(await panel.innerText(), /what to do/);
  assert.equal(await desk.page.inputValue('#p-buckets'), '90,30'); // to be corrected
  await desk.page.fill('#p-buckets', '365,730');
  await desk.act(() => desk.page.click('#p-show'));
  assert.ok((await desk.table('Outstanding')).heads.includes('outstanding'));
  await desk.go('event/999999');
  assert.match(await panel.innerText(), /NOT_FOUND/);
  await desk.go('no_such_view');
  assert.equal(await desk.text('h1'), 'There is no such view');
  const complaints = await desk.close();
  return complaints.filter((text) => !/status of 40[04]/.test(text)); // the browser's own lines
}

// Of x.* and x_… the ledger reads nothing: their keys may look like an amount's, their values not.
export async function what_an_own_event_holds_is_shown_as_it_is({ daemon, browser }) {
  await daemon.append({ type: 'party.registered', agg: 'own-keys', data: { name: 'own-keys',
    kind: 'ent_domestic', x_price_fen: '12.50' } });
  await daemon.append({ type: 'x.quoted', agg: 'party/own-keys', data: { currency: 'constructor',
    fee_fen: 1250, price_fen: '12.50', rate_fen: true } });
  const desk = await Desk.open(browser, daemon.origin, 'history/party%2Fown-keys');
  const texts = async (caption) => (await desk.table(caption)).rows.map((row) => row.join(' '));
  const [registered, quoted] = await texts('History of party/own-keys');
  assert.match(registered, /x_price_fen 12\.50/);
  assert.match(quoted, /fee 12\.50 constructor · price_fen 12\.50 · rate_fen true/);
  for (const [view, caption] of [['', 'Latest events'], ['tail', 'Live tail']]) {
    await desk.go(view);
    assert.ok((await texts(caption)).some((text) => text.includes('price_fen 12.50 · rate_fen')));
    assert.equal(await desk.page.locator('.problem').count(), 0, view);
  }
  return desk.close();
}
