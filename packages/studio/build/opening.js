// What the board shows first, as part of the page's program: the parameters of its network and one test
// digit. Asked for as files, they would be there later, and more of each would have to be read.
// `virtual:opening` is the result.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parametersSha256 } from '@longhand/core';
import { decodeModel } from '@longhand/core/files';
import { mnist } from '@longhand/mnist';

const MODULE = 'virtual:opening';
const NETWORK = 'board-500';
/** The test digit that the board shows if an address names none. */
const DIGIT = 169;

/** @returns {import('vite').Plugin} */
export function opening() {
  return {
    name: 'longhand-opening',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    async load(id) {
      if (id !== `\0${MODULE}`) return undefined;
      return `export const OPENING = ${JSON.stringify(await pack())};`;
    },
  };
}

async function pack() {
  const file = path.join(import.meta.dirname, '..', 'models', `${NETWORK}.safetensors`);
  const { network, record } = decodeModel(await readFile(file), NETWORK);
  // When it doubts is asked on other pages, which read the whole file.
  const { doubt: _, ...shown } = record;
  const { test } = await mnist();
  const parameters = network.layers.flatMap(({ W, b }) => [...W.data, ...b.data]);
  return {
    layers: network.layers.map(({ W, g }) => ({ units: W.rows, inputs: W.cols, activation: g.name })),
    output: network.output.name,
    record: shown,
    sha256: await parametersSha256(network),
    digit: DIGIT,
    label: test.label(DIGIT),
    bytes: Buffer.concat([Buffer.from(Float32Array.from(parameters).buffer), test.pixels(DIGIT)]).toString(
      'base64',
    ),
  };
}
