// Where the page stands is in the address: #/PATH?as_of=…&known_at=…&PARAMETERS. So a link, a
// bookmark and the back button reproduce a figure.
//
//   N1  as_of, known_at and the unit go along with every link of the page; other parameters
//       belong to a view.

export const VIEWPOINT = ['as_of', 'known_at'];
const CARRIED = [...VIEWPOINT, 'unit'];

function parse(hash) {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const params = new URLSearchParams(query);
  const parts = path.split('/').filter((part) => part !== '').map(decodeURIComponent);
  return { path: parts, params };
}

export function currentRoute() {
  try {
    return parse(location.hash);
  } catch {
    return { path: [], params: new URLSearchParams() }; // a broken percent-encoding
  }
}

// The address of a view: empty parameters are left out, a list gives its key several times.
export function href(path, params = {}) {
  const here = currentRoute().params;
  const all = new URLSearchParams();
  for (const key of CARRIED) {
    const value = key in params ? params[key] : here.get(key);
    if (value) {
      all.set(key, value);
    }
  }
  for (const [key, value] of Object.entries(params)) {
    if (!CARRIED.includes(key)) {
      [value].flat().filter(Boolean).forEach((item) => all.append(key, item));
    }
  }
  const query = all.toString();
  return `#/${path.map(encodeURIComponent).join('/')}${query ? `?${query}` : ''}`;
}

// What is asked of the daemon: the viewpoint, and these of the view's own parameters.
export function question(params, names) {
  const asked = {};
  for (const key of [...VIEWPOINT, ...names]) {
    const values = params.getAll(key).filter(Boolean);
    if (values.length > 0) {
      asked[key] = values.length > 1 ? values : values[0];
    }
  }
  return asked;
}
