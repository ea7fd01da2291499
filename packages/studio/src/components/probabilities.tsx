import { probability } from '../text.js';
import './probabilities.css';

interface ProbabilitiesProps {
  /** What each class is called. */
  readonly names: readonly string[];
  /** One a class, 0–1; without them the bars wait empty. */
  readonly probabilities?: ArrayLike<number> | undefined;
  /** The class that is the answer: in red pen. */
  readonly answer?: number | undefined;
  /** What a screen reader calls the list. */
  readonly label: string;
  /** The class that is marked, and what happens when a row is pressed; without this the rows are no buttons. */
  readonly choice?: {
    readonly chosen: number | undefined;
    readonly choose: (k: number) => void;
    /** What pressing a row does, after the class and its share: `show what spoke for it`. */
    readonly action: string;
  };
}

/** The network's probabilities as bars, one a class. */
export function Probabilities({ names, probabilities, answer, label, choice }: ProbabilitiesProps) {
  return (
    <ol class="probabilities" aria-label={label}>
      {names.map((name, k) => {
        const share = probabilities?.[k];
        const text = share === undefined ? '' : probability(share);
        const row = (
          <>
            <span class="class figures">{name}</span>
            <span class="track">
              <span class="bar" style={{ display: 'block', width: `${100 * (share ?? 0)}%` }} />
            </span>
            <span class="share figures">{text}</span>
          </>
        );
        const kind = `row ${k === answer ? 'answer' : ''}`;
        return (
          <li key={name}>
            {choice ? (
              <button
                type="button"
                class={kind}
                aria-pressed={choice.chosen === k}
                disabled={share === undefined}
                onClick={() => choice.choose(k)}
              >
                {row}
                <span class="hidden">: {choice.action}</span>
              </button>
            ) : (
              <div class={kind}>{row}</div>
            )}
          </li>
        );
      })}
    </ol>
  );
}
