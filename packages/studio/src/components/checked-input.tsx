import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { showError } from '../state/notifications.js';

interface CheckedInputProps<Value> {
  /** What the value is called in an error message: `seed`. */
  readonly name: string;
  readonly value: string;
  /** @returns the value that a text means, or nothing if it means none */
  readonly read: (text: string) => Value | undefined;
  /** What `read` accepts: `a whole number from 0`. */
  readonly expected: string;
  readonly onValue: (value: Value) => void;
  /** The label before the field. Without it, a screen reader says `name`. */
  readonly label?: ComponentChildren;
  readonly labelClass?: string;
  /** Default `decimal`. */
  readonly inputMode?: 'decimal' | 'numeric';
  /** Letters that the field has room for. */
  readonly size?: number;
  /** A field with arrows to step up and down in this range. */
  readonly range?: { readonly min: number; readonly max: number };
}

/**
 * A field for a number. It takes valid values only: otherwise it shows an error and keeps the old
 * value.
 */
export function CheckedInput<Value>(props: CheckedInputProps<Value>) {
  const {
    name,
    value,
    read,
    expected,
    onValue,
    label,
    labelClass,
    inputMode = 'decimal',
    size,
    range,
  } = props;
  const id = useId();
  const input = (
    <input
      id={id}
      key={value}
      class="figures"
      inputMode={inputMode}
      {...(size && { size })}
      {...(range && { type: 'number', ...range, step: 'any' })}
      {...(!label && { 'aria-label': name })}
      defaultValue={value}
      onChange={({ currentTarget }) => {
        const text = currentTarget.value;
        const typed = read(text);
        if (typed !== undefined) {
          onValue(typed);
          return;
        }
        showError(`${name}: expected ${expected}, found “${text}”${hintFor(text, read)}`);
        currentTarget.value = value;
      }}
    />
  );
  if (!label) return input;
  return (
    <label for={id} class={labelClass ?? ''}>
      {label} {input}
    </label>
  );
}

/** In many languages a comma stands where English has the decimal point. */
function hintFor(text: string, read: (text: string) => unknown): string {
  const withPoint = text.trim().replace(',', '.');
  return text.includes(',') && read(withPoint) !== undefined ? `. Use a point: ${withPoint}` : '';
}
