// Headless Chromium, and what is watched in every test: the console is silent, and nothing is asked
// of any other origin.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const modules = createRequire(join(process.env.ACCRUE_TEST_MODULES, 'package.json'));
const { chromium } = modules('playwright-core');
const axe = readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8');
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export async function launch() {
  return chromium.launch({ executablePath: process.env.ACCRUE_CHROMIUM, headless: true,
    args: FLAGS });
}

export class Desk {
  // A browser context of its own: no storage of another test.
  static async open(browser, origin, view = '', options = {}) {
    const desk = new Desk();
    desk.origin = origin;
    desk.complaints = [];
    desk.context = await browser.newContext({ viewport: { width: 1280, height: 900 },
      locale: 'en-US', ...options });
    desk.page = await desk.context.newPage();
    desk.page.setDefaultTimeout(15000);
    desk.page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) {
        desk.complaints.push(`console: ${message.text()}`);
      }
    });
    desk.page.on('pageerror', (error) => desk.complaints.push(`uncaught: ${error.message}`));
    desk.page.on('request', (request) => {
      if (!request.url().startsWith(`${origin}/`)) {
        desk.complaints.push(`another origin: ${request.url()}`);
      }
    });
    await desk.page.goto(`${origin}/#/${view}`);
    await desk.settled();
    return desk;
  }

  // Until the view that the address asks for is there.
  async settled() {
    await this.page.waitForFunction(() => {
      const main = document.getElementById('main');
      return main?.querySelector('h1') && !main.hasAttribute('aria-busy');
    });
  }

  async act(act) {
    await this.page.evaluate(() => document.getElementById('main')
      .setAttribute('aria-busy', 'true')); // taken away by the next view
    await act();
    await this.settled();
  }

  async go(hash) {
    if (await this.page.evaluate((to) => location.hash === to, `#/${hash}`)) {
      return;
    }
    await this.act(() => this.page.evaluate((to) => { location.hash = to; }, `#/${hash}`));
  }

  async text(selector) {
    return (await this.page.locator(selector).first().innerText()).trim();
  }

  // The table with this caption: names and headings of its columns, and its rows as texts.
  async table(caption) {
    return this.page.evaluate((name) => {
      const found = [...document.querySelectorAll('table')]
        .find((table) => table.caption.textContent === name);
      const cells = (row) => [...row.cells].map((cell) => cell.textContent.trim());
      const keys = [...found.tHead.rows[0].cells].map((cell) => cell.dataset.column);
      const names = [...found.tBodies[0].rows].map((row) => row.dataset.key);
      return { keys, names, heads: cells(found.tHead.rows[0]),
        rows: [...found.tBodies[0].rows].map(cells),
        total: found.tFoot ? [...found.tFoot.rows].map(cells) : [] };
    }, caption);
  }

  // Serious violations of accessibility, one line each.
  async violations(rules) {
    if (!await this.page.evaluate(() => 'axe' in globalThis)) {
      await this.page.evaluate(axe);
    }
    const found = await this.page.evaluate((given) => globalThis.axe.run(document, {
      ...given, resultTypes: ['violations'] }), rules);
    return found.violations.filter(({ impact }) => ['serious', 'critical'].includes(impact))
      .flatMap(({ id, nodes }) => nodes.map((node) =>
        `${id}: ${node.target.join(' ')} ${node.failureSummary.split('\n')[1] ?? ''}`));
  }

  async close() {
    await this.context.close();
    return this.complaints;
  }
}
