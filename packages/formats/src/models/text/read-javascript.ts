import { ModelError } from '@longhand/core';
import { modelOf } from '@longhand/core/files';
import type { ModelReader } from '../model-format.js';
import { asTexts } from '../record-texts.js';
import { tensorsOfList } from '../tensors-of-list.js';
import { fromBase64 } from './base64.js';
import { MODEL_LINE } from './write-javascript.js';

/** Our own module: nothing of it is run, only the line that holds the model is read. */
export const javascriptReader: ModelReader = {
  kind: 'javascript-model',
  async read(bytes, name) {
    const text = new TextDecoder().decode(bytes);
    const at = text.startsWith(MODEL_LINE) ? 0 : text.indexOf(`\n${MODEL_LINE}`) + 1;
    const line = text.slice(at, text.indexOf('\n', at));
    if (!line.startsWith(MODEL_LINE))
      throw new ModelError(`${name}: is a JavaScript program, but none that Longhand wrote`);
    let model: unknown;
    try {
      model = JSON.parse(line.slice(MODEL_LINE.length).replace(/;\s*$/, ''));
    } catch {
      throw new ModelError(`${name}: the line "${MODEL_LINE}…" is damaged`);
    }
    const { metadata, parameters } = (model ?? {}) as { metadata?: unknown; parameters?: unknown };
    const texts = asTexts(metadata);
    const content = typeof parameters === 'string' ? fromBase64(parameters) : undefined;
    if (!texts || !content || content.length % 4 !== 0)
      throw new ModelError(`${name}: the line "${MODEL_LINE}…" is damaged`);
    const view = new DataView(content.buffer);
    const values = Float32Array.from({ length: content.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
    return modelOf({ tensors: tensorsOfList(values, texts, name), metadata: texts }, name);
  },
};
