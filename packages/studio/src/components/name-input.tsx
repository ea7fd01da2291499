import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** For a field that shows a value when the value changes: in between, what is being typed stays. */
export function useShownValue(value: string): RefObject<HTMLInputElement | null> {
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    input.current!.value = value;
  }, [value]);
  return input;
}

interface NameInputProps {
  readonly class: string;
  readonly value: string;
  /** What a screen reader says of the field: `Name of run 1`. */
  readonly label: string;
  readonly placeholder?: string;
  readonly title?: string;
  /** Takes what was typed, or not: then the field shows its value again. */
  readonly onValue: (text: string) => void;
}

/**
 * A field for a name or a note. What is being typed in it stays when something beside it changes, such as the
 * figures of a run that goes on.
 */
export function NameInput({ value, label, onValue, ...given }: NameInputProps) {
  const input = useShownValue(value);
  return (
    <input
      {...given}
      ref={input}
      aria-label={label}
      onChange={({ currentTarget }) => {
        const text = currentTarget.value.trim();
        currentTarget.value = value;
        onValue(text);
      }}
    />
  );
}
