// One daemon and one browser for all tests of the page.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { Daemon } from './daemon.mjs';
import * as figures from './figures.mjs';
import * as reading from './reading.mjs';
import * as tail from './tail.mjs';
import * as views from './views.mjs';

const world = {};

before(async () => {
  const launched = launch();
  world.daemon = await Daemon.start().finally(async () => {
    world.browser = await launched;
  });
});

after(async () => {
  await world.browser?.close();
  await world.daemon?.stop();
});

for (const tests of [figures, views, reading, tail]) {
  for (const [name, run] of Object.entries(tests)) {
    test(name.replaceAll('_', ' '), async () => {
      const complaints = await run(world);
      assert.deepEqual(complaints, []);
    });
  }
}
