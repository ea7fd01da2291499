import { EXIT, type ExitCode } from '../exit-code.js';
import { openModel } from '../model/open-model.js';
import type { CommonFlags } from '../run-flags.js';
import { print, printJson } from '../streams.js';
import { terminalOf } from '../terminal/terminal.js';
import { drawUnits } from '../units/draw-units.js';
import { learntPart } from '../units/learnt.js';
import { describeUnits } from '../units/unit.js';
import { wholeNumber } from '../whole-number.js';

interface ShowFlags extends CommonFlags {
  readonly unit?: string;
  readonly learnt?: boolean;
  readonly seed?: number;
}

/** `longhand show MODEL`. */
export async function showCommand(
  file: string,
  { unit, learnt = false, seed, json, quiet = false }: ShowFlags,
): Promise<ExitCode> {
  const model = await openModel(file);
  const all = describeUnits(model.network, learnt ? learntPart(model, file, seed) : model.network);
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
      drawUnits(shown, all, model.record, {
        terminal: terminalOf(process.stdout),
        quiet,
        learnt,
      }).join('\n'),
    );
  return EXIT.done;
}
