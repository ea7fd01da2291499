import { EXIT, type ExitCode } from '../exit-code.js';
import { flagOf } from '../flag-name.js';
import { drawHiddenUnits } from '../hidden-units/draw-hidden-units.js';
import { describeHiddenUnits } from '../hidden-units/hidden-unit.js';
import { learnedPart } from '../hidden-units/learned-part.js';
import { classWeightOf, describeClassWeight } from '../model/class-weight.js';
import { openModel } from '../model/open-model.js';
import { print, printJson } from '../streams.js';
import { terminalOf } from '../terminal/terminal.js';
import { UsageError } from '../usage-error.js';
import { wholeNumber } from '../whole-number.js';
import type { FlagsOf } from './row.js';
import { AUGMENTATION, type show } from './show.row.js';
import { showAugment } from './show-augment.js';

const OF_AUGMENT = [
  ...(['preset', 'index', 'data', 'dataCache', 'label', 'ignore', 'strict', 'count'] as const),
  ...AUGMENTATION,
];

/** `longhand show MODEL`, and with `--augment` versions of one picture. */
export async function showCommand(file: string | undefined, flags: FlagsOf<typeof show>): Promise<ExitCode> {
  const { unit, learned = false, seed, json, quiet = false, augment = false } = flags;
  const ofUnits = unit !== undefined ? '--unit' : learned ? '--learned' : undefined;
  if (augment && ofUnits)
    throw new UsageError(`--augment and ${ofUnits} exclude each other: pass one of them`);
  if (augment) return showAugment(file, flags);
  const other = OF_AUGMENT.find((name) => flags[name] !== undefined);
  if (other) throw new UsageError(`${flagOf(other)}: needs --augment`);
  if (file === undefined)
    throw new UsageError('missing argument <model>: name a model file, or pass --augment');
  const model = await openModel(file, quiet);
  const all = describeHiddenUnits(model.network, learned ? learnedPart(model, file, seed) : model.network);
  const shown = unit === undefined ? all : [all[wholeNumber('--unit', unit, 0, all.length - 1)]!];
  const { width, height, classNames, features } = model.record;
  const classWeight = classWeightOf(model.record);
  const weighting = describeClassWeight(model.record);
  if (weighting && !json && !quiet) print(`${weighting}\n`);
  if (json)
    printJson({
      model: file,
      width,
      height,
      classNames,
      ...(features && { features }),
      ...(classWeight !== undefined && { classWeight }),
      learned,
      units: shown,
    });
  else
    print(
      drawHiddenUnits(shown, all, model.record, {
        terminal: terminalOf(process.stdout),
        quiet,
        learned,
      }).join('\n'),
    );
  return EXIT.done;
}
