// One daemon and one browser for all tests of the page.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launch } from './browser.mjs';
import { Daemon } from './daemon.mjs';
import * as figures from './figures.mjs';
import * as reading from './reading.mjs';
import * as tail from './tail.mjs';
import * as views from './views.mjs';

test('the page', async (t) => {
  const world = {};
  const launched = launch();
  try {
    world.daemon = await Daemon.start();
    world.browser = await launched;
    for (const tests of [figures, views, reading, tail]) {
      for (const [name, run] of Object.entries(tests)) {
        await t.test(name.replaceAll('_', ' '), async () => {
          const complaints = await run(world);
          assert.deepEqual(complaints, []);
        });
      }
    }
  } finally {
    await (await launched).close();
    await world.daemon?.stop();
  }
});
