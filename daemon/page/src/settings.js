// What the reader chose, kept by the browser if it keeps anything.

export function kept(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // storage is switched off
  }
}

export function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    return; // it lasts as long as the page
  }
}

// light, dark, or what the system says and when it changes its mind.
export const THEMES = ['system', 'light', 'dark'];
const system = matchMedia('(prefers-color-scheme: dark)');
let theme = THEMES.includes(kept('theme')) ? kept('theme') : 'system';

export const currentTheme = () => theme;

export function applyTheme() {
  const dark = theme === 'dark' || (theme === 'system' && system.matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}

export function setTheme(chosen) {
  theme = chosen;
  keep('theme', chosen);
  applyTheme();
}

export function onSystemTheme(changed) {
  system.addEventListener('change', () => {
    applyTheme();
    changed();
  });
}
