// The tail shows an event that was appended meanwhile, holds it back when paused, and goes on.

import assert from 'node:assert/strict';
import { Desk } from './browser.mjs';

const firstSeq = (desk) => desk.text('main tbody th');

async function append(daemon, name) {
  const data = { name, kind: 'ent_domestic' };
  await daemon.append({ type: 'party.registered', agg: name, data });
  return String((await daemon.json('status')).head);
}

async function shows(desk, seq) {
  await desk.page.waitForFunction((want) =>
    document.querySelector('main tbody th')?.textContent.trim() === want, seq);
}

export async function the_tail_shows_what_is_appended_meanwhile({ daemon, browser }) {
  const desk = await Desk.open(browser, daemon.origin, 'tail');
  await desk.page.waitForSelector('.tail-state[data-state=live]');
  assert.equal(await firstSeq(desk), String((await daemon.json('status')).head));
  const seq = await append(daemon, 'tail-one');
  await shows(desk, seq);
  await desk.page.waitForFunction((want) =>
    document.querySelector('.tail-said').textContent.includes(want), seq);
  await desk.page.click('#pause');
  const held = await append(daemon, 'tail-two');
  await desk.page.waitForFunction(() =>
    document.querySelector('.tail-said').textContent.includes('1 waiting'));
  assert.equal(await firstSeq(desk), seq);
  await desk.page.click('#pause');
  assert.equal(await firstSeq(desk), held);
  await desk.go('tail?types=payment.*');
  await append(daemon, 'tail-three');
  const payment = await desk.table('Live tail');
  assert.ok(payment.rows.every((row) => row.some((cell) => cell.startsWith('payment.'))));
  return desk.close();
}
