// `node scripts/bombs.js [NAME]`: gives the command files of about 10 MB that are made to take much memory or time, and
// prints what each took until it was refused or read: the peak of the whole process, and its processor time. It ends with
// 1 if one took 300 MB, or 5 seconds until it was refused, did not end in one line, or crashed. Needs Linux, for the peak.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const { crc32 } = await import(pathToFileURL(path.join(root, 'packages/formats/dist/source/crc32.js')).href);
const jpegProgram = pathToFileURL(path.join(root, 'node_modules', 'jpeg-js', 'index.js')).href;
const { encode: encodeJpeg } = (await import(jpegProgram)).default;
const load = (file) => import(pathToFileURL(path.join(root, 'packages/core/dist', file)).href);
const { createNetwork } = await load('index.js');
const { encodeModel } = await load('files.js');
const command = path.join(root, 'packages/cli/bin/longhand.js');
const [MAX_MEGABYTES, MAX_SECONDS] = [300, 5];
const SIZE = 10e6;
const fixture = (name) => readFileSync(path.join(root, 'tests/fixtures', name));

const text = (value) => Buffer.from(value, 'latin1');
const int = (value) => Buffer.from(Uint32Array.of(value).buffer).reverse();
const little = (value) => Buffer.from(Uint32Array.of(value).buffer);
const half = (value) => Buffer.from(Uint16Array.of(value).buffer);

/** A text again and again, to a size. */
function repeated(piece, size) {
  return Buffer.alloc(size, piece, 'latin1');
}

const idx = (sizes, body = Buffer.alloc(0), type = 8) =>
  Buffer.concat([Buffer.from([0, 0, type, sizes.length]), ...sizes.map(int), body]);

function npy(descr, shape, body) {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`.padEnd(
    117,
  );
  return Buffer.concat([text('\x93NUMPY\x01\0'), half(118), text(`${header}\n`), body]);
}

/** A zip of files. */
function zip(files, { stored = false } = {}) {
  const local = [];
  const central = [];
  let at = 0;
  for (const [name, body] of Object.entries(files)) {
    const packed = stored ? body : deflateRawSync(body, { level: 1 });
    const head = Buffer.concat([
      ...[half(20), half(0x800), half(stored ? 0 : 8), little(0), little(crc32(body))],
      ...[little(packed.length), little(body.length), half(name.length), half(0)],
    ]);
    local.push(little(0x04034b50), head, text(name), packed);
    central.push(
      little(0x02014b50),
      half(20),
      head,
      half(0),
      half(0),
      half(0),
      little(0),
      little(at),
      text(name),
    );
    at += 30 + name.length + packed.length;
  }
  const list = Buffer.concat(central);
  const count = half(Object.keys(files).length);
  const end = [little(0x06054b50), half(0), half(0), count, count, little(list.length), little(at), half(0)];
  return Buffer.concat([...local, list, ...end]);
}

function chunk(type, data) {
  const body = Buffer.concat([text(type), data]);
  return Buffer.concat([int(data.length), body, int(crc32(body))]);
}

function png(width, height, { depth = 8, color = 0, pixels, between = [] }) {
  const header = Buffer.concat([int(width), int(height), Buffer.from([depth, color, 0, 0, 0])]);
  const chunks = [chunk('IHDR', header), ...between, chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([text('\x89PNG\r\n\x1a\n'), ...chunks]);
}

/** Zeros in zlib's form, without their sum: the picture is refused at its end. */
const zeros = (length) => deflateSync(Buffer.alloc(length), { level: 1 }).subarray(0, -4);

/** A MATLAB file of packed elements. */
function mat(...elements) {
  const packed = elements.map((element) => deflateSync(element, { level: 1 }));
  const head = fixture('formats/emnist.mat').subarray(0, 128);
  return Buffer.concat([head, ...packed.flatMap((inside) => [little(15), little(inside.length), inside])]);
}

function matrix(name, sizes, body, { kind = 9, type = 2 } = {}) {
  const padded = (bytes) => Buffer.concat([bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8)]);
  const element = (code, bytes) => Buffer.concat([little(code), little(bytes.length), padded(bytes)]);
  const inside = Buffer.concat([
    element(6, Buffer.concat([little(kind), little(0)])),
    element(5, Buffer.concat(sizes.map(little))),
    ...[element(1, text(name)), element(type, body)],
  ]);
  return Buffer.concat([little(14), little(inside.length), inside]);
}

/** A JPEG's end. */
const END = text('\xff\xd9');

/** A JPEG whose header claims another size. */
function jpeg(name, width, height, tail = Buffer.alloc(0)) {
  const file = Buffer.from(fixture(`formats/${name}`));
  for (let at = 2; at < file.length; ) {
    const marker = file[at + 1];
    if (marker >= 0xc0 && marker <= 0xc2) {
      file.writeUInt16BE(height, at + 5);
      file.writeUInt16BE(width, at + 7);
      break;
    }
    at += 2 + file.readUInt16BE(at + 2);
  }
  return Buffer.concat([file.subarray(0, -2), tail]);
}

function bmp(width, height, body) {
  const info = [little(40), little(width), little(height), half(1), half(32)];
  const head = Buffer.concat([text('BM'), little(54 + body.length), little(0), little(54), ...info]);
  return Buffer.concat([head, Buffer.alloc(54 - head.length), body]);
}

function gif(width, height, body) {
  const screen = [
    text('GIF89a'),
    half(width),
    half(height),
    Buffer.from([0x80, 0, 0, 0, 0, 0, 255, 255, 255]),
  ];
  const image = [Buffer.from([0x2c]), half(0), half(0), half(width), half(height), Buffer.from([0, 8])];
  const blocks = [];
  for (let at = 0; at < body.length; at += 255) {
    const part = body.subarray(at, at + 255);
    blocks.push(Buffer.from([part.length]), part);
  }
  return Buffer.concat([...screen, ...image, ...blocks]);
}

const safetensors = (header, body = Buffer.alloc(0)) => {
  const json = Buffer.from(header);
  return Buffer.concat([little(json.length), little(0), json, body]);
};
const one = (name, make) => ({ [name]: make });
const labels = (count, value = 0) => idx([count], Buffer.alloc(count, value));
const side = (bytes) => Math.floor(bytes / 784);

/** Every bomb: what is asked, and the files, made when their turn comes. */
const BOMBS = [
  [
    'data',
    'idx-claims',
    { 'a-images': () => idx([2 ** 31, 28, 28], Buffer.alloc(SIZE)), 'a-labels': () => labels(9) },
  ],
  [
    'data',
    'idx-floats',
    { 'a-images': () => idx([1.2e6, 1, 1], Buffer.alloc(9.6e6, 0xff), 14), 'a-labels': () => labels(1.2e6) },
  ],
  [
    'data',
    'idx-gzip',
    {
      'a-images.gz': () => gzipSync(idx([side(200e6), 28, 28], Buffer.alloc(200e6 + 784))),
      'a-labels': () => labels(side(200e6)),
      'pad.bin': () => Buffer.alloc(9),
    },
  ],
  [
    'data',
    'idx-gzip-stored',
    {
      'a-images.gz': () =>
        Buffer.concat([
          gzipSync(idx([side(199e6), 28, 28], Buffer.alloc(199e6 - 9))),
          gzipSync(Buffer.alloc(SIZE - 2e5), { level: 0 }),
        ]),
      'a-labels': () => labels(side(199e6)),
    },
  ],
  ['data', 'csv-one-line', one('a.csv', () => repeated('1,', SIZE))],
  ['data', 'csv-quotes', one('a.csv', () => Buffer.concat([text('label,a\n'), repeated('"', SIZE)]))],
  [
    'data',
    'csv-short-rows',
    one('a.csv', () => Buffer.concat([text('label,a\n'), repeated('1,2.5\n', SIZE), text('x,y\n')])),
  ],
  [
    'data',
    'csv-words',
    one('a.csv', () =>
      Buffer.concat([
        text('label,a\n'),
        Buffer.from(Array.from({ length: 9e5 }, (_, i) => `w${i},1.5\n`).join('')),
      ]),
    ),
  ],
  [
    'data',
    'csv-ids',
    one('a.csv', () =>
      Buffer.concat([
        text(`label,${Array.from({ length: 40 }, (_, i) => `c${i}_id`).join(',')}\n`),
        Buffer.from(
          Array.from(
            { length: 4e4 },
            (_, i) => `${i % 2},${Array.from({ length: 40 }, () => i).join(',')}\n`,
          ).join(''),
        ),
        text('x,y\n'),
      ]),
    ),
  ],
  [
    'data',
    'csv-gzip',
    one('a.csv.gz', () =>
      Buffer.concat([
        gzipSync(Buffer.concat([text('label,a\n'), repeated('1,2.5\n', 180e6)]), { level: 1 }),
        gzipSync(repeated('1,2.5\n', 9e6), { level: 0 }),
        gzipSync(text('x,y\n')),
      ]),
    ),
  ],
  [
    'data',
    'csv-list',
    one('list.csv', () => Buffer.concat([text('path,label\n'), repeated('a/b.png,1\n', SIZE)])),
  ],
  [
    'data',
    'csv-list-long',
    one('list.csv', () =>
      Buffer.concat([text('path,label\n'), repeated(`${'a/'.repeat(21)}b.png,1\n`, 50 * 199_000)]),
    ),
  ],
  [
    'data',
    'list-blank-long',
    {
      'list.csv': () =>
        Buffer.concat([
          text('path,label\n'),
          repeated(`${'./'.repeat(21)}a.png,1\n${'./'.repeat(21)}a.png,2\n`, 100 * 99_000),
        ]),
      'a.png': () => Object.values(blanks())[0],
    },
  ],
  [
    'data',
    'npz',
    one('a.npz', () =>
      zip({
        'x.npy': npy('|u1', [side(140e6), 28, 28], Buffer.alloc(side(140e6) * 784)),
        'y.npy': npy('<i2', [side(140e6)], Buffer.alloc(2 * side(140e6), 9)),
        'noise.bin': randomBytes(9e6),
      }),
    ),
  ],
  [
    'data',
    'npz-floats',
    one('a.npz', () =>
      zip({
        'x.npy': npy('<f8', [side(34e6), 28, 28], Buffer.alloc(8 * side(34e6) * 784)),
        'y.npy': npy('<i2', [side(34e6)], Buffer.alloc(2 * side(34e6), 9)),
        'noise.bin': randomBytes(9e6),
      }),
    ),
  ],
  [
    'data',
    'npz-texts',
    one('a.npz', () =>
      zip({
        'x.npy': npy('|u1', [68_000, 1, 1], Buffer.alloc(68_000)),
        'y.npy': npy('<U1000', [68_000], Buffer.alloc(272e6, 'a\0\0\0')),
        'noise.bin': randomBytes(9e6),
      }),
    ),
  ],
  [
    'data',
    'zip-many',
    one('a.zip', () =>
      zip(
        Object.fromEntries(Array.from({ length: 65_000 }, (_, i) => [`${i % 9}/${i}.png`, Buffer.alloc(9)])),
        { stored: true },
      ),
    ),
  ],
  [
    'data',
    'zip-nested',
    one('a.zip', () => zip({ 'b.zip': zip({ 'c.zip': zip({ 'd.csv': Buffer.alloc(9) }) }) })),
  ],
  [
    'data',
    'zip-big',
    one('a.zip', () =>
      zip({
        'a.csv': Buffer.concat([repeated('1,2.5\n', 180e6), text('x,y,z')]),
        'b.bin': randomBytes(9.1e6),
      }),
    ),
  ],
  [
    'data',
    'mat',
    one('a.mat', () =>
      mat(
        matrix('X', [side(140e6), 784], Buffer.alloc(side(140e6) * 784)),
        matrix('y', [side(140e6), 1], Buffer.alloc(2 * side(140e6), 9), { type: 4 }),
        matrix('noise', [9e6, 1], randomBytes(9e6)),
      ),
    ),
  ],
  [
    'data',
    'mat-floats',
    one('a.mat', () =>
      mat(
        matrix('X', [side(34e6), 784], Buffer.alloc(8 * side(34e6) * 784), { type: 9 }),
        matrix('y', [side(34e6), 1], Buffer.alloc(2 * side(34e6), 9), { type: 4 }),
        matrix('noise', [9e6, 1], randomBytes(9e6)),
      ),
    ),
  ],
  [
    'data',
    'mat-many',
    one('a.mat', () =>
      mat(...Array.from({ length: 4000 }, (_, i) => matrix(`a${i}`, [200, 300], Buffer.alloc(60_000)))),
    ),
  ],
  [
    'data',
    'parquet-noise',
    one('a.parquet', () =>
      Buffer.concat([
        fixture('formats/pictures.parquet').subarray(0, -8),
        Buffer.alloc(SIZE, 0x19),
        little(SIZE),
        text('PAR1'),
      ]),
    ),
  ],
  [
    'data',
    'folder',
    Object.fromEntries(
      Array.from({ length: 90 }, (_, i) => [`${i % 2}/${i}.png`, () => Object.values(blanks())[i]]),
    ),
  ],
  [
    'strict',
    'strict-png',
    { ...many(89, 'png', () => goodPng()), '1/99.png': () => goodPng().subarray(0, -20) },
  ],
  [
    'strict',
    'strict-jpeg',
    { ...many(14, 'jpg', () => goodJpeg()), '1/99.jpg': () => withoutMiddle(goodJpeg()) },
  ],
  ['data', 'zip-blank', one('a.zip', () => zip(blanks(), { stored: true }))],
  [
    'data',
    'list-blank',
    {
      'list.csv': () => Buffer.concat([text('path,label\n'), repeated('a.png,1\na.png,2\n', SIZE)]),
      'a.png': () => Object.values(blanks())[0],
    },
  ],
  ['predict', 'png-wide', one('a.png', () => png(80_000_000, 1, { pixels: zeros(28 * 29) }))],
  [
    'predict',
    'png-deep',
    one('a.png', () => png(28, 28, { pixels: deflateSync(Buffer.alloc(1e9), { level: 1 }) })),
  ],
  ['predict', 'png-gray', one('a.png', () => png(4949, 4949, { pixels: zeros(4949 * 4950) }))],
  ['predict', 'png-rgba', one('a.png', () => png(4949, 4949, { color: 6, pixels: zeros(4949 * 19_797) }))],
  [
    'predict',
    'png-16-bit',
    one('a.png', () => png(4949, 4949, { depth: 16, color: 6, pixels: zeros(4949 * 39_593) })),
  ],
  [
    'predict',
    'png-profile',
    one('a.png', () =>
      png(28, 28, {
        pixels: zeros(28 * 29),
        between: [
          chunk('iCCP', Buffer.concat([text('x\0\0'), deflateSync(Buffer.alloc(1e9), { level: 1 })])),
        ],
      }),
    ),
  ],
  [
    'predict',
    'png-chunks',
    one('a.png', () =>
      png(28, 28, {
        pixels: zeros(9),
        between: Array.from({ length: 8e5 }, () => chunk('tEXt', Buffer.alloc(0))),
      }),
    ),
  ],
  ['predict', 'jpeg-claims', one('a.jpg', () => jpeg('baseline.jpg', 65_535, 65_535))],
  [
    'predict',
    'jpeg-25-whole',
    one('a.jpg', () => jpeg('baseline.jpg', 4949, 4949, Buffer.concat([Buffer.alloc(SIZE, 0x55), END]))),
  ],
  ['predict', 'jpeg-25', one('a.jpg', () => jpeg('baseline.jpg', 4949, 4949, Buffer.alloc(SIZE, 0x55)))],
  [
    'predict',
    'jpeg-progressive',
    one('a.jpg', () => jpeg('progressive.jpg', 3535, 3535, Buffer.concat([Buffer.alloc(SIZE, 0x55), END]))),
  ],
  [
    'predict',
    'jpeg-cmyk',
    one('a.jpg', () => jpeg('cmyk.jpg', 1581, 1581, Buffer.concat([Buffer.alloc(SIZE, 0x55), END]))),
  ],
  [
    'predict',
    'jpeg-segments',
    one('a.jpg', () => Buffer.concat([text('\xff\xd8'), repeated('\xff\xfe\0\x02', SIZE)])),
  ],
  [
    'predict',
    'webp',
    one('a.webp', () => Buffer.concat([fixture('formats/lossy.webp'), Buffer.alloc(SIZE)])),
  ],
  ['predict', 'bmp', one('a.bmp', () => bmp(4949, 4949, Buffer.alloc(SIZE)))],
  ['predict', 'gif', one('a.gif', () => gif(4949, 4949, Buffer.alloc(SIZE, 0x55)))],
  [
    'model',
    'safetensors-header',
    one('a.safetensors', () => safetensors(`{${repeated('"a":{},', SIZE).toString('latin1').slice(0, -1)}}`)),
  ],
  [
    'model',
    'safetensors-deep',
    one('a.safetensors', () => safetensors(`{"a":${'['.repeat(5e6)}${']'.repeat(5e6)}}`)),
  ],
  [
    'model',
    'safetensors-claims',
    one('a.safetensors', () =>
      safetensors(
        '{"fc1.weight":{"dtype":"F32","shape":[100000,100000],"data_offsets":[0,40000000000]}}',
        Buffer.alloc(SIZE),
      ),
    ),
  ],
  [
    'model',
    'onnx-noise',
    one('a.onnx', () =>
      Buffer.concat([Buffer.from([8, 7, 0x12, 7]), text('pytorch'), repeated('\x3a\x02\x0a\0', SIZE)]),
    ),
  ],
  [
    'model',
    'model-npz',
    one('a.npz', () =>
      zip({
        'W1.npy': npy('<f4', [784, 90_000], Buffer.alloc(4 * 784 * 90_000)),
        'b1.npy': npy('<f4', [90_000], Buffer.alloc(3.6e5)),
        'noise.bin': randomBytes(9e6),
      }),
    ),
  ],
  ['model', 'tfjs', one('model.json', () => Buffer.from(`{"modelTopology":{"a":[${'1,'.repeat(4.9e6)}1]}}`))],
  [
    'model',
    'javascript',
    one('a.js', () => Buffer.concat([text('const MODEL = {"a":"'), repeated('A', SIZE)])),
  ],
];

/** Many files of two classes. */
function many(count, ending, make) {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i % 2}/${i}.${ending}`, make]));
}

let goodOnes;
/** A digit 1 on pictures of 24 million pixels. */
function good() {
  if (goodOnes) return goodOnes;
  const side = 4900;
  const [rows, rgba] = [Buffer.alloc(side * (side + 1), 255), Buffer.alloc(4 * side * side, 255)];
  for (let y = 0; y < side; y++) {
    rows[y * (side + 1)] = 0;
    if (y < 1000 || y > 3900) continue;
    rows.fill(0, y * (side + 1) + 2300, y * (side + 1) + 2600);
    rgba.fill(0, 4 * (y * side + 2300), 4 * (y * side + 2600));
  }
  const { data } = encodeJpeg({ width: side, height: side, data: rgba }, 50);
  goodOnes = { png: png(side, side, { pixels: deflateSync(rows) }), jpeg: data };
  return goodOnes;
}
const goodPng = () => good().png;
const goodJpeg = () => good().jpeg;

/** A JPEG whose codes are damaged: none has so many ones. */
function withoutMiddle(file) {
  const copy = Buffer.from(file);
  copy.fill(text('\xff\0'), copy.length >> 1, (copy.length >> 1) + 64);
  return copy;
}

let blank;
function blank25() {
  blank ??= zeros(4949 * 4950);
  return blank;
}

/** Two classes of blank pictures of 24 million pixels. */
function blanks() {
  const picture = png(4949, 4949, { pixels: blank25() });
  return Object.fromEntries(Array.from({ length: 90 }, (_, i) => [`${i % 2}/${i}.png`, picture]));
}

const report = `import { readFileSync } from 'node:fs';
  process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    const peak = /VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1];
    console.error('@' + peak / 1000 + ' ' + (user + system) / 1e6);
  })`;
const watched = ['--import', `data:text/javascript,${encodeURIComponent(report)}`, command];

const only = process.argv[2];
const folder = mkdtempSync(path.join(tmpdir(), 'longhand-bombs-'));
const model = path.join(folder, 'model.safetensors');
const record = {
  ...{ width: 28, height: 28, classNames: [...'0123456789'], pixelScale: 1 / 255, settings: {}, results: {} },
};
writeFileSync(model, encodeModel({ network: createNetwork({ layers: [784, 10] }), record }));
let failures = 0;
try {
  for (const [verb, name, files] of BOMBS) {
    if (only !== undefined && only !== name) continue;
    const place = path.join(folder, name);
    let size = 0;
    for (const [file, make] of Object.entries(files)) {
      const bytes = make();
      size += bytes.length;
      mkdirSync(path.dirname(path.join(place, file)), { recursive: true });
      writeFileSync(path.join(place, file), bytes);
    }
    const names = Object.keys(files);
    const whole = names.length === 1 ? path.join(place, names[0]) : place;
    const args = {
      ...{ data: ['data', whole], strict: ['evaluate', model, '--data', whole, '--strict'] },
      ...{ predict: ['predict', model, whole], model: ['show', whole] },
    }[verb];
    const { status, signal, stderr } = spawnSync(process.execPath, [...watched, ...args, '--quiet'], {
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    const lines = stderr.trim().split('\n');
    const [megabytes, seconds] = (lines.at(-1)?.startsWith('@') ? lines.pop() : '@NaN NaN')
      .slice(1)
      .split(' ')
      .map(Number);
    // What is read after all may take its time.
    const isQuick = seconds < MAX_SECONDS || status === 0;
    // A message about something else would mean that the file was not looked at.
    const isAboutFile =
      status === 0 || names.some((one) => stderr.includes(path.basename(one).replace(/\.gz$/, '')));
    const isGood =
      isAboutFile &&
      megabytes < MAX_MEGABYTES &&
      isQuick &&
      (status === 0 || status === 2) &&
      lines.length <= 1;
    if (!isGood) failures++;
    const said = (lines[0] ?? '').replaceAll(`${place}/`, '').slice(0, 110);
    const figures = `${(size / 1e6).toFixed(1)} MB  ${Math.round(megabytes)} MB  ${seconds.toFixed(2)} s`;
    process.stdout.write(
      `${isGood ? 'ok  ' : 'FAIL'} ${name.padEnd(20)} ${figures.padEnd(26)} ${status ?? signal}  ${said}\n`,
    );
    rmSync(place, { recursive: true });
  }
} finally {
  rmSync(folder, { recursive: true });
}
process.stdout.write(`${failures} failures\n`);
process.exitCode = failures === 0 ? 0 : 1;
