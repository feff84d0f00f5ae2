// A Parcours of its own: a new data directory with the samples in it, on a free port; gone when the walks are over.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Walked through as an administrator who is a trainer of the sample course too, and as a learner. */
const TRAINER = { user: 'formatrice', password: 'parcours-e2e-formatrice' };
const LEARNER = { user: 'stagiaire', password: 'parcours-e2e-stagiaire' };

export async function startServer({ parcours, root, base, user, password }) {
  if (base) return { base: base.replace(/\/$/, ''), trainer: { user, password }, learner: undefined, stop: async () => {} };
  const data = mkdtempSync(join(tmpdir(), 'parcours-e2e-data-'));
  const run = (args, input) => {
    const done = spawnSync(parcours, [...args, '--data', data], { input, encoding: 'utf8' });
    if (done.error) throw done.error;
    if (done.status !== 0) throw new Error(`parcours ${args.join(' ')} ended with ${done.status}: ${done.stderr}`);
    return done.stdout;
  };
  try {
    run(['import', join(root, 'samples/formation.mbz'), '--publish']);
    run(['user', 'add', TRAINER.user, '--admin'], `${TRAINER.password}\n`);
    run(['user', 'add', LEARNER.user], `${LEARNER.password}\n`);
    const port = await freePort();
    const child = spawn(parcours, ['serve', '--data', data, '--listen', `127.0.0.1:${port}`], { stdio: ['ignore', 'ignore', 'inherit'] });
    const address = `http://127.0.0.1:${port}`;
    await answers(address, child);
    const stop = async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.kill('SIGTERM')) {
        const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
        await ended;
        clearTimeout(late);
      }
      rmSync(data, { recursive: true, force: true });
    };
    return { base: address, trainer: TRAINER, learner: LEARNER, stop };
  } catch (error) {
    rmSync(data, { recursive: true, force: true });
    throw error;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function answers(address, child) {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode} before it answered`);
    const response = await fetch(`${address}/healthz`).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the server did not answer within a minute');
}
