// The frame: what stands around every view, and which view the address asks for.
//
//   M1  One view is shown at a time; the requests of the one before are given up.
//   M2  After a change of view the focus is on its heading; after a change of its parameters it
//       stays on the control that was used, and the change is said.

import { el } from './dom.js';
import { frame, refreshFrame } from './frame.js';
import { language, t } from './language.js';
import { currentRoute } from './route.js';
import { applyTheme, onSystemTheme } from './settings.js';
import { problemPanel } from './answer.js';
import { views } from './views.js';

let shown = { path: null, stop: null, abort: null };

function notFound() {
  return { title: t('notFound'), body: [el('p', {}, t('notFoundHelp'))] };
}

// The view's {title, body, stop?}, or what went wrong in its place.
async function make(route, signal) {
  const view = views[route.path[0] ?? 'overview'];
  if (view === undefined) {
    return notFound();
  }
  try {
    return await view.show({ ...route, path: route.path.slice(1), signal });
  } catch (problem) {
    if (problem.name === 'AbortError') {
      throw problem;
    }
    const title = view.name ? t(view.name) : t('problem');
    return { title, form: problem.form, body: [problemPanel(problem, render)] };
  }
}

function place(made, path) {
  const main = document.getElementById('main');
  const focused = document.activeElement?.id;
  const heading = el('h1', { tabindex: -1, id: 'heading' }, made.title);
  main.replaceChildren(heading, ...[made.form, made.body].flat(Infinity).filter(Boolean));
  document.title = `${made.title} – accrued`;
  if (shown.path !== null && shown.path !== path) {
    heading.focus({ preventScroll: true });
    scrollTo(0, 0);
  } else if (shown.path !== null) {
    document.getElementById(focused)?.focus({ preventScroll: true });
    document.getElementById('said').textContent = t('updated', { title: made.title });
  }
}

async function render() {
  const route = currentRoute();
  const path = route.path.join('/');
  const main = document.getElementById('main');
  shown.abort?.abort();
  const abort = new AbortController();
  shown.abort = abort;
  refreshFrame(route, render);
  main.setAttribute('aria-busy', 'true');
  let made;
  try {
    made = await make(route, abort.signal);
  } catch (error) {
    if (error.name === 'AbortError') {
      return; // M1
    }
    throw error;
  }
  if (abort.signal.aborted) {
    made.stop?.();
    return;
  }
  shown.stop?.();
  place(made, path);
  shown = { path, stop: made.stop, abort };
  main.removeAttribute('aria-busy');
}

function start() {
  applyTheme();
  document.documentElement.lang = language() === 'zh' ? 'zh-CN' : 'en';
  document.body.replaceChildren(...frame());
  addEventListener('hashchange', render);
  addEventListener('redraw', render);
  onSystemTheme(render);
  render();
}

start();
