// The system's Chromium, driven by playwright-core.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const modules = process.env.PARCOURS_E2E_MODULES ?? join(dirname(fileURLToPath(import.meta.url)), '../node_modules');
const require = createRequire(join(modules, 'from-here.js'));

export async function openBrowser() {
  const { chromium } = require('playwright-core');
  return chromium.launch({
    executablePath: process.env.PARCOURS_CHROMIUM ?? '/usr/bin/chromium',
    // Without a sandbox because CI runs as root; the pages are our own.
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/**
 * A fresh browser without cookies. What a page logs as an error, and every request to another site, is kept in `faults`.
 * `options`: `javaScriptEnabled`, `viewport`, `bypassCSP`, `storageState` as in playwright.
 */
export async function openPage({ browser, server }, options = {}) {
  const context = await browser.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', acceptDownloads: true, baseURL: server.base, ...options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(`error in a script: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && faults.push(`on the console: ${message.text()}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== server.base) faults.push(`a request to another site: ${url.origin}`);
  });
  return { page, context, faults };
}

/** Logs in and stands on the list of courses. */
export async function login(page, { user, password }) {
  await page.goto('/login');
  await page.fill('#username', user);
  await page.fill('#password', password);
  await page.click('main form button');
  await page.waitForURL((url) => url.pathname !== '/login');
}

/** Written by authors of courses, and shown as they wrote it. */
const AUTHORS = ['.rich', '.pc-text'];
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe-core finds against WCAG 2 A and AA and its list of good practice, one line a rule. The page's context must bypass the CSP that would forbid the
 * checker itself. The order of headings alone is not looked at inside what authors wrote: a text that begins with an `h4` is theirs, and one that was
 * rewritten would not leave as it came.
 */
export async function violations(page) {
  const all = await axe(page, {}, { runOnly: TAGS, rules: { 'heading-order': { enabled: false } } });
  const headings = await axe(page, { exclude: AUTHORS.map((one) => [one]) }, { runOnly: { type: 'rule', values: ['heading-order'] } });
  return [...all, ...headings];
}

/** The same for the colours alone. */
export const contrast = (page) => axe(page, {}, { runOnly: { type: 'rule', values: ['color-contrast'] } });

async function axe(page, context, options) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const found = await page.evaluate(
    ([context, options]) => globalThis.axe.run(context.exclude ? context : document, { ...options, resultTypes: ['violations'] }),
    [context, options],
  );
  return found.violations.map((v) => `${v.id}: ${v.help} (${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(', ')})`);
}
