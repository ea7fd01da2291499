import { saveFile } from '../files/save.js';
import { type KeptDrawing, type KeptModel, type KeptSweep, keptOf } from './kept.js';
import { remembered } from './remembered.js';
import { writeRunLog } from './run-log.js';
import type { RunRecord } from './run-record.js';

/**
 * Saves all that the browser keeps as one zip file: models as the files that the command reads, runs as its
 * logs, drawings and progress as JSON. It can be dropped on the page again (import-kept.ts).
 */
export async function exportKept(): Promise<void> {
  const [{ zipSync, strToU8 }, models, runs, sweeps, drawings, progress] = await Promise.all([
    import('fflate'),
    keptOf<KeptModel>('model'),
    keptOf<RunRecord>('run'),
    keptOf<KeptSweep>('sweep'),
    keptOf<KeptDrawing>('drawing'),
    keptOf('progress'),
  ]);
  const files: Record<string, Uint8Array> = {};
  for (const { id, value } of models)
    files[`models/${plain(value.name)}-${id.slice(0, 8)}.safetensors`] = value.file;
  for (const { value } of runs)
    files[`runs/${value.number}-${plain(value.title || 'run')}.jsonl`] = strToU8(writeRunLog(value));
  for (const { value } of sweeps) {
    const name = plain(value.name.replace(/\.\w+$/, ''));
    const isTaken = `sweeps/${name}.jsonl` in files;
    files[`sweeps/${name}${isTaken ? `-${Object.keys(files).length}` : ''}.jsonl`] = value.log;
  }
  const json = (value: unknown) => strToU8(`${JSON.stringify(value, null, 2)}\n`);
  if (drawings.length > 0) files['drawings.json'] = json(drawings.map(({ value }) => value));
  const counted = Object.fromEntries(progress.map(({ id, value }) => [id, value]));
  files['progress.json'] = json({ ...counted, remembered: remembered() });
  saveFile('longhand-kept.zip', zipSync(files) as Uint8Array<ArrayBuffer>, 'application/zip');
}

/** A name as part of a file's name on every system. */
function plain(name: string): string {
  return name.replace(/[^\w.-]+/g, '-').slice(0, 60) || 'unnamed';
}
