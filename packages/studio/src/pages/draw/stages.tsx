import type { FramedDigit } from '@longhand/core/pictures';
import { Digit } from '../../components/digit.js';
import { framed, marks, steps } from './drawing-state.js';
import { PAD_SIDE } from './ink.js';
import { BoxOverlay, Cross, InkView, WHOLE_PAD } from './ink-view.js';
import { savePicture } from './save-picture.js';
import { PhotoView } from './several.js';
import { chosenMark, photo } from './several-state.js';
import { Stage } from './stage.js';

/** The way of the drawing to 784 numbers, picture by picture. Steps can be switched off. */
export function Stages() {
  const digit = framed.value;
  const { width, height } = photo.value?.picture ?? { width: PAD_SIDE, height: PAD_SIDE };
  return (
    <section class="stages" aria-labelledby="stages-title">
      <h2 id="stages-title">from your drawing to 784 numbers</h2>
      <ol>
        <Stage
          number={1}
          name={photo.value ? 'your photo' : 'your drawing'}
          detail={`${width} × ${height} pixels`}
        >
          {photo.value ? <PhotoView /> : <InkView marks={marks.value} part={WHOLE_PAD} />}
          {digit && steps.value.crop && !photo.value && (
            <BoxOverlay box={chosenMark.value?.box ?? digit.box} side={PAD_SIDE} />
          )}
        </Stage>
        <Contrast digit={digit} />
        <Ink digit={digit} />
        <Cropped digit={digit} />
        <Scaled digit={digit} />
        <Centered digit={digit} />
        <Even digit={digit} />
      </ol>
      <AsInMnist digit={digit} />
      <Footnotes />
    </section>
  );
}

interface StepProps {
  readonly digit: FramedDigit | undefined;
}

function Contrast({ digit }: StepProps) {
  const on = steps.value.background;
  return (
    <Stage
      number={2}
      name="contrast"
      step="background"
      detail={on ? 'with the paper around each pixel' : 'off: with the border’s color'}
    >
      {digit && <GridView grid={digit.contrast} />}
    </Stage>
  );
}

function Ink({ digit }: StepProps) {
  const on = steps.value.marks;
  return (
    <Stage
      number={3}
      name="ink"
      step="marks"
      detail={on ? 'only the marks of the digit' : 'off: lines, specks and all'}
    >
      {digit && <GridView grid={digit.ink} />}
    </Stage>
  );
}

/** Values from 0 to the largest, which is shown as ink. */
function GridView({ grid: { width, height, data } }: { grid: FramedDigit['ink'] }) {
  const most = data.reduce((max, value) => Math.max(max, value), 0) || 1;
  return <Digit pixels={data} width={width} height={height} scale={most} class="fill" />;
}

function Cropped({ digit }: StepProps) {
  const size = digit ? `: ${digit.box.width} × ${digit.box.height}` : '';
  return (
    <Stage
      number={4}
      name="cropped"
      step="crop"
      detail={steps.value.crop ? `to the ink${size}` : 'off: the whole pad'}
    >
      {digit && (photo.value || chosenMark.value) ? (
        <CroppedInk ink={digit.cropped} />
      ) : (
        <InkView marks={digit ? marks.value : []} part={digit?.box ?? WHOLE_PAD} />
      )}
    </Stage>
  );
}

/** Ink that was found in a photo or among several digits, enlarged until its longer side fills the picture. */
function CroppedInk({ ink }: { readonly ink: FramedDigit['cropped'] }) {
  const side = Math.max(ink.width, ink.height);
  return (
    <div
      class="scaled"
      style={{ width: `${(100 * ink.width) / side}%`, height: `${(100 * ink.height) / side}%` }}
    >
      <Digit pixels={ink.data} width={ink.width} height={ink.height} scale={1} class="fill" />
    </div>
  );
}

function Scaled({ digit }: StepProps) {
  const { fit } = steps.value;
  const cells = fit ? 20 : 28;
  const { width = 0, height = 0 } = digit?.scaled ?? {};
  const size = digit ? `: ${width} × ${height}` : ' pixels';
  return (
    <Stage number={5} name="scaled" step="fit" detail={fit ? `longer side 20${size}` : 'off: size as drawn'}>
      {digit && (
        <div
          class="scaled"
          style={{ width: `${(100 * width) / cells}%`, height: `${(100 * height) / cells}%` }}
        >
          <Digit pixels={digit.scaled.data} width={width} height={height} scale={1} class="fill" />
        </div>
      )}
    </Stage>
  );
}

function Centered({ digit }: StepProps) {
  return (
    <Stage
      number={6}
      name="centered"
      step="center"
      detail={
        steps.value.center
          ? 'network input: 784 numbers, middle of mass at (14, 14)'
          : 'off: box in the middle'
      }
    >
      {digit && (
        <Digit
          pixels={digit.pixels}
          class="fill"
          label="The drawing as the network sees it: 28 × 28 pixels"
        />
      )}
      <Cross digit={digit} />
    </Stage>
  );
}

/** The second frame: the answer is the mean of the answers for both. */
function Even({ digit }: StepProps) {
  const detail = !steps.value.even
    ? 'off: only the frame of step 6 is read'
    : digit && !digit.even
      ? 'none: the frame is read as it is'
      : 'read, too: the answer is the mean';
  return (
    <Stage number={7} name="usual strokes" step="even" detail={detail}>
      {digit?.even && (
        <Digit
          pixels={digit.even}
          class="fill"
          label="The drawing with strokes of the usual width: 28 × 28 pixels"
        />
      )}
    </Stage>
  );
}

/** Why these steps, and two buttons that save the result. */
function AsInMnist({ digit }: StepProps) {
  const save = (times: number) => digit && savePicture(digit.pixels, times);
  return (
    <div class="made">
      <h3>as in MNIST</h3>
      <p>
        The 70,000 MNIST digits were cropped, scaled and centered like this, and the network learned from
        them. Switch a step off and watch the answer change.
      </p>
      <p class="save">
        <span class="hidden">Save the network input:</span>
        <button type="button" disabled={!digit} onClick={() => save(1)}>
          Save PNG, 28 × 28
        </button>
        <button type="button" disabled={!digit} onClick={() => save(10)}>
          280 × 280
        </button>
      </p>
    </div>
  );
}

/** The footnotes of the page, * and †. */
function Footnotes() {
  return (
    <div class="footnotes">
      <p>
        <span class="pen red">*</span> How different the drawing is from 2,000 real digits. The page measures
        two distances, of its pixels to the nearest digit and of its shape to the nearest five, and shows the
        larger one. Of 100 other real digits, 97 lie in the shaded part. Of 375 scribbles that we tried, 94 in
        100 lie beyond it. The distance does not decide about doubt. A model doubts its answers by what it
        learned at the end of training: to tell digits from letters, scribbles, blots and pairs.
      </p>
      <p>
        <span class="pen red">†</span> The sum over all pixels, each times the slope of <i>z</i> at that
        pixel. With ReLU this is exact: the pixels and the biases add up to <i>z</i>. With curved activation
        functions, such as sigmoid, it is an approximation, and “the rest” is more than the biases.
      </p>
    </div>
  );
}
