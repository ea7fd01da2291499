import { formatNumber } from '@longhand/core/explain';

interface BarsProps {
  /** The heading, also for a screen reader. */
  readonly title: string;
  readonly values: readonly number[];
  /** The value of a bar of full length, the same on both sides. */
  readonly scale: number;
  /** Whether values can be negative: then 0 is in the middle. */
  readonly isSigned: boolean;
  /** How a value is written. Default: two significant digits. */
  readonly write?: (value: number) => string;
}

/** Ten values, one in each line, with a bar and a number. */
export function Bars({
  title,
  values,
  scale,
  isSigned,
  write = (value) => formatNumber(value, 2),
}: BarsProps) {
  return (
    <figure class="bars">
      <figcaption class="pen">{title}</figcaption>
      <ol class="figures" aria-label={title}>
        {values.map((value, i) => (
          <li key={i}>
            <span class="bars-name">{i}</span>
            <span class={`bars-track ${isSigned ? 'signed' : ''}`} aria-hidden="true">
              <span class={value < 0 ? 'negative' : ''} style={barOf(value)} />
            </span>
            <span class="bars-value">{write(value)}</span>
          </li>
        ))}
      </ol>
    </figure>
  );

  function barOf(value: number) {
    const share = scale > 0 && Number.isFinite(value) ? Math.min(1, Math.abs(value) / scale) : 0;
    if (!isSigned) return { left: '0%', width: `${100 * share}%` };
    return { left: `${value < 0 ? 50 - 50 * share : 50}%`, width: `${50 * share}%` };
  }
}
