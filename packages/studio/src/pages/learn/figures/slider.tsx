import { fixed } from '../../../number-text.js';
import './slider.css';

interface SliderProps {
  /** As equations write it. */
  readonly symbol: string;
  /** What it is, for a screen reader. */
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  readonly value: number;
  readonly onMove: (value: number) => void;
  /** How the value is written. Default: one decimal. */
  readonly write?: (value: number) => string;
}

/** A number to drag, or to move with the arrow keys. */
export function Slider({
  symbol,
  name,
  least,
  most,
  step,
  value,
  onMove,
  write = (number) => fixed(number, 1),
}: SliderProps) {
  return (
    <label class="slider">
      <span class="figures" aria-hidden="true">
        {symbol}
      </span>
      <input
        type="range"
        aria-label={`${symbol}, ${name}`}
        aria-valuetext={write(value)}
        min={least}
        max={most}
        step={step}
        value={value}
        onInput={({ currentTarget }) => onMove(Number(currentTarget.value))}
      />
      <output class="figures">{write(value)}</output>
    </label>
  );
}
