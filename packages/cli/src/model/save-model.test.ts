import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DataError } from '@longhand/core';
import { beforeEach, describe, expect, test } from 'vitest';
import { checkWritable, saveModel } from './save-model.js';

const bytes = new TextEncoder().encode('new model');
let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'longhand-'));
  file = path.join(folder, 'model.safetensors');
});

describe('saveModel', () => {
  test('writes a new file, and nothing else', async () => {
    await saveModel(file, bytes);
    expect(readFileSync(file, 'utf8')).toBe('new model');
    expect(readdirSync(folder)).toEqual(['model.safetensors']);
  });

  test.skipIf(process.platform === 'win32')('replaces an old file and keeps its permissions', async () => {
    writeFileSync(file, 'old model, longer than the new one', { mode: 0o640 });
    await saveModel(file, bytes);
    expect(readFileSync(file, 'utf8')).toBe('new model');
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  test.skipIf(process.platform === 'win32')('follows a symbolic link and leaves it a link', async () => {
    mkdirSync(path.join(folder, 'elsewhere'));
    const target = path.join(folder, 'elsewhere', 'model');
    writeFileSync(target, 'old');
    symlinkSync(target, file);
    await saveModel(file, bytes);
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('new model');
  });

  test('what cannot be written is one error with the file, and leaves nothing behind', async () => {
    const attempt = saveModel(path.join(folder, 'nowhere', 'model'), bytes);
    await expect(attempt).rejects.toThrow(DataError);
    await expect(attempt).rejects.toThrow(
      /nowhere.model: cannot save the model: the folder does not exist: create it first$/,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  test('what a killed writer of the same file left is removed, when no living one can be at it', async () => {
    const hourAgo = Date.now() / 1000 - 3600;
    const left = (name: string, isOld = true) => {
      writeFileSync(path.join(folder, name), 'half a mod');
      if (isOld) utimesSync(path.join(folder, name), hourAgo, hourAgo);
    };
    left('.model.safetensors.0123456789ab.tmp');
    const others = [
      '.other.safetensors.0123456789ab.tmp',
      '.model.safetensors.0123456789a.tmp',
      '.model.safetensors.0123456789aX.tmp',
      '.model.safetensors.mine.0123456789ab.tmp',
      'model.safetensors.0123456789ab.tmp',
    ];
    for (const name of others) left(name);
    left('.model.safetensors.ba9876543210.tmp', false);
    await saveModel(file, bytes);
    expect(readdirSync(folder).sort()).toEqual(
      [...others, '.model.safetensors.ba9876543210.tmp', 'model.safetensors'].sort(),
    );
  });

  test('a name taken by a folder stays a folder', async () => {
    mkdirSync(file);
    await expect(saveModel(file, bytes)).rejects.toThrow(DataError);
    expect(statSync(file).isDirectory()).toBe(true);
    expect(readdirSync(folder)).toEqual(['model.safetensors']);
  });
});

describe('checkWritable', () => {
  test('leaves no trace where a file can be written, there or not', async () => {
    await checkWritable(file);
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(file, 'old');
    await checkWritable(file);
    expect(readdirSync(folder)).toEqual(['model.safetensors']);
    expect(readFileSync(file, 'utf8')).toBe('old');
  });

  test('an empty name is an error', () =>
    expect(checkWritable('')).rejects.toThrow(/the file name is empty/));

  test('a file in place of the folder is an error', async () => {
    writeFileSync(file, 'old');
    await expect(checkWritable(path.join(file, 'model'))).rejects.toThrow(/cannot save/);
  });
});
