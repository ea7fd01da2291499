import { useLayoutEffect, useRef } from 'preact/hooks';
import { dark } from '../state/theme.js';
import type { Hue } from '../theme/colors.js';
import { gridOf } from './entry-layout.js';
import { paintMatrix } from './paint.js';
import './digit.css';

interface DigitProps {
  /** Row by row: bytes of ink, or numbers with a sign. */
  readonly pixels: ArrayLike<number>;
  readonly width?: number;
  readonly height?: number;
  /** Default `ink`. */
  readonly hue?: Hue;
  /** The value of full color. Default 255. */
  readonly scale?: number;
  /** Width on the page, in CSS pixels. Without it, CSS decides. */
  readonly side?: number;
  /** The text for a screen reader. Without it, screen readers skip the picture. */
  readonly label?: string;
  readonly class?: string;
}

/** A small picture, 28 × 28 by default: a digit, or the weights of a unit. */
export function Digit({
  pixels,
  width = 28,
  height = 28,
  hue = 'ink',
  scale = 255,
  side,
  label,
  ...rest
}: DigitProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const isDark = dark.value;
  useLayoutEffect(() => {
    const values = { rows: height, cols: width, data: pixels };
    paintMatrix(canvas.current!, values, gridOf(height, width), hue, scale, isDark);
  }, [pixels, width, height, hue, scale, isDark]);
  return (
    <canvas
      ref={canvas}
      class={`digit ${rest.class ?? ''}`}
      style={side ? { width: `${side}px`, height: `${(side * height) / width}px` } : {}}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    />
  );
}
