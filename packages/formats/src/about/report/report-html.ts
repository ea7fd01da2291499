import { count, percent, plural, significant } from '@longhand/core/text';
import type { ClassDescription, DataDescription } from '../description.js';
import { bars } from './charts.js';
import { escapeHtml } from './escape-html.js';
import { stamp } from './stamp.js';
import { STYLE } from './style.js';

/** Columns of a table that are shown. */
const MAX_COLUMNS = 200;

/** What the report says about itself. */
export interface ReportOptions {
  /** What was described: a path, or the name of a dataset. */
  readonly title: string;
  /** The command line that writes the report again. */
  readonly command?: string;
}

/** The description as one HTML file that needs nothing else: no script, no font, no picture from elsewhere. */
export function reportHtml(description: DataDescription, { title, command }: ReportOptions): string {
  const sections = [
    figures(description),
    findings(description),
    classes(description),
    specimens(description),
    lookAlikes(description),
    values(description),
    orientation(description),
    columns(description),
  ];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}: what is this?</title>
<style>${STYLE}</style>
<body>
<main>
<header>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(summaryOf(description))}</p>
</header>
${sections.filter((section) => section !== '').join('\n')}
<footer>${command ? `Written by Longhand: <code>${escapeHtml(command)}</code>` : 'Written by Longhand.'}</footer>
</main>
</body>
</html>
`;
}

/** `idx data: 60,000 training and 10,000 test examples of 28 × 28 pixels, in 10 classes`. */
export function summaryOf({
  kind,
  parts,
  width,
  height,
  isPicture,
  classes: all,
  label,
}: DataDescription): string {
  const sets = parts.map(({ name, examples }) => `${count(examples)} ${name}`).join(' and ');
  const s = parts.every(({ examples }) => examples === 1) ? '' : 's';
  const size = isPicture
    ? `picture${s} of ${width} × ${height} pixels`
    : `example${s} of ${plural(width * height, 'number')}`;
  const inClasses =
    all.length > 0 ? `, in ${plural(all.length, 'class').replace('classs', 'classes')}` : ', without labels';
  const from = label === undefined ? '' : `; the class comes from ${label}`;
  return `${kind}: ${sets} ${size}${inClasses}${from}`;
}

function sheet(title: string, content: string, hint = ''): string {
  return `<section class="sheet"><h2>${title}</h2>${hint ? `<p class="faint">${hint}</p>` : ''}${content}</section>`;
}

function figures({
  parts,
  classes: all,
  values: { min, max, zeros },
  duplicates,
  neighbors,
}: DataDescription): string {
  const training = parts[0]!;
  const rest = parts.slice(1).map(({ name, examples }) => `and ${count(examples)} ${name}`);
  const copies = duplicates.training + duplicates.test;
  const rows: (readonly [string, string, string])[] = [
    ['examples', count(training.examples), rest.join(' ') || training.name],
    ...(all.length > 0 ? [['classes', String(all.length), balanceOf(all)] as const] : []),
    ['values', `${min} … ${max}`, `${percent(zeros, 1)} are 0`],
    ['copies', count(copies), 'examples with the same values as an earlier one'],
    ...(parts.some(({ name }) => name === 'test') && training.name === 'training'
      ? [['leaked', count(duplicates.leaked), 'test examples that are also in the training set'] as const]
      : []),
    ...(neighbors
      ? [
          [
            'nearest neighbor',
            percent(neighbors.accuracy, 1),
            `has the same class, of ${count(neighbors.sample)}`,
          ] as const,
        ]
      : []),
  ];
  const items = rows.map(
    ([name, value, below]) =>
      `<div><dt>${name}</dt><dd>${escapeHtml(value)}<small>${escapeHtml(below)}</small></dd></div>`,
  );
  return `<section class="sheet"><dl class="figures">${items.join('')}</dl></section>`;
}

/** `all the same size`, or the smallest and largest. */
function balanceOf(all: readonly ClassDescription[]): string {
  const sizes = all.map(({ training, test }) => training || test);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  return least === most ? `${count(least)} of each` : `${count(least)} to ${count(most)} of each`;
}

function findings({ findings: all }: DataDescription): string {
  const items = all.map(({ level, text }) => `<li class="${level}"><span>${escapeHtml(text)}</span></li>`);
  if (!all.some(({ level }) => level === 'warning')) {
    items.unshift('<li class="good"><span>Nothing suspicious was found.</span></li>');
  }
  return sheet('what stands out', `<ul class="findings">${items.join('')}</ul>`);
}

function classes({ classes: all, isPicture, width, height }: DataDescription): string {
  if (all.length === 0) return '';
  const most = Math.max(1, ...all.map(({ training, test }) => Math.max(training, test)));
  const rows = all.map(({ name, training, test, mean, specimens: some }) => {
    const counts = [
      ...(training > 0 || test === 0 ? [`${count(training)} training`] : []),
      ...(test > 0 ? [`${count(test)} test`] : []),
    ].join(', ');
    const bar = `<div class="balance"><i style="width:${((100 * Math.max(training, test)) / most).toFixed(1)}%"></i></div>`;
    const head = `<h3>${escapeHtml(name)}</h3><p class="counts">${counts}</p>`;
    if (!isPicture) return `<div class="class plain"><div>${head}</div>${bar}</div>`;
    const average =
      mean.length > 0
        ? stamp(mean, { width, height, label: `the mean of class ${name}`, className: 'mean' })
        : '<span></span>';
    const stamps = some.map(({ index, pixels }) =>
      stamp(pixels, { width, height, label: `${name}, example ${count(index)}` }),
    );
    return `<div class="class"><div>${head}${bar}</div>${average}<div class="row">${stamps.join('')}</div></div>`;
  });
  const hint = isPicture
    ? 'Beside each class its mean picture, then some of its examples, spread over the file.'
    : '';
  return sheet('classes', `<div class="classes">${rows.join('')}</div>`, hint);
}

function specimens({ specimens: some, width, height }: DataDescription): string {
  if (some.length === 0) return '';
  const stamps = some.map(({ index, pixels }) =>
    stamp(pixels, { width, height, label: `example ${count(index)}` }),
  );
  return sheet('some examples', `<div class="row">${stamps.join('')}</div>`);
}

function lookAlikes({ neighbors, classes: all, isPicture, width, height }: DataDescription): string {
  if (!neighbors || neighbors.pairs.length === 0) return '';
  const hint =
    `${count(neighbors.sample)} training examples, each compared with all others: how often is the nearest one of another ` +
    'class? Shown is the closest pair.';
  const pairs = neighbors.pairs.map(({ classes: [a, b], count: often, examples }) => {
    const names = [all[a]!.name, all[b]!.name];
    const title = `<b>${escapeHtml(names[0]!)}</b> or <b>${escapeHtml(names[1]!)}</b>? <span class="faint">${plural(often, 'time')}</span>`;
    const both = isPicture
      ? `<div class="row">${examples.map(({ index, pixels }, k) => stamp(pixels, { width, height, label: `${names[k]}, example ${count(index)}` })).join('')}</div>`
      : '';
    return `<figure class="pair">${both}<figcaption>${title}</figcaption></figure>`;
  });
  return sheet('classes that look alike', `<div class="pairs">${pairs.join('')}</div>`, hint);
}

function values({ values: { histogram, min, max, mean, distinct } }: DataDescription): string {
  const text = `${distinct} different values from ${min} to ${max}, mean ${significant(mean)}. The height is logarithmic.`;
  const chart = bars(histogram, {
    width: 960,
    height: 120,
    label: 'How often each value occurs',
    isLogarithmic: true,
  });
  return sheet(
    'values',
    `<div>${chart}<div class="axis"><span>0</span><span>128</span><span>255</span></div></div>`,
    text,
  );
}

function orientation({ orientation: fits }: DataDescription): string {
  if (!fits) return '';
  const rows = fits.map(({ orientation: way, inverted, correlation }, k) => {
    const name = `${way}${inverted ? ', inverted' : ''}`;
    const bar = `<div class="balance"><i style="width:${(100 * correlation).toFixed(1)}%"></i></div>`;
    return `<span class="${k === 0 ? 'best' : ''}">${name}</span><span class="n">${correlation.toFixed(2)}</span>${bar}`;
  });
  return sheet(
    'which way up?',
    `<div class="fit">${rows.join('')}</div>`,
    'How well the mean pictures of the ten digits correlate with MNIST’s (1 is the same), in each of eight ways.',
  );
}

function columns({ columns: all }: DataDescription): string {
  if (!all) return '';
  const rows = all.slice(0, MAX_COLUMNS).map(({ name, min, max, mean, histogram, isConstant, isId }) => {
    const remark = isConstant ? 'the same in every row' : isId ? 'a row number?' : '';
    const chart = bars(histogram, { width: 96, height: 22, label: `Values of ${escapeHtml(name)}` });
    return (
      `<tr><td>${escapeHtml(name)}</td><td class="n">${significant(min)}</td><td class="n">${significant(mean)}</td>` +
      `<td class="n">${significant(max)}</td><td>${chart}</td><td class="red">${remark}</td></tr>`
    );
  });
  const hint = all.length > MAX_COLUMNS ? `The first ${MAX_COLUMNS} of ${count(all.length)}.` : '';
  const head =
    '<tr><th>column</th><th class="n">smallest</th><th class="n">mean</th><th class="n">largest</th><th>values</th><th></th></tr>';
  return sheet('columns', `<div class="scroll"><table>${head}${rows.join('')}</table></div>`, hint);
}
