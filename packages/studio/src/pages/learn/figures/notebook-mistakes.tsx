import { useEffect, useRef, useState } from 'preact/hooks';
import { NOTEBOOK_UPDATES } from '../../../computations/notebook.js';
import { firstDigits, loadFirst } from '../../../state/digits.js';
import { announce, showError } from '../../../state/notifications.js';
import { percent } from '../../../text.js';
import type { NotebookOutcome, NotebookReport } from '../../../workers/notebook.worker.js';
import { type NotebookRun, runNotebook } from '../../../workers/notebook-run.js';
import { Figure, Waiting } from './figure.js';

const MISTAKES = [
  { name: 'rawPixels', wrong: 'pixels not divided by 255', line: 'X = pixels' },
  { name: 'naiveSoftmax', wrong: 'softmax without its maximum', line: 'np.exp(Z) / sum(np.exp(Z))' },
  { name: 'summedDb', wrong: 'db summed over everything', line: '1 / m * np.sum(dZ)' },
  { name: 'printedBefore', wrong: 'accuracy printed before the update', line: 'print(accuracy(A2, Y))' },
  { name: 'claimed', wrong: 'the text says 98%', line: '“about 98% on the training set”' },
] as const;
type Switches = Readonly<Record<(typeof MISTAKES)[number]['name'], boolean>>;

const NONE: Switches = {
  ...{ rawPixels: false, naiveSoftmax: false, summedDb: false, printedBefore: false, claimed: false },
};
const ALL: Switches = {
  ...{ rawPixels: true, naiveSoftmax: true, summedDb: true, printedBefore: true, claimed: true },
};
/** Training digits: few, since this trains in 64-bit maths, not with the engine. */
const DIGITS = 300;
/** What the notebook's author says that it reaches. */
const CLAIM = 0.98;

/** The notebook's five mistakes, each switched on or off, and what comes of them. */
export function NotebookMistakes() {
  const [switches, setSwitches] = useState<Switches>(ALL);
  const [report, setReport] = useState<(NotebookReport & Partial<NotebookOutcome>) | undefined>(undefined);
  const [isRunning, setRunning] = useState(false);
  const run = useRef<NotebookRun | undefined>(undefined);
  useEffect(() => {
    void loadFirst();
    return () => run.current?.abandon();
  }, []);
  const digits = firstDigits.value;
  if (!digits) return <Waiting />;

  function change(next: Switches): void {
    run.current?.abandon();
    run.current = undefined;
    setRunning(false);
    setReport(undefined);
    setSwitches(next);
  }

  function start(): void {
    setRunning(true);
    setReport(undefined);
    const started = runNotebook(
      switches,
      { training: digits!.training.slice(0, DIGITS), test: digits!.test },
      setReport,
    );
    run.current = started;
    started.done.then(
      (outcome) => {
        setReport(outcome);
        setRunning(false);
        announce(
          `After ${outcome.updates} updates: ${percent(outcome.training)} of the training digits right`,
        );
      },
      (error: unknown) => {
        setRunning(false);
        showError(error);
      },
    );
  }

  return (
    <Figure
      action={
        <>
          <button type="button" class="main" disabled={isRunning} onClick={start}>
            Train
          </button>
          <button type="button" onClick={() => change(NONE)}>
            Correct all
          </button>
          <button type="button" onClick={() => change(ALL)}>
            As in the notebook
          </button>
        </>
      }
    >
      <fieldset class="learn-switches">
        <legend>The five mistakes</legend>
        {MISTAKES.map(({ name, wrong, line }) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={switches[name]}
              onChange={() => change({ ...switches, [name]: !switches[name] })}
            />
            <span>
              {wrong} <code>{line}</code>
            </span>
          </label>
        ))}
      </fieldset>
      <table class="learn-numbers">
        <tbody>
          <Row name="updates">{report ? `${report.updates} of ${NOTEBOOK_UPDATES}` : '–'}</Row>
          <Row name="what the notebook says">{report ? percent(saidOf(report, switches)) : '–'}</Row>
          <Row name="training digits right, in truth">{report ? percent(report.training) : '–'}</Row>
          <Row name="test digits right">{report?.test === undefined ? '–' : percent(report.test)}</Row>
          <Row name="dead hidden units">
            {report ? (report.isBroken ? '–' : `${report.dead} of 10`) : '–'}
          </Row>
          <Row name="weights and biases">
            {report ? (report.isBroken ? 'NaN: not numbers' : 'all are numbers') : '–'}
          </Row>
        </tbody>
      </table>
      <p class="faint" role="status">
        {report && !isRunning ? verdictOf(report, switches) : `It trains on ${DIGITS} digits, with α = 0.1.`}
      </p>
    </Figure>
  );
}

function Row({ name, children }: { name: string; children: string }) {
  return (
    <tr>
      <th scope="row" class="name">
        {name}
      </th>
      <td>{children}</td>
    </tr>
  );
}

/** The accuracy that the reader is told. */
function saidOf({ printed, training }: NotebookReport, { printedBefore, claimed }: Switches): number {
  if (claimed) return CLAIM;
  return printedBefore ? printed : training;
}

function verdictOf(report: NotebookReport, switches: Switches): string {
  if (report.isBroken)
    return `After ${report.updates === 1 ? 'one update' : `${report.updates} updates`}, nothing is a number any more. Every digit is read as 0.`;
  if (report.dead > 0)
    return `${report.dead} of 10 hidden units give 0 for every digit. No error reaches their weights any more.`;
  if (saidOf(report, switches) !== report.training) return 'The training is right, but the report is not.';
  return switches.summedDb
    ? 'The accuracy hardly shows this mistake. A check of the gradient finds it at once.'
    : 'These numbers are right.';
}
