import { percent } from '../../../text.js';

/** A share of right answers as a bar with its number. Without one, the place stays empty. */
export function ShareBar({
  share,
  kind = 'training',
  digits = 1,
}: {
  readonly share: number | undefined;
  readonly kind?: 'training' | 'dev' | 'test';
  readonly digits?: number;
}) {
  return (
    <span class="learn-share">
      <span class={`bar ${kind}`} style={{ width: `${100 * (share ?? 0)}%` }} aria-hidden="true" />
      <span class="number">{share === undefined ? '–' : percent(share, digits)}</span>
    </span>
  );
}
