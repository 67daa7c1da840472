// What the types allow, and what they forbid: an error that is expected and does not come is one.

import { connect, UnknownOutcome } from 'accrue';
import type { PartyRegisteredEvent, PaymentReceived } from 'accrue';

export async function use(): Promise<number> {
  const connection = await connect('unix:/run/accrued.sock', { timeout: 1000, language: 'zh' });
  const party: PartyRegisteredEvent = {
    type: 'party.registered', agg: 'ustb', data: { name: '北京科技大学', kind: 'university' },
  };
  const done = await connection.append([party, party]);
  const id: string = done.events[0].id;
  await connection.append({ type: 'x.own.note', agg: 'x/a', data: { any: ['thing'] } });
  // @ts-expect-error no such type
  await connection.append({ type: 'party.invented', agg: 'x', data: {} });
  // @ts-expect-error a required field is missing
  const payment: PaymentReceived = { amount_fen: 1, currency: 'CNY', payee: 'a' };
  // @ts-expect-error not a value of the field
  party.data.kind = 'circus';
  const answer = await connection.query('outstanding', { by: 'debtor' }, { asOf: '2026-03-31' });
  for await (const event of connection.tail(1, { types: 'payment.*', follow: false })) {
    const seq: number = event.seq;
    if (event.id === id && payment.amount_fen > 0) {
      return seq;
    }
  }
  try {
    await connection.get({ id });
  } catch (error) {
    if (error instanceof UnknownOutcome && error.events !== null) {
      await connection.append(error.events);
    }
  }
  await connection.close();
  return answer.at;
}
