// Every view by the first part of its address, and those that stand in the list.

import * as agenda from './views/agenda.js';
import * as contract from './views/contract.js';
import * as contracts from './views/contracts.js';
import * as event from './views/event.js';
import * as explain from './views/explain.js';
import * as history from './views/history.js';
import * as outstanding from './views/outstanding.js';
import * as overview from './views/overview.js';
import * as projection from './views/projection.js';
import * as projections from './views/projections.js';
import * as statistics from './views/statistics.js';
import * as tail from './views/tail.js';

export const views = {
  overview, outstanding, agenda, statistics, contracts, contract, tail, projections, projection,
  explain, event, history,
};

// [address, name of its text]
export const navigation = [
  ['', 'overview'], ['outstanding', 'outstanding'], ['agenda', 'agenda'],
  ['statistics', 'statistics'], ['contracts', 'contracts'], ['tail', 'tail'],
  ['projections', 'projections'],
];
