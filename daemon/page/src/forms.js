// The form above a view: its controls are parameters of the address, and nothing else.

import { el, field, select } from './dom.js';
import { t } from './language.js';
import { href } from './route.js';

function control(given, params) {
  const id = `p-${given.name}`;
  const value = params.getAll(given.name).join(',');
  if (given.options) {
    return field(given.label, select({ id, name: given.name,
      change: (event) => event.target.form.requestSubmit() }, given.options,
    value || given.initial));
  }
  const list = given.list ? `${id}-list` : null;
  return field(given.label, [el('input', { id, name: given.name, type: given.type ?? 'text', value,
    placeholder: given.hint, autocomplete: 'off', spellcheck: 'false', list, min: given.min }),
  list ? el('datalist', { id: list }, given.list.map((text) => el('option', { value: text })))
    : null]);
}

// controls: {name, label, options?: [[value, text]…], initial?, many?, list?, hint?, type?}. `many`
// takes several values with commas. What is `initial` or empty is not in the address.
export function filterForm(path, params, controls, take = (values) => values) {
  const submit = (event) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const values = {};
    for (const given of controls) {
      const text = (data.get(given.name) ?? '').trim();
      if (text !== (given.initial ?? '')) {
        values[given.name] = given.many ? text.split(',').map((part) => part.trim()) : text;
      }
    }
    location.hash = href(path, take(values));
  };
  const form = el('form', { class: 'filters', submit },
    controls.map((given) => control(given, params)),
    el('button', { type: 'submit', id: 'p-show' }, t('show')));
  const used = controls.some(({ name }) => params.has(name));
  const open = used || matchMedia('(min-width: 34rem)').matches; // folded on a small screen
  return el('details', { class: 'filters-fold', open }, el('summary', {}, t('filters')), form);
}
