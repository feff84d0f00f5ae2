// Without scripts: everything works, only less comfortably.
import { join } from 'node:path';
import { login, openPage } from '../lib/browser.mjs';
import { openDiscussion, reply } from '../lib/forum.mjs';
import { assert } from '../lib/report.mjs';
import { fetched, importArchive } from './trainer.mjs';

const SAID = 'Écrit sans aucun script';

export async function plain(world) {
  const { page, context, faults } = await openPage(world, { javaScriptEnabled: false });
  let course;
  await world.report.walk('without scripts', [
    ['logs in', () => login(page, world.server.trainer)],
    ['imports a sample', async () => {
      course = await importArchive(page, join(world.root, 'samples/formation.mbz'));
    }],
    ['answers in a forum', async () => {
      await openDiscussion(page, course);
      await reply(page, `<p>${SAID}</p>`);
      assert((await page.locator('main').innerText()).includes(SAID), 'the answer is not in the discussion');
    }],
    ['exports it as a book', async () => {
      await page.goto(`${course}/export`);
      await page.check('#kind-epub');
      await page.click('main form button');
      await fetched(page, join(world.out, 'plain.epub'));
    }],
    ['looks at a file without importing it', async () => {
      await page.goto('/check');
      await page.setInputFiles('#archive', join(world.root, 'samples/petit.mbz'));
      await page.click('main form button');
      await page.locator('#verdicts').waitFor({ timeout: 120_000 });
      await page.click('.tool summary >> nth=1');
      await page.click('.tool[open] form button');
      await page.locator('main a[href$="/changes"]').waitFor({ timeout: 120_000 });
      await page.click('button[name="do"][value="remove"]');
      assert(new URL(page.url()).pathname === '/check', 'what was thrown away is still shown');
    }],
    ['reads in English', async () => {
      await page.goto('/');
      await page.click('button[name="to"][value="en"]');
      assert((await page.locator('html').getAttribute('lang')) === 'en', 'the page is still in French');
    }],
    ['withdraws the import', async () => {
      await page.goto(`${course}/withdraw`);
      await page.click('main form button');
      assert(await page.locator('main [role="alert"]').isVisible(), 'it was withdrawn without being sure');
      await page.check('#sure');
      await page.click('main form button');
      await page.waitForURL((url) => url.pathname === '/');
      const gone = await page.goto(course);
      assert(gone.status() === 404, `the course still answers with ${gone.status()}`);
    }],
    ['logs out', async () => {
      await page.goto('/');
      await page.click('form[action="/logout"] button');
      await page.goto('/import');
      assert(new URL(page.url()).pathname === '/login', 'the import page is open to everybody');
    }],
    // The browser says on its console what came with 404 and 422: the withdrawal above.
    ['met no error on the way', async () => assert(faults.every((f) => /status of (404|422)/.test(f)), faults.join('\n'))],
  ]);
  await context.close();
}
