import type { Calibration } from '@longhand/core/evaluation';
import { count, percent } from '@longhand/core/text';
import { bar } from '../terminal/bars.js';
import { painter } from '../terminal/paint.js';
import type { Terminal } from '../terminal/terminal.js';

const BAR_WIDTH = 20;
/** Columns of the longest line. In fewer, the bar and the confidence are left out. */
const WHOLE_LINE = 78;

/**
 * The reliability diagram: of the answers with a confidence in each range, how many are right. In a
 * well-calibrated model the two agree.
 */
export function drawCalibration({ bins, error }: Calibration, terminal: Terminal): string[] {
  const paint = painter(terminal);
  const lines = bins.flatMap(({ from, to, examples, confidence, accuracy }) => {
    if (confidence === undefined || accuracy === undefined) return [];
    const range = `${Math.round(100 * from)}–${Math.round(100 * to)}%`.padStart(8);
    if (terminal.width < WHOLE_LINE) {
      return [`${range} ${percent(accuracy, 1).padStart(6)} right of ${count(examples)}`];
    }
    const drawn = bar(accuracy, BAR_WIDTH, terminal.unicode).padEnd(BAR_WIDTH);
    return [
      `${range}  ${drawn} ${percent(accuracy, 1).padStart(6)} right of ${count(examples)}, mean confidence ${percent(confidence, 1)}`,
    ];
  });
  return [
    paint('bold', `Confidence, and how often it is right (calibration error ${percent(error, 1)}):`),
    ...lines,
  ];
}
