// Header, list of views, viewpoint; the viewpoint applies to all views and is in the address.

import { el, field, select } from './dom.js';
import { language, setLanguage, t } from './language.js';
import { currentRoute, href } from './route.js';
import { currentTheme, setTheme, THEMES } from './settings.js';
import { navigation } from './views.js';

const UNIT_OPTIONS = ['yuan', 'wan', 'yi', 'fen'];
const THEME_TEXTS = { system: 'themeSystem', light: 'themeLight', dark: 'themeDark' };

// Go where the address already is, with some parameters of the viewpoint changed.
function goWith(changes) {
  const { path, params } = currentRoute();
  const all = {};
  for (const key of params.keys()) {
    all[key] = params.getAll(key);
  }
  const target = href(path, { ...all, ...changes });
  if (target !== location.hash) {
    location.hash = target;
  }
}

function viewpointForm() {
  const submit = (event) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    goWith({ as_of: data.get('as_of'), known_at: data.get('known_at').trim() });
  };
  return el('form', { class: 'viewpoint', 'aria-label': t('viewpoint'), submit },
    field(t('asOf'), el('input', { type: 'date', id: 'as_of', name: 'as_of',
      min: '1900-01-01', max: '2199-12-31' })),
    field(t('knownAt'), el('input', { type: 'text', id: 'known_at', name: 'known_at',
      autocomplete: 'off', spellcheck: 'false', placeholder: t('knownAtHint'),
      title: t('knownAtHint') })),
    el('button', { type: 'submit' }, t('apply')),
    el('button', { type: 'button', id: 'now', class: 'quiet',
      click: () => goWith({ as_of: '', known_at: '' }) }, t('now')),
    field(t('unit'), select({ id: 'unit', change: (event) =>
      goWith({ unit: event.target.value === 'yuan' ? '' : event.target.value }) },
    UNIT_OPTIONS.map((unit) => [unit, t(unit)]))));
}

function choices() {
  const theme = select({ id: 'theme', 'aria-label': t('theme'), change: (event) => {
    setTheme(event.target.value);
    dispatchEvent(new Event('redraw'));
  } }, THEMES.map((name) => [name, t(THEME_TEXTS[name])]), currentTheme());
  return el('div', { class: 'choices' }, theme,
    el('button', { type: 'button', id: 'language', class: 'quiet',
      lang: language() === 'zh' ? 'en' : 'zh-CN' }, t('otherLanguage')));
}

function header() {
  return el('header', {},
    el('a', { class: 'brand', href: href([]) }, el('img', { src: '/assets/icon.svg', alt: '',
      width: 24, height: 24 }), el('span', {}, t('brand')), el('small', {}, t('tagline'))),
    viewpointForm(), choices());
}

function views() {
  return el('nav', { 'aria-label': t('views') }, el('ul', {}, navigation.map(([path, name]) =>
    el('li', {}, el('a', { 'data-path': path }, t(name))))));
}

export function frame() {
  return [
    el('a', { class: 'skip', href: '#main', click: (event) => {
      event.preventDefault();
      document.getElementById('heading')?.focus();
    } }, t('skip')),
    header(), views(),
    el('main', { id: 'main' }),
    el('p', { id: 'said', class: 'unseen', role: 'status' }),
    el('footer', {}, t('readOnly')),
  ];
}

// The links carry the viewpoint of the address, so they change with it.
export function refreshFrame(route, render) {
  for (const link of document.querySelectorAll('nav a')) {
    const { path } = link.dataset;
    link.href = href(path === '' ? [] : [path]);
    const here = (route.path[0] ?? '') === path;
    link.toggleAttribute('aria-current', false);
    if (here) {
      link.setAttribute('aria-current', 'page');
      document.querySelector('nav').scrollLeft = link.offsetLeft - 24; // on a narrow screen
    }
  }
  document.querySelector('.brand').href = href([]);
  document.getElementById('as_of').value = route.params.get('as_of') ?? '';
  document.getElementById('known_at').value = route.params.get('known_at') ?? '';
  document.getElementById('unit').value = route.params.get('unit') ?? 'yuan';
  document.getElementById('language').onclick = () => {
    setLanguage(language() === 'zh' ? 'en' : 'zh');
    document.documentElement.lang = language() === 'zh' ? 'zh-CN' : 'en';
    document.body.replaceChildren(...frame());
    render();
    document.getElementById('language').focus();
  };
}
