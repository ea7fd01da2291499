/** A number as a bar: to the right if it is positive, to the left if it is negative. */
export function SignedBar({
  value,
  scale,
  kind = 'gradient',
}: {
  readonly value: number;
  /** The number of a bar that fills its half. */
  readonly scale: number;
  readonly kind?: 'gradient' | 'value';
}) {
  const share = scale > 0 ? Math.min(1, Math.abs(value) / scale) : 0;
  const [left, width] = [value < 0 ? 50 - 50 * share : 50, 50 * share];
  return (
    <span class={`learn-signed ${kind}`} aria-hidden="true">
      <span class={value < 0 ? 'negative' : ''} style={{ left: `${left}%`, width: `${width}%` }} />
    </span>
  );
}
