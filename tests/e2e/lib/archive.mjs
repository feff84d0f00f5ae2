// Looks into an exported archive with tar, as anybody could.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';

function tar(args) {
  const done = spawnSync('tar', args, { maxBuffer: 1 << 30 });
  if (done.status !== 0) throw new Error(`tar ${args.join(' ')}: ${done.stderr}`);
  return done.stdout;
}

export function names(archive) {
  return tar(['-tzf', archive]).toString().split('\n').filter(Boolean);
}

export function entry(archive, name) {
  return tar(['-xzOf', archive, name]);
}

export function sha1(bytes) {
  return createHash('sha1').update(bytes).digest('hex');
}

/** The records of an XML document: attribute `id` and the leaves of each element of this name, as far as a test needs them. */
export function records(xml, name) {
  const found = [];
  for (const match of xml.toString().matchAll(new RegExp(`<${name} id="(\\d+)"[^>]*>([\\s\\S]*?)\\n\\s*</${name}>`, 'g'))) {
    const leaves = Object.fromEntries([...match[2].matchAll(/<(\w+)>([^<]*)<\/\1>/g)].map(([, leaf, text]) => [leaf, unescape(text)]));
    found.push({ id: match[1], ...leaves });
  }
  return found;
}

function unescape(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
