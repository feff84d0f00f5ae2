// A trainer's afternoon: an archive in, an answer with an attachment, the archive out, and both found in it.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { login, openPage } from '../lib/browser.mjs';
import { entry, names, records, sha1 } from '../lib/archive.mjs';
import { links, openDiscussion, reply } from '../lib/forum.mjs';
import { assert } from '../lib/report.mjs';

/** A real archive of a whole course with people, where there is one. */
const REAL = 'm51-richA-users-full.mbz';
const SAID = 'Réponse du parcours de test, avec une pièce jointe & un accent';
const ATTACHED = { name: 'pièce jointe.txt', mimeType: 'text/plain', buffer: Buffer.from('Contenu de la pièce jointe.\n') };

function archive({ root }) {
  const real = join(process.env.PARCOURS_SHARED ?? resolve(root, '../shared'), 'corpus', REAL);
  if (existsSync(real)) return real;
  console.log(`there is no ${real}: the walk takes the sample`);
  return join(root, 'samples/formation.mbz');
}

/** Imports what is chosen on the import page, and answers with the course's address. `seen` is called on the inventory. */
export async function importArchive(page, path, seen = async () => {}) {
  await page.goto('/import');
  await page.setInputFiles('#archive', path);
  await page.click('main form button');
  await page.waitForURL(/\/import\/[^/]+$/, { timeout: 120_000 });
  await seen(page.url());
  await page.check('#with');
  await page.click('button[name="do"][value="start"]');
  // The page renews itself, with a script or without.
  const course = page.locator('main a.button[href^="/course/"]').first();
  await course.or(page.locator('main [role="alert"]')).first().waitFor({ timeout: 120_000 });
  if (!(await course.isVisible())) throw new Error(`the import failed: ${await page.locator('main [role="alert"]').first().innerText()}`);
  return new URL(await course.getAttribute('href'), page.url()).pathname;
}

/** Waits for a work to end, and fetches what it made. */
export async function fetched(page, path) {
  const link = page.locator('main a[href$="/file"]');
  await link.or(page.locator('main [role="alert"]')).first().waitFor({ timeout: 120_000 });
  if (!(await link.isVisible())) throw new Error(`it failed: ${await page.locator('main [role="alert"]').first().innerText()}`);
  const [download] = await Promise.all([page.waitForEvent('download', { timeout: 120_000 }), link.click()]);
  await download.saveAs(path);
}

/** Answers with the addresses that the other walks look at. */
export async function trainer(world) {
  const { report, out } = world;
  const { page, context, faults } = await openPage(world);
  const made = {};
  const exported = join(out, 'exported.mbz');
  const cartridge = join(out, 'exported.imscc');
  await report.walk('trainer', [
    ['logs in', () => login(page, world.server.trainer)],
    ['imports an archive', async () => {
      made.course = await importArchive(page, archive(world), async (address) => {
        made.title = await page.locator('main h2').first().innerText();
        assert((await page.locator('main ul.kinds li').count()) > 0, 'the inventory lists no activities');
        made.inventory = new URL(address).pathname;
      });
    }],
    ['publishes the course', async () => {
      await page.goto(made.course);
      await page.click('button[name="do"][value="publish"]');
      await page.locator('button[name="do"][value="hide"]').waitFor();
      await page.click('button[name="do"][value="hide"]');
      await page.click('button[name="do"][value="publish"]');
      await page.locator('button[name="do"][value="hide"]').waitFor();
    }],
    ['finds the course in the list', async () => {
      await page.goto('/');
      assert(await page.locator(`main a[href="${made.course}"]`).count(), 'the new course is not in the list');
    }],
    ['reads the report', async () => {
      await page.goto(`${made.course}/report`);
      assert((await page.locator('main').innerText()).length > 100, 'the report says nothing');
    }],
    ['opens a discussion', async () => {
      Object.assign(made, await openDiscussion(page, made.course));
      [made.reply] = await links(page, /\/reply\?post=\d+$/);
    }],
    ['opens the other activities', async () => {
      await page.goto(made.course);
      made.others = {};
      for (const path of await links(page, /^\/course\/\d+\/(page|folder|resource|url)\/\d+$/)) made.others[path.split('/')[3]] ??= path;
      assert(Object.keys(made.others).length > 2, `the course leads to ${Object.keys(made.others)} only`);
    }],
    ['finds the discussion again', () => page.goto(made.discussion)],
    ['answers with an attachment', async () => {
      await reply(page, `<p>${SAID.replace('&', '&amp;')}</p>`, ATTACHED);
      assert((await page.locator('main').innerText()).includes(SAID), 'the answer is not in the discussion');
    }],
    ['fetches the attachment', async () => {
      const link = page.locator('main a', { hasText: ATTACHED.name }).first();
      const response = await context.request.get(await link.getAttribute('href'));
      assert(response.ok() && (await response.body()).equals(ATTACHED.buffer), `the attachment came back otherwise (${response.status()})`);
    }],
    ['exports the course', async () => {
      await page.goto(`${made.course}/export`);
      await page.check('#with');
      await page.click('main form button');
      await fetched(page, exported);
    }],
    ['finds the answer in the archive', async () => {
      const cm = made.forum.match(/\/forum\/(\d+)/)[1];
      const posts = records(entry(exported, `activities/forum_${cm}/forum.xml`), 'post');
      const mine = posts.find((post) => post.message?.includes(SAID.replace('&', '&amp;')));
      assert(mine, `none of the ${posts.length} posts of forum_${cm} is the answer`);
      assert(Number(mine.id) === Math.max(...posts.map((post) => Number(post.id))) && Number(mine.parent) > 0, 'the answer has no number above the others, or no parent');
      made.post = mine.id;
      const users = records(entry(exported, 'users.xml'), 'user');
      assert(users.some((user) => user.id === mine.userid), 'users.xml does not know who answered');
    }],
    ['finds the attachment in the archive', async () => {
      const file = records(entry(exported, 'files.xml'), 'file').find((file) => file.itemid === made.post && file.filename === ATTACHED.name);
      assert(file?.component === 'mod_forum' && file.filearea === 'attachment', 'files.xml does not list the attachment');
      assert(file.contenthash === sha1(ATTACHED.buffer), 'files.xml has another hash');
      assert(names(exported).includes(`files/${file.contenthash.slice(0, 2)}/${file.contenthash}`), 'the pool lacks the content');
    }],
    ['exports it as a cartridge, and reads what had no place in it', async () => {
      await page.goto(`${made.course}/export`);
      await page.check('[name=kind][value="cc1.3"]');
      await page.click('main form button');
      await fetched(page, cartridge);
      await page.click('main a[href$="/report"]');
      assert((await page.locator('main h1').innerText()).length > 5 && (await page.locator('main table').count()) > 0, 'the report says nothing');
      await page.click('main p a >> nth=0');
      await page.click('button[name="do"][value="remove"]');
    }],
    ['imports the cartridge', async () => {
      const again = await importArchive(page, cartridge, async () => {
        assert((await page.locator('main').innerText()).includes('Common Cartridge'), 'the inventory does not say what the file was');
      });
      await page.goto(`${again}/withdraw`);
      await page.check('#sure');
      await page.click('main form button');
    }],
    ['looks at a file without importing it', async () => {
      await page.goto('/check');
      await page.setInputFiles('#archive', cartridge);
      await page.click('main form button');
      await page.waitForURL(/\/work\/[^/]+$/, { timeout: 120_000 });
      await page.locator('#verdicts').waitFor({ timeout: 120_000 });
      assert((await page.locator('.verdicts li').count()) === 3, 'there is no verdict for each Moodle');
      await page.click('.verdicts a >> nth=2');
      assert((await page.locator('main h1').innerText()).includes('Moodle 5.1'), 'the verdict is about another Moodle');
      await page.click('main p a >> nth=0');
    }],
    ['converts it', async () => {
      await page.click('.tool summary >> nth=0');
      await page.check('#kind-epub');
      await page.click('.tool[open] form button');
      await fetched(page, join(out, 'exported.epub'));
    }],
    ['met no error on the way', async () => assert(faults.length === 0, faults.join('\n'))],
  ]);
  await context.close();
  return made;
}
