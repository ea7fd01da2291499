import type { ComponentChildren } from 'preact';
import './figure.css';

/** The inside of a chapter's figure. The page draws its card and its heading. */
export function Figure({
  action,
  children,
}: {
  /** The buttons above it. */
  readonly action?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  return (
    <div class="learn-figure">
      {action && <div class="learn-buttons">{action}</div>}
      {children}
    </div>
  );
}

/** The place of a figure whose digits have not arrived yet. */
export function Waiting() {
  return <p class="faint learn-waiting">Loading the digits …</p>;
}
