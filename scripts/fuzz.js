// `node scripts/fuzz.js [READER] [--minutes N | --seconds N] [--seed N]`: gives every reader damaged files, 10 minutes each.
// A reader must succeed or throw a LonghandError of one line, in at most 5 seconds of computing and with at most 300 MB more. It ends with 1
// if one did anything else, and says which seed repeats it. Checksums are made right again, so that damage reaches
// what is behind them.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { deflateSync, gzipSync, inflateSync } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const load = (file) => import(pathToFileURL(path.join(root, 'packages', file)).href);
const { LonghandError } = await load('core/dist/index.js');
const { createRandom } = await load('core/dist/maths.js');
const { decodeModel, encodeModel } = await load('core/dist/files.js');
const { fileOf } = await load('formats/dist/index.js');
const { readData } = await load('formats/dist/data/index.js');
const { readModel, writeModel } = await load('formats/dist/models/index.js');
const { decodePicture } = await load('formats/dist/pictures/index.js');
const { zipSync } = await import(
  pathToFileURL(path.join(root, 'node_modules', 'fflate', 'esm', 'index.mjs')).href
);

const MAX_SECONDS = 5;
const MAX_BYTES = 300e6;
const fixture = (name) => new Uint8Array(readFileSync(path.join(root, 'tests/fixtures', name)));
const bytesOf = (text) => new TextEncoder().encode(text);

/** An IDX file: its type, its sizes, its bytes. */
function idx(type, sizes, body) {
  const file = new Uint8Array(4 + 4 * sizes.length + body.length);
  const view = new DataView(file.buffer);
  view.setUint32(0, (type << 8) + sizes.length);
  for (const [d, size] of sizes.entries()) view.setUint32(4 + 4 * d, size);
  file.set(body, 4 + 4 * sizes.length);
  return file;
}

/** An npy file of version 1. */
function npy(descr, shape, body) {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`.padEnd(
    117,
  );
  return Uint8Array.from([0x93, ...bytesOf('NUMPY'), 1, 0, 118, 0, ...bytesOf(`${header}\n`), ...body]);
}

const count = (n) => Uint8Array.from({ length: n }, (_, i) => (37 * i) % 251);
const images = idx(8, [6, 4, 4], count(96));
const labels = idx(8, [6], Uint8Array.of(0, 1, 2, 0, 1, 2));
const floats = idx(0x0d, [6, 2, 2], count(96));
const arrays = {
  'x_train.npy': npy('|u1', [6, 4, 4], count(96)),
  'y_train.npy': npy('<i8', [6], count(48).fill(0)),
};
const csv = `label,pixel0,pixel1,pixel2,pixel3\n${'1,200,0,7,255\n2,3,4.5,"6",9\n'.repeat(8)}`;
const semicolons = `a;b;c\n${'1,5;2,5;x\n3;4e2;y\n'.repeat(6)}`;

/** Every reader: what it starts from, and how the damage gets into it. */
const READERS = [
  {
    name: 'idx',
    seeds: [
      { 'train-images-idx3-ubyte': images, 'train-labels-idx1-ubyte': labels },
      { 'x-images-idx3': floats, 'x-labels-idx1': labels },
    ],
  },
  {
    name: 'gzip',
    seeds: [
      { 'train-images-idx3-ubyte.gz': images, 'train-labels-idx1-ubyte.gz': labels },
      { 'a.csv.gz': bytesOf(csv) },
    ],
    wrap: gzipped,
  },
  {
    name: 'csv',
    seeds: [{ 'a.csv': bytesOf(csv) }, { 'b.csv': bytesOf(semicolons) }, { 'c.csv': fixture('iris.csv') }],
  },
  { name: 'npz', seeds: [arrays], wrap: (files) => ({ 'mnist.npz': zipSync(files, { level: 1 }) }) },
  { name: 'zip', seeds: [{ 'data.csv': bytesOf(csv) }], wrap: (files) => ({ 'data.zip': zipSync(files) }) },
  { name: 'zip-raw', seeds: [{ 'mnist.npz': zipSync(arrays) }] },
  {
    name: 'parquet',
    seeds: [
      { 'train.parquet': fixture('formats/pictures.parquet') },
      { 'plain.parquet': fixture('formats/plain.parquet') },
    ],
  },
  // Not packed, the damage lies where it is; packed, every checksum is right.
  { name: 'mat', seeds: ['one-hot.mat', 'emnist.mat', 'pages.mat'].map(plainMat) },
  { name: 'mat-packed', seeds: ['emnist.mat', 'columns.mat', 'pages.mat'].map(plainMat), wrap: packedMats },
  {
    name: 'folder',
    seeds: [
      {
        'd/train/0/a.png': fixture('pictures/7-as-in-mnist.png'),
        'd/train/0/b.jpg': fixture('formats/baseline.jpg'),
        'd/train/1/c.bmp': fixture('formats/8-bit.bmp'),
        'd/train/1/d.gif': fixture('formats/interlaced.gif'),
        'd/test/1/e.webp': fixture('formats/alpha.webp'),
        'd/test/0/f.bmp': fixture('formats/1-bit.bmp'),
      },
    ],
  },
  {
    name: 'list',
    seeds: [
      {
        'd/labels.csv': bytesOf('path,label,split\na/1.gif,x,train\na\\2.bmp,"y, z",test\na/3.png,x,train\n'),
        'd/a/1.gif': fixture('formats/palette.gif'),
        'd/a/2.bmp': fixture('formats/24-bit.bmp'),
        'd/a/3.png': fixture('formats/reference.png'),
      },
    ],
  },
  {
    name: 'zip-pictures',
    seeds: [
      { '0/a.png': fixture('formats/reference.png'), '1/b.bmp': fixture('formats/32-bit.bmp') },
      { 'classes.zip': fixture('formats/classes.zip') },
    ],
    wrap: (files) => ('classes.zip' in files ? files : { 'digits.zip': zipSync(files) }),
  },
  {
    name: 'picture',
    seeds: ['baseline.jpg', 'lossy.webp', 'progressive.jpg'].map((name) => ({
      [name]: fixture(`formats/${name}`),
    })),
    read: ([file]) => decodePicture(file.bytes, file.path),
  },
  {
    name: 'png',
    seeds: [{ 'a.png': fixture('pictures/7-as-in-mnist.png') }],
    wrap: (files) =>
      Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, withPngSums(bytes)])),
    read: ([file]) => decodePicture(file.bytes, file.path),
  },
  {
    name: 'model',
    seeds: [{ 'a.safetensors': fixture('model.safetensors') }],
    read: ([file]) => void encodeModel(decodeModel(file.bytes, file.path)),
  },
  {
    name: 'model-sum',
    seeds: [{ 'a.safetensors': encodeModel(decodeModel(fixture('model.safetensors'), 'model')) }],
    wrap: (files) =>
      Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, withModelSum(bytes)])),
    read: ([file]) => void encodeModel(decodeModel(file.bytes, file.path)),
  },
  ...['m.onnx', 'm.npz', 'm.json', 'm.keras.json', 'm.js'].map((fileName) => ({
    name: `model-${fileName.split('.').at(-2) === 'keras' ? 'keras' : fileName.slice(2)}`,
    seeds: [written(fileName)],
    read: (given) =>
      readModel(fileOf(given[0].path, given[0].bytes), { beside: async (name) => nearby(given, name) }),
  })),
];

/** The elements of a MATLAB file, of which packed ones are unpacked. */
function matElements(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const elements = [];
  for (let at = 128; at + 8 <= bytes.length; ) {
    const end = at + 8 + view.getUint32(at + 4, true);
    const isPacked = view.getUint32(at, true) === 15;
    elements.push(isPacked ? inflateSync(bytes.subarray(at + 8, end)) : bytes.subarray(at, end));
    at = end;
  }
  return elements;
}

/** A fixture from MATLAB without compression. */
function plainMat(name) {
  const file = fixture(`formats/${name}`);
  return { [name]: new Uint8Array(Buffer.concat([file.subarray(0, 128), ...matElements(file)])) };
}

/** MATLAB files, each of whose elements is packed. */
function packedMats(files) {
  const packed = (bytes) => {
    const elements = matElements(bytes).flatMap((element) => {
      const inside = deflateSync(element, { level: 1 });
      const tag = Buffer.alloc(8);
      tag.writeUInt32LE(15, 0);
      tag.writeUInt32LE(inside.length, 4);
      return [tag, inside];
    });
    return new Uint8Array(Buffer.concat([bytes.subarray(0, 128), ...elements]));
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => {
      try {
        return [name, packed(bytes)];
      } catch {
        return [name, bytes];
      }
    }),
  );
}

/** Another of the files that were given. */
function nearby(given, name) {
  const found = given.find(({ path: other }) => other === name);
  return found && fileOf(name, found.bytes);
}

/** The fixture's model in the form of another program. */
function written(fileName) {
  const model = decodeModel(fixture('model.safetensors'), 'model');
  return Object.fromEntries(writeModel(model, { fileName }));
}

/** A model whose checksum is that of what is in it. */
function withModelSum(bytes) {
  const at = 8 + '{"__metadata__":{"sha256":"'.length;
  if (bytes.length < at + 64) return bytes;
  bytes.fill(0x30, at, at + 64);
  bytes.set(bytesOf(createHash('sha256').update(bytes).digest('hex')), at);
  return bytes;
}

function gzipped(files) {
  return Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [name, new Uint8Array(gzipSync(bytes))]),
  );
}

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let k = 0; k < 8; k++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** A PNG whose chunks have the checksums of what is in them. */
function withPngSums(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 8 + view.getUint32(at);
    if (end + 4 > bytes.length) break;
    let crc = -1;
    for (let i = at + 4; i < end; i++) crc = CRC[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
    view.setUint32(end, ~crc >>> 0);
    at = end + 4;
  }
  return bytes;
}

/** Numbers that programs trip over. */
const EXTREMES = [0, 1, 0x7f, 0x80, 0xff, 0x7fffffff, 0x80000000, 0xffffffff, 0x10000, 0xfffffff0];

/** The bytes with some damage. */
function damaged(bytes, random) {
  let file = bytes.slice();
  const times = 1 + random.below(4);
  for (let k = 0; k < times && file.length > 0; k++) {
    const at = random.below(file.length);
    switch (random.below(6)) {
      case 0:
        file[at] ^= 1 << random.below(8);
        break;
      case 1:
        file[at] = random.below(256);
        break;
      case 2:
        file = file.slice(0, at);
        break;
      case 3: {
        const piece = file.slice(at, at + 1 + random.below(64));
        const longer = new Uint8Array(file.length + piece.length);
        longer.set(file.subarray(0, at));
        longer.set(piece, at);
        longer.set(file.subarray(at), at + piece.length);
        file = longer;
        break;
      }
      case 4:
        file = Uint8Array.from([...file.subarray(0, at), ...file.subarray(at + 1 + random.below(16))]);
        break;
      default:
        if (at + 4 <= file.length)
          new DataView(file.buffer).setUint32(
            at,
            EXTREMES[random.below(EXTREMES.length)],
            random.below(2) === 1,
          );
    }
  }
  return file;
}

/** Gives a reader one damaged file. Returns what it did wrong. */
async function attempt({ seeds, wrap = (files) => files, read = readFiles }, random) {
  const seed = seeds[random.below(seeds.length)];
  const names = Object.keys(seed);
  const victim = names[random.below(names.length)];
  const files = Object.fromEntries(
    names.map((name) => [name, name === victim ? damaged(seed[name], random) : seed[name]]),
  );
  const given = Object.entries(wrap(files)).map(([name, bytes]) => ({ path: name, bytes }));
  const before = process.memoryUsage();
  const started = process.cpuUsage();
  let problem;
  try {
    await read(given);
  } catch (error) {
    if (!(error instanceof LonghandError)) problem = error?.stack ?? String(error);
    else if (error.message.includes('\n')) problem = `more than one line: ${error.message}`;
  }
  // Other programs may keep the processor from it.
  const { user, system } = process.cpuUsage(started);
  const seconds = (user + system) / 1e6;
  const after = process.memoryUsage();
  const grown = after.rss - before.rss;
  if (seconds > MAX_SECONDS) problem ??= `took ${seconds.toFixed(1)} s`;
  if (grown > MAX_BYTES) problem ??= `took ${Math.round(grown / 1e6)} MB`;
  return problem;
}

async function readFiles(given) {
  await readData(given.map((file) => fileOf(file.path, file.bytes)));
}

const args = process.argv.slice(2);
const numberAfter = (flag) => (args.includes(flag) ? Number(args[args.indexOf(flag) + 1]) : undefined);
const only = args.find((arg, i) => !arg.startsWith('--') && !args[i - 1]?.startsWith('--'));
const chosen = READERS.filter(({ name }) => only === undefined || name === only);
const seconds = numberAfter('--seconds') ?? 60 * (numberAfter('--minutes') ?? 10);
const first = numberAfter('--seed') ?? 1;
if (chosen.length === 0) {
  process.stdout.write(
    `${only}: no such reader: expected one of ${READERS.map(({ name }) => name).join(', ')}\n`,
  );
  process.exit(2);
}

let failures = 0;
for (const reader of chosen) {
  const end = performance.now() + 1000 * (args.includes('--seconds') ? seconds / chosen.length : seconds);
  let cases = 0;
  // At least one, however slow the machine is.
  do {
    const seed = first + cases++;
    const problem = await attempt(reader, createRandom(seed, reader.name));
    if (problem === undefined) continue;
    failures++;
    process.stdout.write(`${reader.name}: --seed ${seed}: ${problem}\n`);
    if (failures >= 10) break;
  } while (performance.now() < end);
  process.stdout.write(`${reader.name}: ${cases} cases\n`);
}
process.stdout.write(`${failures} failures\n`);
process.exitCode = failures === 0 ? 0 : 1;
