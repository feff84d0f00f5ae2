// Every page in both languages, at two widths, light and dark: pictures to look at, nothing wider than the screen, nothing that keeps anybody out.
import { join } from 'node:path';
import { contrast, login, openPage, violations } from '../lib/browser.mjs';
import { assert } from '../lib/report.mjs';

const WIDTHS = [320, 1280];
const LANGUAGES = { fr: 'fr-FR', en: 'en-GB' };
const NO_ARCHIVE = { name: 'programme.mbz', mimeType: 'application/octet-stream', buffer: Buffer.from('Ceci est un texte.\n') };

/** `made` holds the addresses that the trainer's walk came by. */
export async function pages(world, made) {
  for (const [lang, locale] of Object.entries(LANGUAGES)) {
    // The checker is a script that the pages' own rules would not let in.
    const { page, context } = await openPage(world, { bypassCSP: true, locale });
    const look = (name, path, status = 200) => lookAt(world, page, { name, lang, status }, path && (async () => page.goto(path)));
    await look('login', '/login');
    await world.report.step(`pages in ${lang}: logs in`, () => login(page, world.server.trainer));
    await look('courses', '/');
    await look('course', made.course);
    await look('report', made.course && `${made.course}/report`);
    await look('forum', made.forum);
    await look('discussion', made.discussion);
    await look('reply', made.reply);
    await look('start', made.forum && `${made.forum}/start`);
    for (const [module, path] of Object.entries(made.others ?? {})) await look(module, path);
    await look('export', made.course && `${made.course}/export`);
    const exported = await work(page, world, 'export', async () => {
      await page.goto(`${made.course}/export`);
      await page.check('[name=kind][value="cc1.3"]');
      await page.click('main form button');
    });
    await look('exported', exported);
    await look('export-report', exported && `${exported}/report`);
    await look('check', '/check');
    const checked = await work(page, world, 'check', () => sendTo(page, '/check', join(world.root, 'samples/formation.mbz')));
    await look('checked', checked);
    for (const name of ['inventory', 'verdict-4.1']) await look(`checked-${name}`, checked && `${checked}/${name}`);
    const cleaned = await work(page, world, 'clean', () => begin(page, checked, 1));
    await look('cleaned', cleaned);
    await look('cleaned-changes', cleaned && `${cleaned}/changes`);
    await work(page, world, 'second check', () => sendTo(page, '/check', join(world.root, 'samples/petit.mbz')));
    const compared = await work(page, world, 'compare', () => begin(page, checked, 2));
    await look('compared', compared);
    await look('compared-difference', compared && `${compared}/difference`);
    const none = await work(page, world, 'check of no archive', () => sendTo(page, '/check', NO_ARCHIVE));
    await look('checked-none', none);
    await look('withdraw', made.course && `${made.course}/withdraw`);
    const inventory = await waitingArchive(page, world);
    await look('import', '/import');
    await look('inventory', inventory);
    await cancel(page, world, inventory);
    await look('cancelled', inventory);
    await lookAt(world, page, { name: 'no-archive', lang, status: 422 }, () => send(page, NO_ARCHIVE));
    await look('not-found', '/course/99999', 404);
    for (const name of ['accessibility', 'legal', 'privacy']) await look(name, `/${name}`);
    await context.close();
  }
}

async function lookAt({ report, out }, page, { name, lang, status }, open) {
  if (!open) return report.step(`${name} in ${lang}: is there`, async () => assert(false, 'an earlier step did not get here'));
  for (const width of WIDTHS) {
    await report.step(`${name} in ${lang} at ${width}`, async () => {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize({ width, height: width < 600 ? 640 : 900 });
      const response = await open();
      assert(response.status() === status, `${page.url()} answers with ${response.status()}`);
      assert((await page.locator('html').getAttribute('lang')) === lang, 'the page is in another language');
      const picture = (what) => page.screenshot({ path: join(out, `${name}-${lang}-${what}.png`), fullPage: true });
      await picture(width);
      const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth);
      assert(wide <= 0, `the page is ${wide} pixels wider than the screen`);
      const found = await violations(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      if (lang === 'fr' && width > 600) await picture('dark');
      found.push(...(await contrast(page)).map((v) => `dark: ${v}`));
      assert(found.length === 0, found.join('\n'));
    });
  }
}

/** What the import page answers to a file. */
async function send(page, file) {
  await page.goto('/import');
  // Sent as without a script: the answer is then the page, and not a part of it.
  await page.setInputFiles('#archive', file);
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.evaluate(() => document.querySelector('form[data-upload]').submit());
  const response = await answer;
  await page.waitForLoadState('load');
  return response;
}

async function sendTo(page, path, file) {
  await page.goto(path);
  await page.setInputFiles('#archive', file);
  await page.click('main form button');
}

/** Begins what the tool of this number does with a file that was looked at. */
async function begin(page, checked, tool) {
  await page.goto(checked);
  const box = page.locator('.tool').nth(tool);
  await box.locator('summary').click();
  await box.locator('form button').click();
}

/** Begins a work and waits for its end; answers with its address. */
function work(page, { report }, name, start) {
  return report.step(`${name}: is made`, async () => {
    await start();
    await page.waitForURL(/\/work\/[^/]+$/, { timeout: 120_000 });
    await page.locator('button[value="remove"]').waitFor({ timeout: 120_000 });
    return new URL(page.url()).pathname;
  });
}

/** Uploads a sample and stops before anything is written. */
function waitingArchive(page, { report, root }) {
  return report.step('inventory: is made', async () => {
    await page.goto('/import');
    await page.setInputFiles('#archive', join(root, 'samples/formation.mbz'));
    await page.click('main form button');
    await page.waitForURL(/\/import\/[^/]+$/);
    return new URL(page.url()).pathname;
  });
}

function cancel(page, { report }, inventory) {
  return report.step('inventory: is cancelled', async () => {
    await page.goto(inventory);
    await page.click('button[name="do"][value="cancel"]');
    await page.locator('main [role="status"]').first().waitFor();
  });
}
