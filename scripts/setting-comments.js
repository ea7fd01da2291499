// Writes the comments of the settings, which editors and the reference show, from the table of settings.
// With `--check` it writes nothing, and ends with 1 if they differ.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { explanationOf } from '../packages/core/dist/settings/explanations.js';
import { SETTINGS } from '../packages/core/dist/settings/table.js';

const WIDTH = 100;
const file = fileURLToPath(new URL('../packages/core/src/settings/setting.ts', import.meta.url));
const source = readFileSync(file, 'utf8');

const written = SETTINGS.reduce(withComment, source);
if (!process.argv.includes('--check')) writeFileSync(file, written);
else if (written !== source) {
  process.stdout.write(
    'packages/core/src/settings/setting.ts: its comments differ from the table: run node scripts/setting-comments.js\n',
  );
  process.exitCode = 1;
}

function withComment(text, setting) {
  const property = new RegExp(`^(?:  /\\*\\*(?:(?!\\*/)[^])*\\*/\\n)?(  ${setting.name}\\??: )`, 'm');
  if (!property.test(text)) throw new Error(`no property ${setting.name} in ${file}`);
  return text.replace(property, (_, start) => `${commentOf(setting)}\n${start}`);
}

function commentOf({ name, default: value }) {
  const words = `${explanationOf(name)} Default: ${JSON.stringify(value)}.`.replaceAll('"', "'").split(' ');
  const line = `  /** ${words.join(' ')} */`;
  if (line.length <= WIDTH) return line;
  const lines = [`   *`];
  for (const word of words) {
    if (`${lines.at(-1)} ${word}`.length > WIDTH) lines.push('   *');
    lines[lines.length - 1] += ` ${word}`;
  }
  return ['  /**', ...lines, '   */'].join('\n');
}
