// Events as they become durable, by an event stream; the browser takes it up again where it broke
// off (Last-Event-ID), unless what answered it was no stream.
//
//   L1  At most SHOWN rows are kept, and at most SHOWN wait while it is paused.
//   L2  What comes is said in one line at most every two seconds, not row by row.
//   L3  `next` is the first seq that was not received: a stream that the browser gave up, as at a
//       proxy's 502 while the daemon starts again, is asked for from there, without a gap or a
//       double.

import { address, get } from '../api.js';
import { el } from '../dom.js';
import { filterForm } from '../forms.js';
import { t } from '../language.js';
import { eventTable } from './history.js';

export const name = 'tail';

const SHOWN = 200;
const BEFORE = 50; // events shown at the start
const SAID_MS = 2000;
const AGAIN_MS = 2000; // as the daemon tells browsers to wait

function form(params) {
  return filterForm(['tail'], params, [
    { name: 'types', label: t('eventType'), many: true, hint: 'payment.*' },
    { name: 'agg', label: t('aggregate'), hint: 'party/ustb' },
  ]);
}

function filtersOf(params) {
  const filters = {};
  for (const key of ['types', 'agg']) {
    const values = params.getAll(key).filter(Boolean);
    if (values.length > 0) {
      filters[key] = values;
    }
  }
  return filters;
}

class Tail {
  constructor(filters, events, from) {
    this.filters = filters;
    this.next = from;
    this.events = events;
    this.waiting = [];
    this.fresh = 0;
    this.state = el('strong', { class: 'tail-state', 'data-state': 'connecting' },
      t('tailConnecting'));
    this.said = el('span', { class: 'tail-said', 'aria-live': 'polite' });
    this.button = el('button', { type: 'button', id: 'pause', 'aria-pressed': 'false',
      click: () => this.toggle() }, t('pause'));
    this.place = el('div', { class: 'tail' });
    this.draw();
    this.timer = setInterval(() => this.say(), SAID_MS);
    this.listen();
  }

  listen() {
    this.source = new EventSource(address(['tail'], { ...this.filters, from: this.next }));
    this.source.addEventListener('event', (message) => this.take(JSON.parse(message.data)));
    this.source.addEventListener('live', (message) => {
      this.next = JSON.parse(message.data).head + 1; // what the filter holds back counts as well
    });
    this.source.addEventListener('open', () => this.show('live', t('tailLive')));
    this.source.addEventListener('error', () => this.lose());
  }

  lose() {
    this.show('lost', t('tailLost'));
    if (this.source.readyState === EventSource.CLOSED) { // L3
      this.again = setTimeout(() => this.listen(), AGAIN_MS);
    }
  }

  show(state, text) {
    this.state.dataset.state = state;
    this.state.textContent = text;
  }

  take(event) {
    this.next = event.seq + 1;
    if (this.paused) {
      this.waiting = [event, ...this.waiting].slice(0, SHOWN);
      this.said.textContent = t('tailPaused', { n: this.waiting.length });
      return;
    }
    this.events = [event, ...this.events].slice(0, SHOWN);
    this.fresh += 1;
    if (!this.drawing) {
      this.drawing = requestAnimationFrame(() => this.draw());
    }
  }

  draw() {
    this.drawing = 0;
    this.place.replaceChildren(this.events.length > 0 ? eventTable(this.events, t('tail'))
      : el('p', { class: 'empty' }, t('tailEmpty')));
  }

  say() {
    if (this.fresh > 0) {
      const [last] = this.events;
      this.said.textContent = t('tailNew', { n: this.fresh, type: last.type, seq: last.seq });
      this.fresh = 0;
    }
  }

  toggle() {
    this.paused = !this.paused;
    this.button.setAttribute('aria-pressed', String(this.paused));
    this.button.textContent = t(this.paused ? 'goOn' : 'pause');
    this.said.textContent = this.paused ? t('tailPaused', { n: 0 }) : '';
    if (!this.paused) {
      this.events = [...this.waiting, ...this.events].slice(0, SHOWN);
      this.fresh += this.waiting.length;
      this.waiting = [];
      this.draw();
    }
  }

  stop() {
    this.source.close();
    clearTimeout(this.again);
    clearInterval(this.timer);
    cancelAnimationFrame(this.drawing);
  }
}

export async function show({ params, signal }) {
  const filters = filtersOf(params);
  const before = await get(['read'], { ...filters, reverse: true, limit: BEFORE }, signal);
  const tail = new Tail(filters, before.events, before.head + 1);
  return {
    title: t('tail'),
    form: [el('p', { class: 'intro' }, t('tailIntro')), form(params)],
    body: [el('p', { class: 'tail-bar' }, tail.state, ' ', tail.button, ' ', tail.said),
      tail.place],
    stop: () => tail.stop(),
  };
}
