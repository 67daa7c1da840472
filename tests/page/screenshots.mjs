// screenshots.mjs FOLDER: the pictures of docs/page.md.

import { join } from 'node:path';
import { Desk, launch } from './browser.mjs';
import { Daemon } from './daemon.mjs';

const [folder] = process.argv.slice(2);
const PICTURES = [
  ['page-outstanding.png', 'outstanding?as_of=2022-06-30&unit=wan',
    { locale: 'en-GB', colorScheme: 'light', viewport: { width: 1280, height: 800 } }],
  ['page-statistics.zh-CN.png', 'statistics?by=year&by=type&as_of=2022-12-31&unit=wan',
    { locale: 'zh-CN', colorScheme: 'dark', viewport: { width: 1280, height: 860 } }],
];

const daemon = await Daemon.start();
const browser = await launch();
try {
  for (const [name, view, options] of PICTURES) {
    const desk = await Desk.open(browser, daemon.origin, view, options);
    await desk.page.evaluate(() => new Promise((drawn) => {
      requestAnimationFrame(() => requestAnimationFrame(drawn));
    }));
    await desk.page.screenshot({ path: join(folder, name) });
    await desk.close();
  }
} finally {
  await browser.close();
  await daemon.stop();
}
