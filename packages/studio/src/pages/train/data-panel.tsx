import type { DataDescription, Specimen } from '@longhand/formats/about';
import { useEffect } from 'preact/hooks';
import { Digit } from '../../components/digit.js';
import { saveFile } from '../../files/save.js';
import { dataDescription, describeDigits } from '../../state/data-description.js';
import { digits } from '../../state/digits.js';
import { showError } from '../../state/notifications.js';
import { count, percent } from '../../text.js';
import './data-panel.css';

/** Specimens of a class that fit into one row. */
const SPECIMENS = 8;
const PAIRS = 6;
const COLUMNS = 40;

/** What the data are: figures, what stands out, classes with some of their examples, and which look alike. */
export function DataPanel() {
  const now = digits.value;
  useEffect(() => {
    if (now?.complete) void describeDigits(now);
  }, [now]);
  const known = dataDescription.value;
  if (known && known.of === now && known.state === 'ready') {
    return <Description name={now.name} description={known.description} />;
  }
  const failed = known?.of === now && known?.state === 'failed' ? known.message : undefined;
  const share = known?.of === now && known?.state === 'working' ? known.share : 0;
  return (
    <div class="data-panel sheet waiting">
      {failed ? (
        <p class="red" role="alert">
          {failed}
        </p>
      ) : (
        <p class="loading">
          <progress value={share} max={1} aria-label="Looking at the data" /> Looking at every example …
        </p>
      )}
    </div>
  );
}

function Description({
  name,
  description,
}: {
  readonly name: string;
  readonly description: DataDescription;
}) {
  return (
    <div class="data-panel sheet">
      <Figures description={description} />
      <Findings description={description} />
      <Classes description={description} />
      <LookAlikes description={description} />
      <Columns description={description} />
      <p class="data-end">
        <button type="button" onClick={() => saveReport(name, description).catch(showError)}>
          Save as a page …
        </button>
        <span class="faint">One HTML file with more charts, to keep or to share.</span>
      </p>
    </div>
  );
}

async function saveReport(name: string, description: DataDescription): Promise<void> {
  const { reportHtml } = await import('@longhand/formats/about');
  const html = new TextEncoder().encode(reportHtml(description, { title: name }));
  saveFile(`${name.replace(/[^\p{L}\p{N}.-]+/gu, '-')}.html`, html, 'text/html');
}

function Figures({ description }: { readonly description: DataDescription }) {
  const { classes, duplicates, neighbors, values } = description;
  const sizes = classes.map(({ training }) => training);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const copies = duplicates.training + duplicates.test;
  return (
    <dl class="data-figures">
      <Figure name="classes" value={count(classes.length)}>
        {least === most ? `${count(least)} of each` : `${count(least)} to ${count(most)} of each`}
      </Figure>
      <Figure name="values" value={`${values.min} … ${values.max}`}>
        {percent(values.zeros, 0)} are 0
      </Figure>
      <Figure name="copies" value={count(copies)}>
        of an earlier example
      </Figure>
      <Figure name="leaked" value={count(duplicates.leaked)}>
        test examples in the training set
      </Figure>
      {neighbors && (
        <Figure name="nearest neighbor" value={percent(neighbors.accuracy, 0)}>
          has the same class
        </Figure>
      )}
    </dl>
  );
}

function Figure({
  name,
  value,
  children,
}: {
  name: string;
  value: string;
  children: preact.ComponentChildren;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span class="figures big">{value}</span>
        <span class="below">{children}</span>
      </dd>
    </div>
  );
}

function Findings({ description: { findings } }: { readonly description: DataDescription }) {
  const isGood = findings.every(({ level }) => level !== 'warning');
  return (
    <ul class="findings">
      {isGood && <li class="good">Nothing suspicious was found.</li>}
      {findings.map(({ level, text }) => (
        <li key={text} class={level}>
          {text}
        </li>
      ))}
    </ul>
  );
}

function Classes({ description }: { readonly description: DataDescription }) {
  const { classes, isPicture, width, height } = description;
  const most = Math.max(1, ...classes.map(({ training }) => training));
  return (
    <ul class={isPicture ? 'data-classes' : 'data-classes plain'}>
      {classes.map(({ name, training, test, specimens }) => (
        <li key={name}>
          <p class="class-head">
            <span class="pen" title={name}>
              {name}
            </span>
            <span class="faint figures">
              {count(training)} + {count(test)}
            </span>
          </p>
          <span class="share" aria-hidden="true">
            <i style={{ width: `${(100 * training) / most}%` }} />
          </span>
          {isPicture && (
            <div class="stamps">
              {specimens.slice(0, SPECIMENS).map((specimen) => (
                <Stamp key={specimen.index} {...{ specimen, name, width, height }} />
              ))}
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

interface StampProps {
  readonly specimen: Specimen;
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

function Stamp({ specimen: { index, pixels }, name, width, height }: StampProps) {
  return <Digit {...{ pixels, width, height }} label={`${name}, training example ${count(index)}`} />;
}

function LookAlikes({ description }: { readonly description: DataDescription }) {
  const { neighbors, classes, isPicture, width, height } = description;
  if (!neighbors || neighbors.pairs.length === 0) return null;
  return (
    <div class="data-pairs">
      <h2>which classes look alike?</h2>
      <p class="faint">
        {count(neighbors.sample)} training examples were compared, each with all others. So often the nearest
        one is of another class:
      </p>
      <ul>
        {neighbors.pairs.slice(0, PAIRS).map(({ classes: [a, b], count: often, examples }) => {
          const names = [classes[a]!.name, classes[b]!.name];
          return (
            <li key={names.join()}>
              {isPicture && (
                <div class="stamps">
                  {examples.map((specimen, k) => (
                    <Stamp key={specimen.index} {...{ specimen, name: names[k]!, width, height }} />
                  ))}
                </div>
              )}
              <p>
                <span class="pen red">{names[0]}</span> or <span class="pen red">{names[1]}</span>?{' '}
                <span class="faint figures">{count(often)} ×</span>
              </p>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Columns({ description: { columns } }: { readonly description: DataDescription }) {
  if (!columns) return null;
  return (
    <div class="data-columns">
      <table>
        <thead>
          <tr>
            <th scope="col">column</th>
            <th scope="col">smallest</th>
            <th scope="col">mean</th>
            <th scope="col">largest</th>
            <th scope="col">values</th>
          </tr>
        </thead>
        <tbody>
          {columns.slice(0, COLUMNS).map(({ name, min, mean, max, histogram, isConstant, isId }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {[min, mean, max].map((value, k) => (
                <td key={k} class="figures">
                  {Number(value.toPrecision(3))}
                </td>
              ))}
              <td>
                {isConstant || isId ? (
                  <span class="red">{isConstant ? 'always the same' : 'a row number?'}</span>
                ) : (
                  <Histogram shares={histogram} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {columns.length > COLUMNS && <p class="faint">and {count(columns.length - COLUMNS)} more</p>}
    </div>
  );
}

function Histogram({ shares }: { readonly shares: readonly number[] }) {
  const most = Math.max(...shares);
  return (
    <svg class="histogram" viewBox={`0 0 ${shares.length} 10`} preserveAspectRatio="none" aria-hidden="true">
      {shares.map((share, k) => (
        <rect key={k} x={k + 0.08} width={0.84} y={10 - (10 * share) / most} height={(10 * share) / most} />
      ))}
    </svg>
  );
}
