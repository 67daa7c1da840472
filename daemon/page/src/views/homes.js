// Where a projection is shown: in a view of its own, else in the general one.

import { t } from '../language.js';

const OWN = ['outstanding', 'agenda', 'statistics', 'contracts'];

export const homeOf = (projection) =>
  (OWN.includes(projection) ? [projection] : ['projection', projection]);

export const titleOf = (projection) => (OWN.includes(projection) ? t(projection) : projection);

// The account of an event's aggregate, kind/id; plain is a contract. Where a type has one kind
// `agg` is the plain id, so the account is looked for among those that the event touched.
export function accountOf(event) {
  const { agg, agg_seq: version, touches = [] } = event;
  const found = touches.find(([account, n]) => n === version
    && (account === agg || account.endsWith(`/${agg}`)));
  return found ? found[0] : agg;
}

// An aggregate as it is written: kind/id, plain meaning a contract.
export const aggregatePath = (agg) => (agg.includes('/') ? ['history', agg] : ['contract', agg]);
