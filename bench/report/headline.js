// The few figures that others quote: `npm start` and the README.

const NAMES = {
  numpy64: 'NumPy in 64-bit',
  numpy32: 'NumPy in 32-bit',
  pytorch: 'PyTorch',
  tfjs: 'TensorFlow.js (wasm)',
  jax: 'jax-js (wasm)',
  plain: 'plain loops in JavaScript',
};

/**
 * @param {{ rows: import('./markdown.js').Row[] } | undefined} fullBatch the work of that name, if
 *   it was measured
 * @param {ReturnType<typeof import('./machine.js').describeMachine>} machine
 * @returns null when Longhand's own figure is missing
 */
export function headlineOf(fullBatch, machine) {
  const rows = fullBatch?.rows ?? [];
  const own = rows.filter(({ id, median }) => id.startsWith('longhand') && median).at(-1);
  if (!own) return null;
  const ratios = Object.fromEntries(
    rows
      .filter(({ id, sameWork, median }) => NAMES[id] && sameWork && median)
      .map(({ id, median }) => [id, Number((median / own.median).toFixed(2))]),
  );
  const msPerIteration = Number(own.median.toFixed(3));
  const threads = Number(own.id.slice('longhand'.length));
  const where = `${machine.cpu}, ${machine.cores} cores`;
  const compared = Object.entries(ratios).map(
    ([id, ratio], k) =>
      `${NAMES[id]}${k === 0 ? ' needs' : ''} ${ratio < 10 ? ratio.toFixed(1) : Math.round(ratio)} times${k === 0 ? ' as long' : ''}`,
  );
  const others = compared.length > 0 ? ` For the same work, ${compared.join(', ')}.` : '';
  const sentence = `Measured side by side (${where}, m = 41,000): one iteration takes ${msPerIteration.toFixed(1)} ms.${others}`;
  return { msPerIteration, threads, ratios, machine: where, sentence };
}
