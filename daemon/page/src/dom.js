// Elements from data. Text becomes text nodes, never markup, so nothing that stands in the log can
// become part of the page (and the policy default-src 'self' would refuse it if it did).

const SVG = 'http://www.w3.org/2000/svg';

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (typeof value === 'function') {
      node.addEventListener(name, value);
    } else {
      node.setAttribute(name, value === true ? '' : String(value));
    }
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return node;
}

// el('a', { href: '#/', click: f }, 'text', [more]); null and false attributes are left out.
export function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

// A labelled control of a form: the label stands above what it names.
export function field(label, control, hint) {
  return el('label', { class: 'field' }, el('span', {}, label), control,
    hint ? el('small', {}, hint) : null);
}

// A select of [value, text] pairs.
export function select(attributes, options, chosen) {
  return el('select', attributes, options.map(([value, text]) =>
    el('option', { value, selected: value === (chosen ?? '') }, text)));
}
