import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { cachedFiles, type FetchOptions, fetchNamed } from './fetch-named.js';
import { loopback, noise, sha256 } from './loopback.test.support.js';
import type { Mirror, NamedData, NamedFile } from './named-data.js';

const server = await loopback();
const root = mkdtempSync(path.join(tmpdir(), 'longhand-named-'));
afterAll(() => {
  server.close();
  rmSync(root, { recursive: true });
});

const IMAGES = new Uint8Array(gzipSync(noise(300_000)));
const LABELS = new Uint8Array(gzipSync(noise(500, 2)));
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');

const KNOWN: readonly NamedFile[] = [
  { name: 'images.gz', size: IMAGES.length, sha256: sha256(IMAGES) },
  { name: 'labels.gz', size: LABELS.length, sha256: sha256(LABELS) },
];

const dataOf = (files: readonly NamedFile[] = KNOWN): NamedData => ({
  ...{ name: 'pretend', title: 'a test', training: 1, test: 1, classes: 2 },
  ...{ home: 'https://example.org/pretend', license: 'MIT', files, mirrors: [] },
});

let cache: string;
let notes: string[];
const at = (...folders: readonly string[]): Mirror[] =>
  folders.map((folder) => ({ folder: `${server.url}/${folder}/` }));
const fetchWith = (mirrors: readonly Mirror[], options: FetchOptions = {}, files = KNOWN) =>
  fetchNamed(dataOf(files), {
    cache,
    mirrors,
    stallMs: 5000,
    onNote: (note) => notes.push(note),
    ...options,
  });
const inCache = (name: string) => path.join(cache, 'pretend', name);
const leftOver = () =>
  readdirSync(path.join(cache, 'pretend')).filter((name) => !/^(images|labels)\.gz$/.test(name));
const serve = (folder: string, options = {}, images = IMAGES) => {
  server.paths.set(`/${folder}/images.gz`, { bytes: images, ...options });
  server.paths.set(`/${folder}/labels.gz`, { bytes: LABELS });
};

beforeEach(() => {
  server.reset();
  cache = mkdtempSync(path.join(root, 'cache-'));
  notes = [];
});

describe('the first time', () => {
  test('every file is fetched, with progress, and nothing else is left in the cache', async () => {
    serve('a');
    const progress: (readonly [number, number | undefined])[] = [];
    const result = await fetchWith(at('a'), {
      onProgress: ({ have, total }) => progress.push([have, total]),
    });
    expect(result.files).toEqual([inCache('images.gz'), inCache('labels.gz')]);
    expect(result.fetched).toBe(2);
    expect(sha256(readFileSync(inCache('images.gz')))).toBe(sha256(IMAGES));
    const all = IMAGES.length + LABELS.length;
    expect(progress.at(-1)).toEqual([all, all]);
    expect(progress.map(([have]) => have)).toEqual(progress.map(([have]) => have).toSorted((a, b) => a - b));
    expect(leftOver()).toEqual([]);
    expect(notes).toEqual([]);
  });

  test('the second time no server is asked', async () => {
    serve('a');
    await fetchWith(at('a'));
    server.reset();
    expect((await fetchWith(at('a'))).fetched).toBe(0);
    expect(server.seen).toEqual([]);
    expect(await cachedFiles(dataOf(), cache)).toMatchObject({
      complete: true,
      bytes: IMAGES.length + LABELS.length,
    });
  });

  test('a file that is damaged in the cache is fetched again, and said', async () => {
    serve('a');
    await fetchWith(at('a'));
    const bytes = readFileSync(inCache('images.gz'));
    bytes[1000]! ^= 1;
    writeFileSync(inCache('images.gz'), bytes);
    expect((await fetchWith(at('a'))).fetched).toBe(1);
    expect(sha256(readFileSync(inCache('images.gz')))).toBe(sha256(IMAGES));
    expect(notes[0]).toContain('was damaged in the cache');
  });

  test('a redirect is followed', async () => {
    serve('b');
    server.paths.set('/a/images.gz', { bytes: IMAGES, redirect: '/b/images.gz' });
    server.paths.set('/a/labels.gz', { bytes: LABELS });
    await fetchWith(at('a'));
    expect(server.seen.map((request) => request.path)).toContain('/b/images.gz');
  });
});

describe('a mirror that fails', () => {
  const bad: readonly (readonly [string, string, () => void])[] = [
    ['is not there', '404 Not Found', () => undefined],
    ['refuses', '403 Forbidden', () => serve('bad', { status: 403 })],
    [
      'gives other bytes',
      'another content',
      () => serve('bad', {}, new Uint8Array(gzipSync(noise(299_000, 9)))),
    ],
    ['gives too many bytes', 'too many', () => serve('bad', {}, noise(400_000))],
    [
      'gives a web page',
      'web page',
      () => serve('bad', {}, new TextEncoder().encode('<!DOCTYPE html><title>Sign in</title>')),
    ],
    [
      'gives a Git LFS pointer',
      'a Git LFS pointer',
      () =>
        serve(
          'bad',
          {},
          new TextEncoder().encode('version https://git-lfs.github.com/spec/v1\noid sha256:0'),
        ),
    ],
  ];
  test.each(bad)('that %s: the next one is tried, and it is said why', async (_, reason, prepare) => {
    serve('good');
    prepare();
    await fetchWith(at('bad', 'good'));
    expect(notes[0]).toContain(reason);
    expect(sha256(readFileSync(inCache('images.gz')))).toBe(sha256(IMAGES));
    expect(leftOver()).toEqual([]);
  });

  test('that falls silent is given up, and the next one goes on where it stopped', async () => {
    serve('slow', { silentAfter: 100_000, ranges: false });
    serve('good', { etag: '"2"' });
    await fetchWith(at('slow', 'good'), { stallMs: 150 });
    expect(notes[0]).toContain('no byte for 150 ms');
    expect(server.seen.find(({ path: asked }) => asked === '/good/images.gz')?.range).toBe('bytes=100000-');
    expect(sha256(readFileSync(inCache('images.gz')))).toBe(sha256(IMAGES));
  });

  test('where none is left, one line names every reason and the way out', async () => {
    server.paths.set('/a/images.gz', { bytes: IMAGES, status: 410 });
    const closed = { folder: 'http://127.0.0.1:9/' };
    await expect(fetchWith([...at('a', 'b'), closed])).rejects.toThrow(
      /^pretend: cannot fetch images\.gz: \S+: 410 Gone; \S+: 404 Not Found; 127\.0\.0\.1:9: .+\. What has arrived is kept: try again later, or download the files from https:\/\/example\.org\/pretend yourself/,
    );
  });
});

describe('a download that was cut', () => {
  test('goes on where it stopped, if the file is still the same', async () => {
    serve('a', { etag: '"1"', cutAfter: 120_000 });
    await fetchWith(at('a'));
    const asked = server.seen.filter(({ path: one }) => one === '/a/images.gz');
    expect(asked.map(({ range }) => range)).toEqual([undefined, 'bytes=120000-', 'bytes=240000-']);
    expect(asked.map(({ ifRange }) => ifRange)).toEqual([undefined, '"1"', '"1"']);
    expect(sha256(readFileSync(inCache('images.gz')))).toBe(sha256(IMAGES));
  });

  test('starts again where the server gives whole files only', async () => {
    serve('a', { ranges: false, cutAfter: 200_000, cuts: 1 });
    await fetchWith(at('a'));
    expect(sha256(readFileSync(inCache('images.gz')))).toBe(sha256(IMAGES));
  });

  test('is given up where every try ends at the same place', async () => {
    serve('a', { ranges: false, cutAfter: 200_000 });
    await expect(fetchWith(at('a'))).rejects.toThrow('the connection was cut');
  });

  test('goes on in another process, and its part is kept by Ctrl-C', async () => {
    serve('a', { silentAfter: 150_000, etag: '"1"' });
    const controller = new AbortController();
    const stopped = fetchWith(at('a'), {
      signal: controller.signal,
      onProgress: ({ have }) => have >= 150_000 && controller.abort(),
    });
    await expect(stopped).rejects.toThrow(/abort/i);
    expect(statSync(inCache('images.gz.part')).size).toBe(150_000);
    expect(existsSync(inCache('images.gz'))).toBe(false);
    expect(existsSync(inCache('lock'))).toBe(false);
    serve('a', { etag: '"1"' });
    await fetchWith(at('a'));
    expect(server.seen.at(-2)).toEqual({ path: '/a/images.gz', range: 'bytes=150000-', ifRange: '"1"' });
    expect(leftOver()).toEqual([]);
  });

  test('starts again where nothing says that it is still the same file', async () => {
    const unknown = [{ name: 'images.gz' }];
    serve(
      'a',
      { silentAfter: 150_000, ranges: false, etag: '"old"' },
      new Uint8Array(gzipSync(noise(300_000, 5))),
    );
    await expect(fetchWith(at('a'), { stallMs: 100 }, unknown)).rejects.toThrow('no byte');
    serve('a', { etag: '"new"' });
    await fetchWith(at('a'), {}, unknown);
    expect(sha256(readFileSync(inCache('images.gz')))).toBe(sha256(IMAGES));
  });
});

describe('a hash', () => {
  test('that is not known is that of the first download, said, and compared from then on', async () => {
    const unknown = [{ name: 'images.gz' }];
    serve('a');
    await fetchWith(at('a'), {}, unknown);
    expect(notes).toEqual([expect.stringContaining(`Its own, ${sha256(IMAGES)}, is kept`)]);
    rmSync(inCache('images.gz'));
    serve('a', {}, new Uint8Array(gzipSync(noise(300_000, 3))));
    await expect(fetchWith(at('a'), {}, unknown)).rejects.toThrow(`expected ${sha256(IMAGES)}`);
  });

  test('is not kept of a file that is damaged by itself', async () => {
    serve('a', {}, IMAGES.slice(0, 200_000));
    await expect(fetchWith(at('a'), {}, [{ name: 'images.gz' }])).rejects.toThrow('a damaged gzip file');
  });

  test('may be an MD5, if the publisher gives no other', async () => {
    serve('a');
    await fetchWith(at('a'), {}, [{ name: 'images.gz', md5: md5(IMAGES) }]);
    expect(notes[0]).toContain('Its MD5 is the known one');
    rmSync(path.join(cache, 'pretend'), { recursive: true });
    await expect(fetchWith(at('a'), {}, [{ name: 'images.gz', md5: md5(LABELS) }])).rejects.toThrow('MD5');
  });

  test('of the contents accepts a file that was compressed in another way, or not at all', async () => {
    const contents = noise(300_000);
    const files = [{ name: 'images.gz', sha256: sha256(IMAGES), contents: sha256(contents) }];
    for (const bytes of [new Uint8Array(gzipSync(contents, { level: 1 })), contents]) {
      serve('a', {}, bytes);
      await fetchWith(at('a'), {}, files);
      expect((await fetchWith([], {}, files)).fetched).toBe(0);
      rmSync(path.join(cache, 'pretend'), { recursive: true });
    }
    expect(notes).toEqual([]);
  });
});

describe('a zip file on a server', () => {
  const padding = noise(200_000, 7);
  const zip = (level: 0 | 6) =>
    zipSync({ 'gzip/before.gz': padding, 'gzip/images.gz': IMAGES, 'gzip/labels.gz': LABELS }, { level });
  const fromZip: Mirror[] = [{ zip: `${server.url}/all.zip`, inside: 'gzip/' }];
  const bytesAsked = () =>
    server.seen.reduce((sum, { range }) => {
      const [, start, end] = /bytes=(\d*)-(\d*)/.exec(range ?? '')!;
      return sum + (start === '' ? Number(end) : Number(end) - Number(start) + 1);
    }, 0);

  test.each([0, 6] as const)('gives one file without the others (level %i)', async (level) => {
    server.paths.set('/all.zip', { bytes: zip(level), etag: '"z"' });
    await fetchWith(fromZip);
    expect(sha256(readFileSync(inCache('images.gz')))).toBe(sha256(IMAGES));
    expect(sha256(readFileSync(inCache('labels.gz')))).toBe(sha256(LABELS));
    // Its end of 64 kB, two heads, and the files themselves.
    expect(bytesAsked()).toBeLessThan(IMAGES.length + LABELS.length + 70_000);
    expect(leftOver()).toEqual([]);
  });

  test('that is cut goes on inside the file', async () => {
    server.paths.set('/all.zip', { bytes: zip(6), etag: '"z"', cutAfter: 100_000 });
    await fetchWith(fromZip);
    expect(sha256(readFileSync(inCache('images.gz')))).toBe(sha256(IMAGES));
    expect(bytesAsked()).toBeLessThan(3 * IMAGES.length);
  });

  test('is not fetched whole where the server gives no parts', async () => {
    server.paths.set('/all.zip', { bytes: zip(0), ranges: false });
    serve('good');
    await fetchWith([...fromZip, ...at('good')]);
    expect(notes[0]).toContain('gives whole files only');
  });

  test('without the file says so', async () => {
    server.paths.set('/all.zip', { bytes: zipSync({ 'gzip/other.gz': padding }) });
    await expect(fetchWith(fromZip)).rejects.toThrow('has no gzip/images.gz in the archive');
  });
});

describe('two at once', () => {
  test('fetch every file once', async () => {
    serve('a');
    const both = await Promise.all([fetchWith(at('a')), fetchWith(at('a'))]);
    expect(server.seen.map((request) => request.path).toSorted()).toEqual(['/a/images.gz', '/a/labels.gz']);
    expect(both.map(({ fetched }) => fetched).toSorted()).toEqual([0, 2]);
    expect(notes).toEqual(['pretend: another process is fetching it: waiting']);
  });

  test('a lock that was left by a process that is gone holds nobody up', async () => {
    serve('a');
    await fetchWith(at('a'));
    rmSync(inCache('images.gz'));
    writeFileSync(inCache('lock'), 'another-host 1');
    const past = new Date(Date.now() - 60_000);
    utimesSync(inCache('lock'), past, past);
    expect((await fetchWith(at('a'))).fetched).toBe(1);
  });
});

test('a cache that cannot be written is named', async () => {
  serve('a');
  const file = path.join(root, 'a-file');
  writeFileSync(file, '');
  await expect(fetchWith(at('a'), { cache: file })).rejects.toThrow(
    `${path.join(file, 'pretend')}: cannot keep fetched data there: a part of this path is a file`,
  );
});
