// `npm run verify -- --pictures FOLDER [--model FILE]`: how a model reads pictures of digits that other people wrote.
// FOLDER holds a folder for each class (0 … 9) with pictures, or folders that do, one for each way of spoiling. Prints, for each
// set of pictures, accuracy, refusals, sure errors and calibration; with one set, also for each source: the letters at
// the start of a file's name. Without --model it trains the preset everyday first.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root, say } from './setup.js';

const print = (line) => process.stdout.write(`${line}\n`);

/** A wrong answer above this probability, and without doubt, is a sure error. */
const SURE = 0.9;
/** Probabilities are compared with accuracies in so many groups of the same width. */
const BINS = 10;

export async function verifyPictures(folder, model) {
  const trained = model ? undefined : mkdtempSync(path.join(tmpdir(), 'longhand-verify-'));
  try {
    const file = model ?? train(path.join(trained, 'everyday.safetensors'));
    const sets = setsIn(path.resolve(folder));
    if (sets.length === 0)
      throw new Error(`${folder}: expected a folder for each class, 0 to 9, with pictures`);
    return await report(
      sets,
      await import('@longhand/core'),
      await import('@longhand/formats/pictures'),
      file,
    );
  } catch (error) {
    say(error.message);
    return false;
  } finally {
    if (trained) rmSync(trained, { recursive: true, force: true });
  }
}

function train(file) {
  say('training the preset everyday, which takes about five minutes');
  const args = ['packages/cli/bin/longhand.js', 'train', '--preset', 'everyday', '--out', file];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('the training failed');
  return file;
}

/** Folders that hold a folder for each class: this one, or those in it. */
function setsIn(folder) {
  const folders = (place) =>
    readdirSync(place, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  const isSet = (place) => folders(place).some((name) => /^\d+$/.test(name));
  const places = isSet(folder) ? [folder] : folders(folder).map((name) => path.join(folder, name));
  return places.filter(isSet).map((place) => ({
    name: path.basename(place),
    files: folders(place)
      .filter((label) => /^\d+$/.test(label))
      .flatMap((label) =>
        readdirSync(path.join(place, label))
          .sort()
          .map((file) => ({ label, file, path: path.join(place, label, file) })),
      ),
  }));
}

async function report(sets, { loadModel, DataError }, { decodePicture }, file) {
  const model = await loadModel(readFileSync(file));
  print(`${'pictures'.padEnd(20)}   read rightly   refused  in doubt  sure errors  calibration error`);
  const all = [];
  for (const { name, files } of sets) {
    const answers = [];
    for (const { label, file, path: place } of files) {
      answers.push({ label, file, ...(await answerTo(place)) });
    }
    all.push(...answers);
    print(row(name, answers));
    if (sets.length === 1) {
      for (const source of [...new Set(answers.map(sourceOf))].sort()) {
        print(
          row(
            `  source ${source}`,
            answers.filter((answer) => sourceOf(answer) === source),
          ),
        );
      }
      for (const { label, file, answer, probability, error } of answers) {
        if (answer === label) continue;
        print(`  ${label}/${file}: ${error ?? `${answer} (${(100 * probability).toFixed(0)} %)`}`);
      }
    }
  }
  if (sets.length > 1) print(row('all', all));
  return true;

  async function answerTo(place) {
    try {
      const { label, probability, doubt } = model.predict(await decodePicture(readFileSync(place), place));
      return { answer: String(label), probability, doubt };
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      return { error: error.message.slice(error.message.lastIndexOf(': ') + 2) };
    }
  }
}

function sourceOf({ file }) {
  return /^[^\d.]*/.exec(file)[0] || '–';
}

function row(name, answers) {
  const right = answers.filter(({ label, answer }) => answer === label).length;
  const refused = answers.filter(({ error }) => error).length;
  const doubted = answers.filter(({ doubt }) => doubt).length;
  const sure = answers.filter(
    ({ label, answer, probability, doubt }) =>
      answer !== undefined && answer !== label && !doubt && probability > SURE,
  ).length;
  const share = (count) => `${((100 * count) / answers.length).toFixed(1)} %`;
  const cells = [
    `${right} of ${answers.length}`.padStart(12),
    share(right).padStart(8),
    String(refused).padStart(8),
    String(doubted).padStart(8),
    `${sure} (${share(sure)})`.padStart(13),
    `${(100 * calibrationError(answers)).toFixed(1)} %`.padStart(10),
  ];
  return `${name.padEnd(18)}${cells.join(' ')}`;
}

/** The expected calibration error of the answers that were given (Guo et al. 2017). */
function calibrationError(answers) {
  const given = answers.filter(({ answer }) => answer !== undefined);
  let error = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const some = given.filter(
      ({ probability }) => Math.min(BINS - 1, Math.floor(probability * BINS)) === bin,
    );
    if (some.length === 0) continue;
    const mean = some.reduce((sum, { probability }) => sum + probability, 0) / some.length;
    const right = some.filter(({ answer, label }) => answer === label).length / some.length;
    error += (some.length / given.length) * Math.abs(mean - right);
  }
  return error;
}
