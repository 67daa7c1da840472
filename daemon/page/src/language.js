// English or Chinese: the reader's choice, else the browser's first language.

import { keep, kept } from './settings.js';
import { texts } from './texts.js';

let chosen = kept('lang');
if (chosen !== 'en' && chosen !== 'zh') {
  chosen = navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

export const language = () => chosen;

export function setLanguage(name) {
  chosen = name;
  keep('lang', name);
}

// The text of a name in the language, {words} in it replaced.
export function t(name, words = {}) {
  const text = texts[name][chosen === 'zh' ? 1 : 0];
  return text.replace(/\{(\w+)\}/g, (_, word) => String(words[word]));
}
