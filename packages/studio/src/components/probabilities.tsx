import { useRef } from 'preact/hooks';
import { probability } from '../text.js';
import { useRoving } from './use-roving.js';
import './probabilities.css';

interface ProbabilitiesProps {
  /** The names of the classes. */
  readonly names: readonly string[];
  /** One for each class, 0–1. Without them the bars are empty. */
  readonly probabilities?: ArrayLike<number> | undefined;
  /** The class that is the answer, in red. */
  readonly answer?: number | undefined;
  /** The name of the list for a screen reader. */
  readonly label: string;
  /** Makes buttons of the rows: the chosen class, and what a press does. */
  readonly choice?: {
    readonly chosen: number | undefined;
    readonly choose: (k: number) => void;
    /** What a press does, for a screen reader: `show which pixels support it`. */
    readonly action: string;
  };
}

/** The network's probabilities as bars, one for each class. */
export function Probabilities({ names, probabilities, answer, label, choice }: ProbabilitiesProps) {
  const list = useRef<HTMLOListElement>(null);
  useRoving(list);
  return (
    <ol ref={list} class="probabilities" data-control="probabilities" aria-label={label}>
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
