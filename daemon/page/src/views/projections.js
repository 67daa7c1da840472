// The list of all projections, each with what it answers.

import { get } from '../api.js';
import { el } from '../dom.js';
import { language, t } from '../language.js';
import { href } from '../route.js';
import { homeOf } from './homes.js';

export const name = 'projections';

// {name, help, explain, parameters: [{name, help?}]} of each.
export async function projectionList(signal) {
  const { projections } = await get(['query'], {}, signal);
  return projections.map((projection) => ({
    name: projection.name,
    help: projection.help ?? projection[`help_${language()}`],
    explain: projection.explain !== false,
    parameters: (projection.params ?? projection.parameters ?? []).map((parameter) =>
      (typeof parameter === 'string' ? { name: parameter } : parameter)),
  }));
}

export async function show({ signal }) {
  const list = await projectionList(signal);
  return {
    title: t('projections'),
    body: [el('p', { class: 'intro' }, t('projectionsIntro')),
      el('dl', { class: 'catalogue' }, list.map((projection) => el('div', {},
        el('dt', {}, el('a', { href: href(homeOf(projection.name)) }, projection.name)),
        el('dd', {}, projection.help, projection.parameters.length > 0
          ? el('small', {}, projection.parameters.map(({ name: key }) => key).join(' · '))
          : null))))],
  };
}
