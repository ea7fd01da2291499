import { describe, expect, test } from 'vitest';
import { dataCacheFolder } from './cache-folder.js';
import { namedData, suggestNamed } from './find-named.js';
import { mirrorsOf } from './mirrors.js';
import { NAMED_DATA } from './table.js';

describe('a name', () => {
  test('is found however it is written, and suggested where it is misspelled', () => {
    expect(namedData('Fashion_MNIST')?.name).toBe('fashion-mnist');
    expect(namedData('fasion-mnist')).toBeUndefined();
    expect(suggestNamed('fasion-mnist')).toBe('fashion-mnist');
    expect(suggestNamed('emnist')).toBe('emnist-balanced');
    expect(suggestNamed('my-digits')).toBeUndefined();
  });
});

test('every file of the table is checked by a hash, and every address is one', () => {
  for (const { name, files, mirrors, training, test: tests } of NAMED_DATA) {
    expect(files, name).toHaveLength(4);
    expect(training).toBeGreaterThanOrEqual(tests);
    for (const file of files) {
      expect(file.sha256 ?? file.md5, file.name).toMatch(file.sha256 ? /^[0-9a-f]{64}$/ : /^[0-9a-f]{32}$/);
    }
    expect(mirrors.length).toBeGreaterThan(0);
    for (const mirror of mirrors) {
      expect(URL.canParse('folder' in mirror ? mirror.folder : mirror.zip), name).toBe(true);
      // The name of a file is put behind it.
      if ('folder' in mirror) expect(mirror.folder).toMatch(/\/$/);
    }
  }
  const hashes = NAMED_DATA.flatMap(({ files }) => files.map(({ sha256, md5 }) => sha256 ?? md5));
  expect(new Set(hashes).size).toBe(hashes.length);
});

test('the cache is in the user’s own folder for caches', () => {
  const on = (platform: NodeJS.Platform, env = {}) =>
    dataCacheFolder(env, platform, '/home/ada').replaceAll('\\', '/');
  expect(on('linux')).toBe('/home/ada/.cache/longhand/data');
  expect(on('linux', { XDG_CACHE_HOME: '/tmp/cache' })).toBe('/tmp/cache/longhand/data');
  expect(on('linux', { XDG_CACHE_HOME: 'relative' })).toBe('/home/ada/.cache/longhand/data');
  expect(on('darwin')).toBe('/home/ada/Library/Caches/longhand/data');
  expect(on('win32')).toBe('/home/ada/AppData/Local/longhand/data');
  expect(on('win32', { LOCALAPPDATA: 'D:/Local' })).toBe('D:/Local/longhand/data');
  expect(on('linux', { LONGHAND_DATA_CACHE: '/data' })).toBe('/data');
});

test('LONGHAND_MIRROR takes the place of the mirrors', () => {
  const data = namedData('kmnist')!;
  expect(mirrorsOf(data, {})).toBe(data.mirrors);
  expect(mirrorsOf(data, { LONGHAND_MIRROR: 'https://school.example/data/, http://10.0.0.1:8080' })).toEqual([
    { folder: 'https://school.example/data/kmnist/' },
    { folder: 'http://10.0.0.1:8080/kmnist/' },
  ]);
  expect(() => mirrorsOf(data, { LONGHAND_MIRROR: 'school.example' })).toThrow('expected an address');
});
