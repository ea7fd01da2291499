import type { FramedDigit, FrameSteps } from '@longhand/core/pictures';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Digit } from '../../components/digit.js';
import { changeQuery } from '../../state/location.js';
import { dark } from '../../state/theme.js';
import { framed, marks, steps } from './drawing-state.js';
import { type Mark, PAD_SIDE, paintMarks } from './ink.js';
import { inkColor } from './pad.js';
import { savePicture } from './save-picture.js';

/** Canvas pixels of a small picture of the pad. */
const VIEW_SIDE = 400;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
const WHOLE: Box = { x: 0, y: 0, width: PAD_SIDE, height: PAD_SIDE };

/** What becomes of the drawing on its way to 784 numbers, picture by picture; steps can be switched off. */
export function Stages() {
  const digit = framed.value;
  const { crop, fit, center } = steps.value;
  const cells = fit ? 20 : 28;
  return (
    <section class="stages" aria-labelledby="stages-title">
      <h2 id="stages-title">from your drawing to 784 numbers</h2>
      <ol>
        <Stage number={1} name="your drawing" detail={`${PAD_SIDE} × ${PAD_SIDE} pixels`}>
          <InkView marks={marks.value} part={WHOLE} />
          {digit && crop && <BoxOverlay box={digit.box} side={PAD_SIDE} />}
        </Stage>
        <Stage
          number={2}
          name="cropped"
          step="crop"
          detail={
            crop
              ? digit
                ? `to the ink: ${digit.box.width} × ${digit.box.height}`
                : 'to the ink'
              : 'off: the whole pad'
          }
        >
          <InkView marks={digit ? marks.value : []} part={digit?.box ?? WHOLE} />
        </Stage>
        <Stage
          number={3}
          name="scaled"
          step="fit"
          detail={fit ? `longer side 20${digit ? `: ${sizeOf(digit)}` : ' pixels'}` : `off: size as drawn`}
        >
          {digit && (
            <div
              class="scaled"
              style={{
                width: `${(100 * digit.scaled.width) / cells}%`,
                height: `${(100 * digit.scaled.height) / cells}%`,
              }}
            >
              <Digit
                pixels={digit.scaled.data}
                width={digit.scaled.width}
                height={digit.scaled.height}
                scale={1}
                class="fill"
              />
            </div>
          )}
        </Stage>
        <Stage
          number={4}
          name="centered"
          step="center"
          detail={center ? 'center of mass at (14, 14)' : 'off: box in the middle'}
        >
          {digit && <Digit pixels={digit.pixels} class="fill" />}
          <Cross digit={digit} />
        </Stage>
        <Stage number={5} name="network input" detail="784 numbers from 0 to 1">
          {digit && (
            <Digit
              pixels={digit.pixels}
              class="fill"
              label="The drawing as the network sees it: 28 × 28 pixels"
            />
          )}
        </Stage>
      </ol>
      <div class="made">
        <h3>as in MNIST</h3>
        <p>
          The 70,000 MNIST digits were cropped, scaled and centered in the same way, and the network has seen
          no others. Switch a step off and watch the answer change.
        </p>
        <p class="save">
          <span class="hidden">Save the network input:</span>
          <button type="button" disabled={!digit} onClick={() => digit && savePicture(digit.pixels, 1)}>
            Save PNG, 28 × 28
          </button>
          <button type="button" disabled={!digit} onClick={() => digit && savePicture(digit.pixels, 10)}>
            280 × 280
          </button>
        </p>
      </div>
      <Footnotes />
    </section>
  );
}

/** What the marks * and † of the page stand for. */
function Footnotes() {
  return (
    <div class="footnotes">
      <p>
        <span class="pen red">*</span> How different the drawing is from 2,000 real digits. The page measures
        two distances, of its pixels to the nearest digit and of its shape to the nearest five, and shows the
        larger one. Of 100 other real digits, 97 lie in the shaded part. Of 375 scribbles that we tried, 94 in
        100 lie beyond it, although the included network was more than 90% sure of half of them.
      </p>
      <p>
        <span class="pen red">†</span> The sum over all pixels, each times the slope of <i>z</i> at that
        pixel. With ReLU this is exact: the pixels and the biases add up to <i>z</i>. With curved activation
        functions, such as sigmoid, it is an approximation, and “the rest” is more than the biases.
      </p>
    </div>
  );
}

interface StageProps {
  readonly number: number;
  readonly name: string;
  readonly detail: string;
  /** The step that a switch leaves out. */
  readonly step?: keyof FrameSteps;
  readonly children: ComponentChildren;
}

function Stage({ number, name, detail, step, children }: StageProps) {
  const on = step === undefined || steps.value[step];
  const title = (
    <>
      <span class="pen red">{number}</span> {name}
    </>
  );
  return (
    <li class={on ? 'stage' : 'stage off'}>
      <div class="view">{children}</div>
      {step ? (
        <label class="title">
          <input type="checkbox" checked={on} onChange={() => toggle(step)} />
          <span>{title}</span>
        </label>
      ) : (
        <p class="title">
          <span>{title}</span>
        </p>
      )}
      <p class="detail">{detail}</p>
    </li>
  );
}

/** Switches a step off or on; the address keeps those that are off. */
function toggle(step: keyof FrameSteps): void {
  const next = { ...steps.peek(), [step]: !steps.peek()[step] };
  steps.value = next;
  const off = (Object.keys(next) as (keyof FrameSteps)[]).filter((name) => !next[name]);
  changeQuery({ without: off.length > 0 ? off.join(',') : undefined });
}

/** The drawing, or a part of it, as the pen drew it, its longer side as long as the picture. */
function InkView({ marks: drawn, part }: { marks: readonly Mark[]; part: Box }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const isDark = dark.value;
  const { x, y, width, height } = part;
  useLayoutEffect(() => {
    const context = canvas.current!.getContext('2d')!;
    const scale = VIEW_SIDE / Math.max(width, height);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, VIEW_SIDE, VIEW_SIDE);
    context.setTransform(
      scale,
      0,
      0,
      scale,
      (VIEW_SIDE - scale * width) / 2 - scale * x,
      (VIEW_SIDE - scale * height) / 2 - scale * y,
    );
    paintMarks(context, drawn, inkColor(isDark));
  }, [drawn, x, y, width, height, isDark]);
  return <canvas ref={canvas} class="fill" width={VIEW_SIDE} height={VIEW_SIDE} />;
}

function BoxOverlay({ box, side }: { box: Box; side: number }) {
  return (
    <svg class="overlay" viewBox={`0 0 ${side} ${side}`} aria-hidden="true">
      <rect class="dashed" x={box.x} y={box.y} width={box.width} height={box.height} />
    </svg>
  );
}

/** The middle of the frame as a cross, and where the ink balances as a dot on it. */
function Cross({ digit }: { digit: FramedDigit | undefined }) {
  return (
    <svg class="overlay" viewBox="0 0 28 28" aria-hidden="true">
      <path class="cross" d="M14.5 0V28M0 14.5H28" />
      {digit && (
        <>
          <rect
            class="dashed"
            x={digit.offset.x}
            y={digit.offset.y}
            width={digit.scaled.width}
            height={digit.scaled.height}
          />
          <circle
            class="balance"
            cx={digit.offset.x + digit.center.x + 0.5}
            cy={digit.offset.y + digit.center.y + 0.5}
            r="1"
          />
        </>
      )}
    </svg>
  );
}

function sizeOf({ scaled }: FramedDigit): string {
  return `${scaled.width} × ${scaled.height}`;
}
