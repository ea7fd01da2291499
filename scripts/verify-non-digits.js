// `npm run verify -- --non-digits --model FILE`: how often a model doubts pictures that are no digits, beside MNIST's test digits.
// 1,000 of them are letters, clothes, noise, halves of digits and pairs, 200 each; some other kinds stand apart. The pictures are not those that doubt is learnt from: letters and signs are drawn with the fonts of this machine in
// Chromium, clothes are Fashion-MNIST's, the rest is drawn by a generator of its own. They go the way of a user's picture.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { launch } from 'puppeteer-core';
import { say } from './setup.js';

const print = (line) => process.stdout.write(`${line}\n`);

/** Where Debian's package dataset-fashion-mnist puts it, and the header of its file of pictures. */
const CLOTHES = ['/usr/share/datasets/fashion-mnist', 't10k-images-idx3-ubyte.gz', 16];
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SIGNS = 'ЖШЩФЫЮЯДЛБЦЭΣΩΨΞΔΘΠΛԱԲԳԴԵԶԷԸԹაბგდევზთسعقكلنهمאבגדהחטשמ٢٣٤٦٧٨&@#%?§$€+=~*';
/** The side of a drawn picture. */
const SIDE = 140;
const FRAME = 28;
/** Pictures of a kind, and the kinds that make up the thousand. */
const COUNT = 200;
const THOUSAND = 5;

export async function verifyNonDigits(file) {
  const { loadModel, DataError } = await import('@longhand/core');
  const { createRandom } = await import('../packages/core/dist/random.js');
  const { mnistTest } = await import('@longhand/mnist');
  const model = await loadModel(readFileSync(file));
  const test = await mnistTest();
  const random = createRandom(1, 'non-digits');
  print(`${'pictures'.padEnd(40)}in doubt`);
  const digits = Array.from({ length: test.length }, (_, at) => test.pixels(at));
  print(row('test digits', digits.filter((pixels) => model.predict(pixels).doubt).length, digits.length));
  let [doubted, total] = [0, 0];
  for (const [at, [name, pictures]] of Object.entries(await nonDigits(test, random)).entries()) {
    const count = pictures.filter(isDoubted).length;
    print(row(name, count, pictures.length));
    if (at >= THOUSAND) continue;
    doubted += count;
    total += pictures.length;
    if (at === THOUSAND - 1) print(row('all of these', doubted, total));
  }
  return true;

  /** A picture in which no ink is found is refused, which is a doubt as well. */
  function isDoubted(picture) {
    try {
      return model.predict(picture).doubt !== undefined;
    } catch (error) {
      if (error instanceof DataError) return true;
      throw error;
    }
  }
}

/** The five kinds that make up the thousand come first. */
async function nonDigits(test, random) {
  const digit = () => test.pixels(random.below(test.length));
  const many = (draw) => Array.from({ length: COUNT }, draw);
  const drawn = await drawnInChromium({ letters: COUNT, signs: COUNT, scribbles: COUNT, blots: COUNT });
  return {
    'letters of fonts': drawn.letters,
    'clothes (Fashion-MNIST)': clothes(random),
    'noise in the frame': many(() => noise(random)),
    'halves of test digits': many(() => half(digit(), random).data),
    'pairs of test digits': many(() => enlarged(pair(digit(), digit(), random))),
    'signs of other scripts': drawn.signs,
    scribbles: drawn.scribbles,
    blots: drawn.blots,
    'halves of test digits, framed': many(() => enlarged(half(digit(), random))),
  };
}

/** Pixels of the frame: independent ones, or more of them dark in some rows and columns. */
function noise(random) {
  const share = 0.05 + 0.9 * random.uniform();
  const isGray = random.below(2) === 0;
  const pixels = new Uint8Array(FRAME * FRAME);
  for (let at = 0; at < pixels.length; at++) {
    if (random.uniform() < share) pixels[at] = isGray ? random.below(256) : 255;
  }
  return pixels;
}

/** Ink of 28 rows, as wide as it is. */
function half(pixels, random) {
  const side = random.below(4);
  const data = pixels.map((ink, at) => {
    const place = side < 2 ? at % FRAME : Math.floor(at / FRAME);
    return place < FRAME / 2 === (side % 2 === 0) ? ink : 0;
  });
  return { width: FRAME, data };
}

function pair(left, right, random) {
  const shift = 15 + random.below(6);
  const width = FRAME + shift;
  const data = new Uint8Array(width * FRAME);
  for (let at = 0; at < FRAME * FRAME; at++) {
    const place = Math.floor(at / FRAME) * width + (at % FRAME);
    data[place] = Math.max(data[place], left[at]);
    data[place + shift] = Math.max(data[place + shift], right[at]);
  }
  return { width, data };
}

/** Five times as large, in black on white, with a margin: a picture as a scanner gives it. */
function enlarged({ width, data }) {
  const [scale, margin] = [5, 40];
  const size = { width: width * scale + 2 * margin, height: FRAME * scale + 2 * margin };
  const gray = new Uint8Array(size.width * size.height).fill(255);
  for (let y = 0; y < FRAME * scale; y++) {
    for (let x = 0; x < width * scale; x++) {
      const ink = data[Math.floor(y / scale) * width + Math.floor(x / scale)];
      gray[(y + margin) * size.width + x + margin] = 255 - ink;
    }
  }
  return { ...size, channels: 1, data: gray };
}

function clothes(random) {
  const [folder, name, header] = CLOTHES;
  const file = path.join(folder, name);
  if (!existsSync(file)) {
    say(`not measured: clothes, because ${folder} does not exist`);
    return [];
  }
  const pixels = gunzipSync(readFileSync(file)).subarray(header);
  const size = FRAME * FRAME;
  return Array.from({ length: COUNT }, () => {
    const at = random.below(pixels.length / size);
    return pixels.subarray(at * size, (at + 1) * size);
  });
}

async function drawnInChromium(counts) {
  const browser = await launch({
    executablePath: '/usr/bin/chromium',
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-background-networking'],
  });
  try {
    const page = await browser.newPage();
    const drawn = await page.evaluate(drawInPage, { counts, LETTERS, SIGNS: [...SIGNS], SIDE });
    const pictures = (texts) =>
      texts.map((text) => ({ width: SIDE, height: SIDE, channels: 1, data: Buffer.from(text, 'base64') }));
    return Object.fromEntries(Object.entries(drawn).map(([kind, texts]) => [kind, pictures(texts)]));
  } finally {
    await browser.close();
  }
}

/** Runs in the page, so that it sees nothing but its argument. Gray pictures as Base64. */
function drawInPage({ counts, LETTERS, SIGNS, SIDE }) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIDE;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  // A linear congruential generator (Numerical Recipes): the same pictures each time, on one machine.
  let state = 1;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const between = (from, to) => from + (to - from) * uniform();
  const oneOf = (entries) => entries[Math.floor(uniform() * entries.length)];
  const FONTS = ['serif', 'sans-serif', 'monospace', 'cursive'];
  const write = (sign) => {
    context.font = `${oneOf(['', 'italic'])} ${oneOf(['', 'bold'])} ${between(60, 90)}px ${oneOf(FONTS)}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.transform(
      between(0.85, 1.15),
      between(-0.15, 0.15),
      between(-0.25, 0.25),
      between(0.85, 1.15),
      0,
      0,
    );
    context.fillText(sign, 0, 0);
  };
  const DRAW = {
    letters: (i) => write(LETTERS[i % LETTERS.length]),
    signs: () => write(oneOf(SIGNS)),
    scribbles: () => {
      context.lineWidth = between(4, 10);
      context.lineJoin = context.lineCap = 'round';
      context.beginPath();
      const point = () => [between(-50, 50), between(-50, 50)];
      const isCurved = uniform() < 0.5;
      context.moveTo(...point());
      for (let k = 4 + Math.floor(uniform() * 9); k > 0; k--) {
        if (isCurved) context.quadraticCurveTo(...point(), ...point());
        else context.lineTo(...point());
      }
      context.stroke();
    },
    blots: () => {
      context.beginPath();
      for (let k = 0; k < 12; k++) {
        const radius = between(20, 50);
        const angle = (2 * Math.PI * k) / 12;
        context.lineTo(radius * Math.cos(angle), radius * Math.sin(angle));
      }
      context.lineJoin = 'round';
      context.lineWidth = 12;
      context.closePath();
      context.fill();
      context.stroke();
    },
  };
  const picture = (kind, i) => {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = 'white';
    context.fillRect(0, 0, SIDE, SIDE);
    context.fillStyle = 'black';
    context.translate(SIDE / 2, SIDE / 2);
    context.rotate(between(-0.2, 0.2));
    DRAW[kind](i);
    const { data } = context.getImageData(0, 0, SIDE, SIDE);
    let text = '';
    for (let at = 0; at < data.length; at += 4) text += String.fromCharCode(data[at]);
    return btoa(text);
  };
  return Object.fromEntries(
    Object.entries(counts).map(([kind, count]) => [
      kind,
      Array.from({ length: count }, (_, i) => picture(kind, i)),
    ]),
  );
}

function row(name, doubted, count) {
  const share = count ? `${((100 * doubted) / count).toFixed(1)} %` : '–';
  return `${name.padEnd(34)}${share.padStart(8)}   ${doubted} of ${count}`;
}
