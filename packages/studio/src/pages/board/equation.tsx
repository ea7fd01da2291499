import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Term } from '../../components/term.js';
import type { Iteration } from '../../computations/cycle.js';
import type { TermName } from '../../glossary/terms.js';
import { reached } from './board-state.js';
import { bringToView } from './bring-to-view.js';
import { choices, goTo } from './choices.js';
import { flow } from './flow.js';
import { stepTitle } from './step-words.js';
import type { Piece, Step } from './steps.js';
import { Tile } from './tile.js';

interface EquationProps {
  readonly iteration: Iteration;
  readonly step: Step;
  readonly lit: number;
}

/**
 * One equation: its number in the margin, its symbols as tiles. The current one has lines from the
 * operands to the result.
 */
export function Equation({ iteration, step, lit }: EquationProps) {
  const isLit = step.number === lit;
  const isEmpty = step.number > reached.value;
  const row = useRef<HTMLDivElement>(null);
  const drawn = useRef(false);
  useEffect(() => {
    // When the page opens at the first step, nothing scrolls.
    if (isLit && (drawn.current || step.number > 1)) bringToView(row.current!.parentElement!);
    const hasCome = isLit && drawn.current;
    drawn.current = true;
    return hasCome ? flow(row.current!) : undefined;
  }, [isLit]);
  return (
    <li
      class={`equation makes-${step.phase === 'update' ? 'all' : step.result.quantity} ${isLit ? 'lit' : step.number > lit ? 'to-come' : 'done'}`}
      {...(isLit && { 'aria-current': 'step', 'data-part': 'equation' })}
    >
      <button
        type="button"
        class="number pen"
        aria-label={`Step ${step.number}: ${stepTitle(step, iteration)}: ${step.spoken}`}
        onClick={() => goTo(step.number, choices.peek().iteration)}
      >
        {step.number}
      </button>
      <div class="pieces" ref={row}>
        {step.phase === 'update' ? (
          <UpdatePieces iteration={iteration} step={step} isEmpty={isEmpty} />
        ) : (
          <>
            <Tile iteration={iteration} name={step.result} isResult isEmpty={isEmpty} />
            <Sign text="=" />
            {step.pieces.map((piece, k) => (
              <PieceOf
                key={`${step.number} ${k}`}
                iteration={iteration}
                piece={piece}
                at={step.number}
                isEmpty={isEmpty}
              />
            ))}
          </>
        )}
        {isLit && step.phase !== 'update' && <Joins row={row} key={`${step.number} ${iteration.m}`} />}
      </div>
    </li>
  );
}

interface PieceProps {
  readonly iteration: Iteration;
  readonly piece: Piece;
  readonly at: number;
  readonly isEmpty: boolean;
}

function PieceOf({ piece, ...tile }: PieceProps) {
  if ('sign' in piece) return <Sign text={piece.sign} />;
  return <Tile {...tile} name={piece.tile} transposed={piece.transposed} />;
}

/** The sign between two tiles: `1/m`, `softmax(`, `⊙ g′(`. */
function Sign({ text }: { text: string }) {
  if (text.startsWith('1/m')) {
    return (
      <Term name={text.includes('Σ') ? 'sum' : 'm'} label={text}>
        <math class="sign">
          <mfrac>
            <mn>1</mn>
            <mi>m</mi>
          </mfrac>
          {text.includes('Σ') && <mo>∑</mo>}
        </math>
      </Term>
    );
  }
  const term = termOf(text);
  const written = (
    <math class="sign">
      {/^[a-zA-Zσ]/.test(text) ? <mi mathvariant="normal">{text.replace('(', '')}</mi> : null}
      {/^[a-zA-Zσ]/.test(text) ? text.endsWith('(') && <mo>(</mo> : <mo>{text}</mo>}
    </math>
  );
  return term ? (
    <Term name={term} label={text.replace('(', '')}>
      {written}
    </Term>
  ) : (
    written
  );
}

/** The term that a sign of an equation stands for, if it is more than a sign. */
function termOf(sign: string): TermName | undefined {
  if (sign.startsWith('softmax')) return 'softmax';
  if (sign.startsWith('ReLU')) return 'relu';
  if (sign === '⊙') return 'hadamard';
  if (sign.startsWith('g′')) return 'g-prime';
  return /^[a-zA-Zσ]/.test(sign) ? 'activation' : undefined;
}

/** The update changes all parameters at once. */
function UpdatePieces({
  iteration,
  step,
  isEmpty,
}: {
  readonly iteration: Iteration;
  readonly step: Step;
  readonly isEmpty: boolean;
}) {
  return (
    <>
      <div class="rules">
        <Rule letter="W" />
        <Rule letter="b" />
      </div>
      <div class={`parameters ${step.pieces.length > 4 ? 'deep' : ''}`}>
        {step.pieces.map(
          (piece) =>
            'tile' in piece &&
            piece.tile.quantity === 'W' && (
              <div class="layer" key={piece.tile.layer}>
                <Tile iteration={iteration} name={piece.tile} isEmpty={isEmpty} />
                <Tile iteration={iteration} name={{ ...piece.tile, quantity: 'b' }} isEmpty={isEmpty} />
              </div>
            ),
        )}
      </div>
    </>
  );
}

/** `W := W − α dW` */
function Rule({ letter }: { letter: string }) {
  return (
    <Term name={letter === 'W' ? 'update' : 'alpha'} label={`${letter} := ${letter} − α d${letter}`}>
      <math class="rule">
        <mi>{letter}</mi>
        <mo>:=</mo>
        <mi>{letter}</mi>
        <mo>−</mo>
        <mi>α</mi>
        <mi mathvariant="normal">d</mi>
        <mi>{letter}</mi>
      </math>
    </Term>
  );
}

/** Lines from each operand to the result, below them. */
function Joins({ row }: { row: { readonly current: HTMLDivElement | null } }) {
  const [drawn, setDrawn] = useState<{ width: number; height: number; paths: string[]; tip: string }>();
  useLayoutEffect(() => {
    const element = row.current!;
    const measure = () => setDrawn(pathsIn(element));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [row]);
  if (!drawn) return null;
  return (
    <svg class="joins" width={drawn.width} height={drawn.height} aria-hidden="true">
      {drawn.paths.map((path) => (
        <path key={path} d={path} pathLength={1} />
      ))}
      <path class="tip" d={drawn.tip} />
    </svg>
  );
}

/** How far the lines run below the shapes, in CSS pixels. */
const DEPTH = 7;

function pathsIn(row: HTMLElement) {
  const whole = row.getBoundingClientRect();
  // In a small window the row is zoomed. The boxes are measured with the zoom, the lines are drawn
  // without.
  const zoom = whole.width / row.offsetWidth || 1;
  const [width, height] = [whole.width / zoom, whole.height / zoom];
  const foot = (element: Element) => {
    const box = element.getBoundingClientRect();
    return { x: (box.left + box.width / 2 - whole.left) / zoom, y: (box.bottom - whole.top) / zoom };
  };
  const result = row.querySelector('.tile.result');
  const operands = [...row.querySelectorAll('.tile.operand')].map(foot);
  if (!result || operands.some(({ y }) => Math.abs(y - foot(result).y) > 12)) {
    return { width, height, paths: [], tip: '' };
  }
  const end = foot(result);
  const depth = Math.max(end.y, ...operands.map(({ y }) => y)) + DEPTH;
  const paths = operands.map(({ x, y }) => {
    return `M ${x} ${y} C ${x} ${depth}, ${x} ${depth}, ${x - 10} ${depth} L ${end.x + 10} ${depth} C ${end.x} ${depth}, ${end.x} ${depth}, ${end.x} ${end.y + 1}`;
  });
  return {
    width,
    height,
    paths,
    tip: `M ${end.x - 4} ${end.y + 6} L ${end.x} ${end.y + 1} L ${end.x + 4} ${end.y + 6}`,
  };
}
