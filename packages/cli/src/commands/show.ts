import { flagOf, SettingError, type SettingName } from '@longhand/core';
import { EXIT, type ExitCode } from '../exit-code.js';
import { drawHiddenUnits } from '../hidden-units/draw-hidden-units.js';
import { describeHiddenUnits } from '../hidden-units/hidden-unit.js';
import { learnedPart } from '../hidden-units/learned-part.js';
import { openModel } from '../model/open-model.js';
import { print, printJson } from '../streams.js';
import { terminalOf } from '../terminal/terminal.js';
import { wholeNumber } from '../whole-number.js';
import { type AugmentFlags, DISTORTIONS, showAugment } from './show-augment.js';

const OF_AUGMENT = ['preset', 'index', 'data', 'count', ...DISTORTIONS] as const;

interface ShowFlags extends AugmentFlags {
  readonly augment?: boolean;
  readonly unit?: string;
  readonly learnt?: boolean;
}

/** `longhand show MODEL`. */
export async function showCommand(file: string | undefined, flags: ShowFlags): Promise<ExitCode> {
  const { unit, learnt = false, seed, json, quiet = false, augment = false } = flags;
  const ofUnits = unit !== undefined ? '--unit' : learnt ? '--learnt' : undefined;
  if (augment && ofUnits)
    throw new SettingError(`--augment and ${ofUnits} exclude each other: give one of them`);
  if (augment) return showAugment(file, flags);
  const other = OF_AUGMENT.find((name) => flags[name] !== undefined);
  if (other) throw new SettingError(`${flagOf({ name: other as SettingName })}: needs --augment`);
  if (file === undefined) throw new SettingError('missing argument <model>: give one, or --augment');
  const model = await openModel(file);
  const all = describeHiddenUnits(model.network, learnt ? learnedPart(model, file, seed) : model.network);
  const shown = unit === undefined ? all : [all[wholeNumber('--unit', unit, 0, all.length - 1)]!];
  const { width, height, classNames, features } = model.record;
  if (json)
    printJson({
      model: file,
      width,
      height,
      classNames,
      ...(features && { features }),
      learnt,
      units: shown,
    });
  else
    print(
      drawHiddenUnits(shown, all, model.record, {
        terminal: terminalOf(process.stdout),
        quiet,
        learnt,
      }).join('\n'),
    );
  return EXIT.done;
}
