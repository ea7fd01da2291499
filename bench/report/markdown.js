// The results as a page for people.

/**
 * @typedef {object} Row
 * @property {string} id
 * @property {string} name
 * @property {string} [missing]
 * @property {number} [median]
 * @property {[number, number]} [quartiles]
 * @property {number} [min]
 * @property {number} [max]
 * @property {number} [ratio]
 * @property {boolean} [sameWork]
 * @property {string} [note]
 */

/** The fraction of the processors, 0–1, that others may use while the figures are measured. */
const QUIET = 0.1;

/** @param {object} results as in results.json */
export function markdownOf({ date, command, machine, versions, works }) {
  const goals = works.flatMap(({ title, goals: own = [] }) => own.map((goal) => ({ title, ...goal })));
  return `${[
    '# Results',
    `Written by \`${command}\` on ${date.slice(0, 10)}; do not edit. [README.md](README.md) explains how it is measured.`,
    machineList(machine, versions),
    ...(goals.length > 0 ? ['## Goals', goalTable(goals)] : []),
    ...works.flatMap((work) => [`## ${work.title}`, ...bodyOf(work)]),
  ].join('\n\n')}\n`;
}

function machineList(machine, versions) {
  const python = (id) => {
    const blas = versions[`${id}Blas`];
    return `${versions[id]} (Python ${versions[`${id}Python`]}${blas ? `; ${blas}` : ''})`;
  };
  const items = [
    ['Machine', `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGB} GB`],
    ['System', machine.system],
    ['Node', `${versions.node} (V8 ${versions.v8})`],
    ...(versions.numpy64 ? [['NumPy, 64-bit', python('numpy64')]] : []),
    ...(versions.numpy32 ? [['NumPy, 32-bit', python('numpy32')]] : []),
    ...(versions.pytorch ? [['PyTorch', python('pytorch')]] : []),
    ...(versions.tfjs ? [['TensorFlow.js', versions.tfjs]] : []),
    ...(versions.jax ? [['jax-js', versions.jax]] : []),
  ];
  const busy = Math.max(machine.busyBefore, machine.busyAfter);
  const warning =
    busy > QUIET
      ? `\n\n**Other programs were running** and used ${Math.round(100 * busy)} % of the processors' time before or after. Do not quote these figures.`
      : '';
  return items.map(([name, value]) => `- ${name}: ${value}`).join('\n') + warning;
}

function goalTable(goals) {
  return table(
    ['', 'task', 'what', 'goal', 'measured'],
    goals.map(({ title, what, goal, measured, unit, met }) => [
      met === null ? '–' : met ? '✓' : '✗',
      title,
      what,
      goal,
      measured === null ? 'not measured' : `${figure(measured)}${unit === '×' ? '' : ' '}${unit}`,
    ]),
    'lllrr',
  );
}

function bodyOf(work) {
  if (work.error) return [`**Not measured:** ${work.error}`];
  if (work.columns) return [phaseTable(work.columns)];
  const { rows, unit, lossAfter } = work;
  const ratios = rows.some(({ ratio }) => ratio);
  const spread = rows.some(({ rounds }) => rounds?.length > 1);
  const head = [
    '',
    unit,
    ...(spread ? ['middle half', 'minimum – maximum'] : []),
    ...(ratios ? ['times Longhand'] : []),
  ];
  const lines = rows.map((row) => {
    if (row.missing) return [row.name, `missing: ${row.missing}`, ...new Array(head.length - 2).fill('')];
    return [
      [
        row.name,
        row.note && `(${row.note})`,
        row.sameWork === false && '**different loss, so different work**',
      ]
        .filter(Boolean)
        .join(' '),
      `**${figure(row.median)}**`,
      ...(spread ? [row.quartiles.map(figure).join(' – '), `${figure(row.min)} – ${figure(row.max)}`] : []),
      ...(ratios ? [row.ratio ? `${figure(row.ratio)}×` : ''] : []),
    ];
  });
  return [table(head, lines, `l${'r'.repeat(head.length - 1)}`), ...remarks(rows, lossAfter)];
}

function remarks(rows, lossAfter) {
  const rounds = Math.max(...rows.map((row) => row.rounds?.length ?? 0));
  const losses = rows.filter(({ loss }) => loss !== undefined).map(({ loss }) => loss);
  const after = `${lossAfter} ${lossAfter > 1 ? 'iterations' : 'epoch'}`;
  const range = `${Math.min(...losses).toFixed(6)} and ${Math.max(...losses).toFixed(6)}`;
  const lines = [
    ...(rounds > 1 ? [`Medians of ${rounds} rounds.`] : []),
    ...(losses.length > 1 ? [`All did the same work: after ${after} the losses are between ${range}.`] : []),
  ];
  return lines.length > 0 ? [lines.join(' ')] : [];
}

function phaseTable(columns) {
  const phases = Object.keys(columns[0].phases).sort((a, b) => (b === 'total') - (a === 'total'));
  const cell = ({ phases: own }, phase) => {
    const share = Math.round((100 * own[phase]) / own.total);
    return phase === 'total' ? `**${figure(own[phase])}**` : `${figure(own[phase])} (${share} %)`;
  };
  return table(
    ['', ...columns.map(({ name }) => name)],
    phases.map((phase) => [phase, ...columns.map((column) => cell(column, phase))]),
    `l${'r'.repeat(columns.length)}`,
  );
}

function table(head, lines, alignment) {
  const rule = [...alignment].map((side) => (side === 'r' ? '--:' : '---'));
  return [head, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** With three significant digits. */
function figure(value) {
  if (value === 0) return '0';
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
