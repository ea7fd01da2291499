import type { ModelFile, Settings } from '@longhand/core';
import { augmentationFor, augmentPicture, createDisplacementField, drawAffineMap } from '@longhand/core/data';
import { createRandom } from '@longhand/core/maths';
import { settingNamed, withPreset } from '@longhand/core/settings';
import { announce, takenAsJson } from '../data/announce.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { openModel } from '../model/open-model.js';
import { settingsOf } from '../settings-of.js';
import { print, printJson } from '../streams.js';
import { painter } from '../terminal/paint.js';
import { drawPicture, inkPicture } from '../terminal/picture.js';
import { sideBySide } from '../terminal/side-by-side.js';
import { terminalOf } from '../terminal/terminal.js';
import { openAny, openTestSet } from '../test-set.js';
import { UsageError } from '../usage-error.js';
import { wholeNumber } from '../whole-number.js';
import type { FlagsOf } from './row.js';
import { AUGMENTATION, type show } from './show.row.js';

const VERSIONS = 11;
const GAP = 2;

/** `longhand show [MODEL] --augment`: versions of one picture, as training would see it. */
export async function showAugment(file: string | undefined, flags: FlagsOf<typeof show>): Promise<ExitCode> {
  const { json, quiet = false, seed = settingNamed('seed').default as number } = flags;
  const model = file === undefined ? undefined : await openModel(file, quiet);
  const strengths = strengthsOf(model, flags);
  const { dataset, name, taken } = model
    ? await openTestSet(flags.data, file!, model, flags)
    : await openAny(flags.data, undefined, flags);
  if (!model) announce(name, taken, quiet);
  const { count = VERSIONS } = flags;
  const index =
    flags.index === undefined
      ? createRandom(seed, 'question').below(dataset.length)
      : wholeNumber('--index', flags.index, 0, dataset.length - 1);
  const { width, height } = dataset;
  const distortion = augmentationFor({ ...strengths, seed }, dataset);
  if (!distortion) {
    throw new UsageError(
      '--augment: no augmentation is set: pass --shift, --rotate, --scale, --shear or --elastic, or a preset or a model that has them',
    );
  }
  const field = createDisplacementField(distortion);
  const pixels = dataset.pixels(index);
  const versions = Array.from({ length: count }, (_, place) =>
    augmentPicture(pixels, width, height, drawAffineMap(distortion, 0, place), field),
  );
  if (json) {
    const drawn = versions.map((version) => Array.from(version));
    printJson({
      ...{ index, ...strengths, seed, width, height, pixels: Array.from(pixels), versions: drawn },
      ...(taken && { data: takenAsJson(taken) }),
    });
    return EXIT.done;
  }
  const terminal = terminalOf(process.stdout);
  const paint = painter(terminal);
  const block = (title: string, picture: Uint8Array) => [
    title,
    ...drawPicture(inkPicture(picture, width, height), terminal),
  ];
  const label = dataset.classNames[dataset.label(index)]!;
  const blocks = [
    block(`${paint('bold', label)} unchanged`, pixels),
    ...versions.map((version, k) => block(paint('dim', `version ${k + 1}`), version)),
  ];
  if (!quiet) print(`Example ${index} of ${name}, ${describe(strengths)}.\n`);
  print(sideBySide(blocks, { width: terminal.width - 1, gap: GAP }).join('\n'));
  return EXIT.done;
}

type Distorting = Pick<Settings, (typeof AUGMENTATION)[number]>;

/** From the flags, or else from the preset or the model, or else the defaults. */
function strengthsOf(model: ModelFile | undefined, flags: FlagsOf<typeof show>): Distorting {
  const given = settingsOf(flags);
  const known: Partial<Settings> =
    flags.preset === undefined ? { ...model?.record.settings, ...given } : withPreset(flags.preset, given);
  return Object.fromEntries(
    AUGMENTATION.map((name) => [name, known[name] ?? settingNamed(name).default]),
  ) as unknown as Distorting;
}

function describe(strengths: Distorting): string {
  const { shift, rotate, scale, shear, elastic, elasticSigma } = strengths;
  const parts = [
    shift > 0 && `shifted by up to ${shift} pixels`,
    rotate > 0 && `rotated by up to ${rotate}°`,
    scale > 0 && `scaled by up to ${(100 * scale).toFixed(0)}%`,
    shear > 0 && `sheared by up to ${shear}`,
    elastic > 0 && `deformed by about ${elastic} pixels (smoothed over ${elasticSigma})`,
  ];
  return parts.filter(Boolean).join(', ');
}
