// build.mjs MODULES OUT.c COLUMNS CURRENCIES: bundles src/ with uPlot and writes the table of
// page.h. MODULES is the folder that npm-modules printed.
//
// Headings of columns and exponents of currencies are those of the command: the module 'tables'
// is made of the same two files (proto/columns.def, proto/currency.c).

import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const [modules, out, columnsFile, currenciesFile] = process.argv.slice(2);
const source = join(dirname(fileURLToPath(import.meta.url)), 'src');
const esbuild = createRequire(join(modules, 'package.json'))('esbuild');

// Every match in the file as fields; a file in another form than expected ends the build.
function rows(file, pattern, least) {
  const found = [...readFileSync(file, 'utf8').matchAll(pattern)].map((match) => match.slice(1));
  if (found.length < least) {
    throw new Error(`${file}: ${found.length} rows of ${pattern}, at least ${least} expected`);
  }
  return found;
}

function tables() {
  const columns = rows(columnsFile, /^COLUMN\("(.*)", (\w+), "(.*)", "(.*)"\)$/gm, 100);
  const values = rows(columnsFile, /^VALUE\(" (.*) ", "(.*)", "(.*)"\)$/gm, 50);
  const currencies = rows(currenciesFile, /\{"([A-Z]{3})", (\d)\}/g, 10);
  const chinese = values.flatMap(([names, text, zh]) =>
    names.split(' ').map((name) => [`${name} ${text}`, zh]));
  return `export const columns = ${JSON.stringify(
    Object.fromEntries(columns.map(([name, kind, en, zh]) => [name, { kind, en, zh }])))};
export const values = ${JSON.stringify(Object.fromEntries(chinese.reverse()))};
export const exponents = ${JSON.stringify(
    Object.fromEntries(currencies.map(([code, digits]) => [code, Number(digits)])))};`;
}

const tablesPlugin = {
  name: 'tables',
  setup(build) {
    build.onResolve({ filter: /^tables$/ }, () => ({ path: 'tables', namespace: 'tables' }));
    build.onLoad({ filter: /.*/, namespace: 'tables' }, () => ({ contents: tables() }));
  },
};

function bundle(entry) {
  return esbuild.build({
    entryPoints: [join(source, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: ['es2020', 'chrome90', 'firefox90', 'safari15'],
    legalComments: 'eof',
    charset: 'utf8',
    nodePaths: [join(modules, 'node_modules')],
    plugins: [tablesPlugin],
  }).then((built) => Buffer.from(built.outputFiles[0].contents));
}

function entry(path, type, content, index) {
  const bytes = gzipSync(content, { level: 9 });
  const etag = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
  const lines = [];
  for (let at = 0; at < bytes.length; at += 24) {
    lines.push(`    ${[...bytes.subarray(at, at + 24)].join(',')},`);
  }
  return {
    array: `static const uint8_t bytes_${index}[] = {\n${lines.join('\n')}\n};\n`,
    row: `    {"${path}", "${type}", "\\"${etag}\\"", bytes_${index}, ${bytes.length}, true},`,
  };
}

const files = [
  ['/', 'text/html; charset=utf-8', readFileSync(join(source, 'index.html'))],
  ['/assets/app.js', 'text/javascript; charset=utf-8', await bundle('main.js')],
  ['/assets/app.css', 'text/css; charset=utf-8', await bundle('style.css')],
  ['/assets/icon.svg', 'image/svg+xml', readFileSync(join(source, 'icon.svg'))],
].map((file, index) => entry(...file, index));

writeFileSync(`${out}.new`, `/* Made by daemon/page/build.mjs; includes uPlot (MIT). */

#include "daemon/page/page.h"

${files.map((file) => file.array).join('\n')}
const struct page_file page_files[] = {
${files.map((file) => file.row).join('\n')}
    {0},
};
`);
renameSync(`${out}.new`, out);
