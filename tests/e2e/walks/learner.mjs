// A learner of the sample course: what is there, and what is not there for this person, by whatever address.
import { login, openPage } from '../lib/browser.mjs';
import { assert } from '../lib/report.mjs';

const COURSE = 'Enseigner l’oral au cycle 3';

export async function learner(world) {
  const { report, server } = world;
  if (!server.learner) return;
  const { page, context } = await openPage(world);
  const main = async (path) => {
    const response = await page.goto(path);
    assert(response.ok(), `${path} answers with ${response.status()}`);
    return page.locator('main').innerText();
  };
  const refused = async (path) => {
    const response = await page.goto(path);
    assert([403, 404].includes(response.status()), `${path} answers with ${response.status()}`);
  };
  let course;
  await report.walk('learner', [
    ['logs in', () => login(page, server.learner)],
    ['finds the course', async () => {
      const link = page.locator('main a[href^="/course/"]', { hasText: COURSE }).first();
      course = new URL(await link.getAttribute('href'), page.url()).pathname;
    }],
    ['sees the course, and not what is hidden', async () => {
      const text = await main(course);
      assert(text.includes('Se présenter') && text.includes('Ce que disent les programmes'), 'activities are missing');
      assert(!text.includes('Note de l’équipe'), 'a hidden label is shown');
    }],
    ['reads a page', async () => assert((await main(`${course}/page/411`)).includes('l’oral à apprendre'), 'the page does not say what it should')],
    ['sees a picture in a text', async () => {
      const width = await page.locator('main img').first().evaluate((img) => img.decode().then(() => img.naturalWidth));
      assert(width === 320, `the picture is ${width} pixels wide`);
    }],
    ['does not see a private reply', async () => {
      const text = await main(`${course}/forum/403/discussion?d=604`);
      assert(text.includes('Bienvenue Paul') && !text.includes('Entre nous'), 'a private reply to somebody else is shown');
    }],
    ['sees the discussions of the own group only', async () => {
      const text = await main(`${course}/forum/431`);
      assert(text.includes('La présidence de séance') && !text.includes('Élèves allophones'), 'the list shows another group');
    }],
    ['does not open another group’s discussion', () => refused(`${course}/forum/431/discussion?d=632`)],
    ['does not answer in it', () => refused(`${course}/forum/431/reply?post=6305`)],
    ['does not import', () => refused('/import')],
    ['does not export', () => refused(`${course}/export`)],
    ['does not open a hidden activity', () => refused(`${course}/label/444`)],
  ]);
  await context.close();
}
