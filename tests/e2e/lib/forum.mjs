// Finding one's way in a course, by what a person sees: links and forms.
import { assert } from './report.mjs';

/** Addresses of the links on the page that match. */
export async function links(page, pattern) {
  const all = await page.$$eval('main a[href]', (links) => links.map((a) => new URL(a.href).pathname + new URL(a.href).search));
  return [...new Set(all.filter((href) => pattern.test(href)))];
}

/** Opens the first forum of the course in which somebody can be answered, and stands in its discussion. */
export async function openDiscussion(page, course) {
  await page.goto(course);
  const forums = await links(page, /^\/course\/\d+\/forum\/\d+\/?$/);
  assert(forums.length > 0, 'the course page leads to no forum');
  for (const forum of forums) {
    await page.goto(forum);
    for (const discussion of (await links(page, /\/discussion\?(?:.*&)?d=\d+/)).slice(0, 3)) {
      await page.goto(discussion);
      if ((await links(page, /\/reply\?post=\d+$/)).length > 0) return { forum, discussion: discussion.replace(/#.*/, '') };
    }
  }
  throw new Error(`nobody can be answered in ${forums.join(', ')}`);
}

/** Answers the first post of the discussion on the page; `file` is `{ name, mimeType, buffer }`. */
export async function reply(page, text, file) {
  const [form] = await links(page, /\/reply\?post=\d+$/);
  await page.goto(form);
  const field = page.locator('main form [name="message"]').first();
  const editor = page.locator('main form [contenteditable="true"]').first();
  if (await field.isVisible()) await field.fill(text);
  else await editor.fill(text.replace(/<[^>]+>/g, ''));
  if (file) await page.setInputFiles('main form input[type="file"]', file);
  await page.locator('main form button:not([name]), main form button[type="submit"]').last().click();
  await page.waitForURL((url) => url.pathname.endsWith('/discussion'));
}
