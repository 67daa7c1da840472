// Where things stand: what is owed, what is next, what came last, and how the log is doing.

import { get, query } from '../api.js';
import { emptyState, problemPanel, standLine } from '../answer.js';
import { el } from '../dom.js';
import { columnTitle, timeText } from '../format.js';
import { t } from '../language.js';
import { href, question } from '../route.js';
import { dataTable, pairs } from '../table.js';
import { agendaColumns } from './agenda.js';
import { eventTable } from './history.js';
import { homeOf } from './homes.js';
import { totalCard } from './outstanding.js';

export const name = 'overview';

const SOME = 6; // lines of what is next and what came last
const STATES = { ready: 'stateReady', loading: 'stateLoading', clock: 'stateClock',
  corrupt: 'stateCorrupt', poisoned: 'statePoisoned', stopping: 'stateStopping' };

// A section that may fail by itself.
async function section(title, more, make) {
  const body = await make().catch((problem) => {
    if (problem.name === 'AbortError') {
      throw problem;
    }
    return problemPanel(problem, () => dispatchEvent(new Event('redraw')));
  });
  return el('section', {}, el('h2', {}, title, more
    ? [' ', el('a', { class: 'aside', href: href([more]) }, t('seeAll', { title: t(more) }))]
    : null), body);
}

function bytesText(bytes) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`;
}

function scrubText(scrub) {
  if (!scrub?.on) {
    return t('off');
  }
  return scrub.time > 0 ? `${scrub.result} ${timeText(scrub.time)}` : t('never');
}

function headFacts(status) {
  const { snapshot } = status;
  return pairs([
    [columnTitle('head'), el('a', { href: href(['event', String(status.head)]) }, status.head)],
    [columnTitle('recorded'), timeText(status.recorded)],
    [columnTitle('warning'), status.warning],
    [columnTitle('log_id'), status.log_id],
    [columnTitle('release'), `${status.release} · ${columnTitle('rules')} ${status.rules}`],
    [columnTitle('started'), timeText(status.started)],
    [columnTitle('connections'), String(status.connections)],
    [columnTitle('tails'), String(status.tails)],
    [columnTitle('events'), String(status.events)],
    [columnTitle('groups'), String(status.groups)],
    [columnTitle('queued'), String(status.queued)],
    [columnTitle('log_used'), bytesText(status.bytes.log_used)],
    [columnTitle('snapshot'), snapshot.failed
      || (snapshot.seq > 0 ? `seq ${snapshot.seq}` : t('never'))],
    [columnTitle('scrub'), scrubText(status.scrub)],
  ]);
}

function stageTable(status) {
  const names = t('stages').split(',');
  const rows = ['wait', 'apply', 'commit', 'answer'].map((stage, index) =>
    ({ stage: names[index], ...status.stages[stage] }));
  return dataTable({ caption: t('latencies'), rows,
    keys: ['stage', 'count', 'p50_us', 'p99_us', 'max_us'],
    cells: { count: { title: columnTitle('requests'), class: 'num',
      make: (row) => String(row.count) } } });
}

function projectionPositions(status) {
  const all = status.projections;
  const behind = all.filter((projection) => projection.at < status.head);
  const said = behind.length > 0
    ? t('projectionsBehind', { n: behind.length, all: all.length })
    : t('projectionsAt', { n: all.length, at: status.head });
  const item = (projection) => el('li', {},
    el('a', { href: href(homeOf(projection.name)) }, projection.name),
    projection.at < status.head ? ` ${projection.at}` : null);
  return [el('p', {}, said), el('ul', { class: 'columns' }, all.map(item))];
}

function health(status) {
  const ready = status.state === 'ready' && status.warning === '';
  return [
    el('p', { class: ready ? 'state good' : 'state bad', 'data-state': status.state },
      STATES[status.state] ? t(STATES[status.state]) : status.state),
    headFacts(status), el('h3', {}, t('latencies')), stageTable(status),
    el('h3', {}, t('positions')), projectionPositions(status)];
}

export async function show({ params, signal }) {
  const unit = params.get('unit') ?? 'yuan';
  const viewpoint = question(params, []);
  const owed = async () => {
    const answer = await query('outstanding', { ...viewpoint, by: 'currency' }, signal);
    return [standLine(answer, unit), answer.total.length === 0 ? emptyState(answer)
      : el('div', { class: 'cards' }, answer.total.map((total) => totalCard(total, unit)))];
  };
  const next = async () => {
    const answer = await query('agenda', { ...viewpoint, overdue: 'no', limit: SOME }, signal);
    return answer.rows.length === 0 ? el('p', { class: 'empty' }, t('agendaNothing'))
      : dataTable({ ...agendaColumns(t('nextDue'), unit), rows: answer.rows });
  };
  const latest = async () => {
    const answer = await get(['read'], { reverse: true, limit: SOME }, signal);
    return eventTable(answer.events, t('latest'));
  };
  const status = async () => health(await get(['status'], {}, signal));
  return {
    title: t('overview'),
    body: await Promise.all([
      section(t('outstanding'), 'outstanding', owed), section(t('nextDue'), 'agenda', next),
      section(t('latest'), 'tail', latest), section(t('health'), null, status)]),
  };
}
