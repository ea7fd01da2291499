import type { ModelRecord } from '@longhand/core';

import { DataError } from '@longhand/core/errors';
import type { FoundPage } from '@longhand/core/pages';
import { FRAME_SIDE } from '@longhand/core/pictures';
import { plural } from '@longhand/core/text';
import { EXIT, type ExitCode } from '../exit-code.js';
import { openModel } from '../model/open-model.js';
import { predictorOf } from '../model/predictor-of.js';
import { saveModel } from '../model/save-model.js';
import { modelAndPictures } from '../model-and-pictures.js';
import { checkOut } from '../prediction/check-out.js';
import { asLines } from '../reading/as-lines.js';
import { drawMarked } from '../reading/draw-marked.js';
import { readPages } from '../reading/read-pages.js';
import { showError } from '../show-error.js';
import { print, printJson } from '../streams.js';
import { startProgress } from '../terminal/progress.js';
import { UsageError } from '../usage-error.js';
import type { read } from './read.row.js';
import type { FlagsOf } from './row.js';

/** `longhand read [MODEL] FILE…`. */
export async function readCommand(
  first: string | undefined,
  others: readonly string[],
  { out, strict = false, json, quiet = false }: FlagsOf<typeof read>,
): Promise<ExitCode> {
  const files = first === undefined ? [] : [first, ...others];
  const { model: file, pictures } = await modelAndPictures(files, { needsPictures: true, quiet });
  if (out !== undefined && pictures.length > 1) {
    throw new UsageError(`--out ${out}: takes one picture, found ${pictures.length}: pass them one by one`);
  }
  if (out !== undefined) await checkOut(out, [file, ...pictures], 'the marked picture');
  const { network, record } = await openModel(file, quiet);
  if (record.features || record.width !== FRAME_SIDE || record.height !== FRAME_SIDE) {
    throw new DataError(
      `${file}: takes ${record.features ? `rows of ${record.features.length} features` : `pictures of ${record.width} × ${record.height}`}: to read pages, a model must take pictures of ${FRAME_SIDE} × ${FRAME_SIDE}`,
    );
  }
  const predictor = predictorOf({ network, record });
  const progress = await startProgress({ total: pictures.length, quiet, hasLastLine: false });
  const pages = readPages(pictures, (pixels) => predictor.predict(pixels), strict);
  const documents: object[] = [];
  const texts: string[] = [];
  const errors: DataError[] = [];
  for await (const page of pages) {
    progress.update(
      documents.length,
      () => `reading: ${documents.length} of ${plural(pictures.length, 'picture')}`,
    );
    if ('error' in page) {
      if (strict) {
        progress.end();
        throw page.error;
      }
      errors.push(page.error);
      documents.push({ file: page.file, error: page.error.message });
      continue;
    }
    if (out !== undefined)
      await saveModel(out, drawMarked(page.picture, page.found, record.classNames), 'the marked picture');
    const lines = asLines(page.found, record.classNames);
    texts.push([...(pictures.length > 1 ? [`${page.file}:`] : []), ...lines].join('\n'));
    documents.push(asJson(page.file, page.found, record, lines, out));
  }
  progress.end();
  if (json && texts.length > 0) printJson(documents);
  else if (texts.length > 0) print(texts.join(pictures.length > 1 ? '\n\n' : '\n'));
  if (out !== undefined && texts.length > 0 && !json && !quiet) print(`Saved the marked picture to ${out}`);
  for (const error of errors) showError(error);
  return errors.length > 0 ? EXIT.bad : EXIT.done;
}

/** A file's lines: the text of each, and the box, the answer and the probabilities of each mark. */
function asJson(
  file: string,
  { lines }: FoundPage,
  { classNames }: ModelRecord,
  texts: readonly string[],
  out: string | undefined,
) {
  return {
    file,
    text: texts.join('\n'),
    lines: lines.map((line, k) => ({
      text: texts[k],
      marks: line.map(({ box, digit, sign, probabilities }) => ({
        box,
        digit: sign === undefined ? digit : null,
        class: sign === undefined ? classNames[digit] : 'not a digit',
        sign: sign ?? null,
        probabilities,
      })),
    })),
    ...(out !== undefined && { out }),
  };
}
