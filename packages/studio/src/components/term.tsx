import type { ComponentChildren } from 'preact';
import type { TermName } from '../glossary/terms.js';

/**
 * A symbol or word that says what it means: on hover, focus or tap (term-tip.tsx). The name's
 * sentence is in glossary/terms.ts.
 *
 * @param label what a screen reader says, if it is written as a formula
 */
export function Term({
  name,
  label,
  children,
}: {
  readonly name: TermName;
  readonly label?: string;
  readonly children: ComponentChildren;
}) {
  return (
    <button type="button" class="term" data-term={name}>
      {label ? (
        <>
          <span class="hidden">{label}</span>
          <span aria-hidden="true">{children}</span>
        </>
      ) : (
        children
      )}
    </button>
  );
}
