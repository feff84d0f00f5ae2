// Starts a server and a browser, takes the walks, and says what came of them. See README.md.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openBrowser } from './lib/browser.mjs';
import { startServer } from './lib/server.mjs';
import { Report } from './lib/report.mjs';
import { trainer } from './walks/trainer.mjs';
import { learner } from './walks/learner.mjs';
import { plain } from './walks/plain.mjs';
import { pages } from './walks/pages.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const text = { type: 'string' };

function options() {
  const names = ['parcours', 'root', 'out', 'base', 'user', 'password'];
  const { values } = parseArgs({ options: Object.fromEntries(names.map((name) => [name, text])) });
  if (!values.parcours) throw new Error('--parcours PATH is missing: the program that is walked through');
  if (values.base && !(values.user && values.password)) throw new Error('--base wants --user and --password of an administrator');
  const out = resolve(values.out ?? mkdtempSync(join(tmpdir(), 'parcours-e2e-')));
  mkdirSync(out, { recursive: true });
  return { ...values, parcours: resolve(values.parcours), root: resolve(values.root ?? join(here, '../..')), out };
}

let server;
let browser;
let code = 2;
try {
  const given = options();
  const report = new Report();
  server = await startServer(given);
  browser = await openBrowser();
  const world = { ...given, server, browser, report };
  const made = await trainer(world);
  await learner(world);
  await plain(world);
  await pages(world, made);
  console.log(`pictures: ${given.out}`);
  code = report.close();
} catch (error) {
  console.error(process.env.PARCOURS_E2E_STACK ? error : `error: ${error.message}`);
} finally {
  await browser?.close();
  await server?.stop();
}
process.exitCode = code;
