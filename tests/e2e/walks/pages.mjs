// Every page at two widths: a picture to look at, nothing wider than the screen, nothing that keeps anybody out.
import { join } from 'node:path';
import { login, openPage, violations } from '../lib/browser.mjs';
import { assert } from '../lib/report.mjs';

const WIDTHS = [320, 1280];

export async function pages(world, made) {
  const { report, out, server } = world;
  // The checker is a script that the pages' own rules would not let in.
  const { page, context } = await openPage(world, { bypassCSP: true });
  const look = async (name, path) => {
    if (!path) return report.step(`${name}: is there`, async () => assert(false, 'an earlier step did not get here'));
    for (const width of WIDTHS) {
      await report.step(`${name} at ${width}`, async () => {
        await page.setViewportSize({ width, height: width < 600 ? 640 : 900 });
        const response = await page.goto(path);
        assert(response.ok(), `${path} answers with ${response.status()}`);
        await page.screenshot({ path: join(out, `${name}-${width}.png`), fullPage: true });
        const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth);
        assert(wide <= 0, `the page is ${wide} pixels wider than the screen`);
        const found = await violations(page);
        assert(found.length === 0, found.join('\n'));
      });
    }
  };
  await look('login', '/login');
  await report.step('pages: logs in', () => login(page, server.trainer));
  await look('courses', '/');
  await look('course', made.course);
  await look('report', made.course && `${made.course}/report`);
  await look('forum', made.forum);
  await look('discussion', made.discussion);
  await look('export', made.course && `${made.course}/export`);
  await look('import', '/import');
  await look('inventory', await inventory(page, world));
  await look('accessibility', '/accessibility');
  await context.close();
}

/** Uploads a sample and stops before anything is written. */
async function inventory(page, { report, root }) {
  const done = await report.step('inventory: is made', async () => {
    await page.goto('/import');
    await page.setInputFiles('#archive', join(root, 'samples/formation.mbz'));
    await page.click('main form button');
    await page.waitForURL(/\/import\/[^/]+$/);
    return new URL(page.url()).pathname;
  });
  return done;
}
