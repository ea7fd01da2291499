// The whole benchmark: one task after the other, with the results as JSON and as a page.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { JAVASCRIPT, pythonPrograms } from './peers/catalogue.js';
import { findPythons } from './python.js';
import { headlineOf } from './report/headline.js';
import { busyShare, describeMachine, versionsOf } from './report/machine.js';
import { markdownOf } from './report/markdown.js';
import { writeTask } from './tasks.js';
import { WORK as FULL_BATCH } from './works/full-batch.js';
import { WORKS } from './works/index.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url));
const THOROUGH = { rounds: 15, sliceMs: 300 };
const QUICK = { rounds: 3, sliceMs: 150 };
/** The tasks in which other programs take part. */
const SHARED = /^(fullBatch|miniBatch)/;

/**
 * Measures and prints the page on stdout. A full run also writes RESULTS.md and results.json.
 *
 * @param {{ quick?: boolean, only?: string, json?: string }} flags
 * @param {(line: string) => void} say prints the progress
 * @returns {Promise<boolean>} whether everything could be measured, and all programs did the same
 *   work
 */
export async function bench({ quick = false, only, json }, say) {
  const chosen = WORKS.filter(({ id, title }) => !only || new RegExp(only, 'i').test(`${id} ${title}`));
  if (chosen.length === 0) {
    say(`--only ${only}: no task matches. There are: ${WORKS.map(({ id }) => id).join(', ')}`);
    return false;
  }
  const machine = { ...describeMachine(), busyBefore: await busyShare() };
  const folder = mkdtempSync(path.join(os.tmpdir(), 'longhand-bench-'));
  try {
    const pace = quick ? QUICK : THOROUGH;
    const programs = chosen.some(({ id }) => SHARED.test(id)) ? await allPrograms(folder, say) : [];
    const works = [];
    for (const { id, title, run } of chosen) {
      say(title);
      works.push({
        id,
        title,
        ...(await measured(run, { ...pace, quick, folder, programs, cores: machine.cores, say })),
      });
    }
    machine.busyAfter = await busyShare();
    const byId = Object.fromEntries(works.map((work) => [work.id, work]));
    const results = {
      format: 1,
      headline: headlineOf(byId.fullBatch, machine),
      date: new Date().toISOString(),
      command: ['npm run bench', ...flagWords({ quick, only })].join(' '),
      machine,
      versions: versionsOf(byId),
      works,
    };
    const text = `${JSON.stringify(results, undefined, 1)}\n`;
    const page = markdownOf(results);
    if (!quick && !only) {
      writeFileSync(path.join(here, 'results.json'), text);
      writeFileSync(path.join(here, 'RESULTS.md'), page);
    }
    if (json) writeFileSync(json, text);
    process.stdout.write(page);
    return works.every(({ error, rows = [] }) => !error && rows.every(({ sameWork }) => sameWork !== false));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function allPrograms(folder, say) {
  say('Looking for Python with NumPy and PyTorch …');
  const trial = {
    ...writeTask({ ...FULL_BATCH, examples: 20_000 }, folder),
    threads: os.availableParallelism(),
  };
  const programs = [...(await pythonPrograms(findPythons(say), trial)), ...JAVASCRIPT];
  for (const { name, missing } of programs) if (missing) say(`  ${name} is missing: ${missing}`);
  return programs;
}

async function measured(run, context) {
  try {
    return await run(context);
  } catch (error) {
    // The results are published: remove the folders of this machine.
    const reason = error.message.replaceAll(root, '').replaceAll(context.folder, '');
    context.say(`  not measured: ${reason}`);
    return { error: reason };
  }
}

function flagWords({ quick, only }) {
  return [
    ...(quick || only ? ['--'] : []),
    ...(quick ? ['--quick'] : []),
    ...(only ? [`--only ${only}`] : []),
  ];
}
