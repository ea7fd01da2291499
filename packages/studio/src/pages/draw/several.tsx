import { useLayoutEffect, useRef } from 'preact/hooks';
import { Digit } from '../../components/digit.js';
import { probability } from '../../text.js';
import { linesOf } from './find-several.js';
import { PAD_SIDE } from './ink.js';
import { classNames } from './prediction-state.js';
import { chosen, chosenMark, found, photo, several } from './several-state.js';
import './several.css';

/** The photo that is read, in place of the drawing. */
export function PhotoView() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const shown = photo.value;
  useLayoutEffect(() => {
    if (!shown) return;
    canvas
      .current!.getContext('2d')!
      .drawImage(shown.bitmap, 0, 0, shown.picture.width, shown.picture.height);
  }, [shown]);
  if (!shown) return null;
  const { width, height } = shown.picture;
  return (
    <canvas
      ref={canvas}
      class="photo"
      width={width}
      height={height}
      role="img"
      aria-label={`The photo ${shown.name}`}
    />
  );
}

/** A box around each of several digits. */
export function Boxes() {
  const digits = several.value;
  if (!digits) return null;
  const { width, height } = photo.value?.picture ?? { width: PAD_SIDE, height: PAD_SIDE };
  return (
    <svg class="overlay boxes" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {digits.map((mark) => (
        <rect
          key={`${mark.box.x} ${mark.box.y}`}
          class={mark === chosenMark.value ? 'box chosen' : 'box'}
          {...mark.box}
        />
      ))}
    </svg>
  );
}

/** What several digits are read as together, and the way of each to 784 numbers. */
export function Several() {
  const digits = several.value;
  if (!digits) return null;
  const names = classNames.value;
  const lines = linesOf(found.value!, names);
  return (
    <section class="several" aria-labelledby="several-title">
      <h2 id="several-title">{digits.length} digits, each on its own way to 784 numbers</h2>
      <p class="whole">
        <span>Together it reads</span>{' '}
        <b class="pen red">
          {lines.map((line, k) => (
            <span key={k} class="line">
              {line}
            </span>
          ))}
        </b>
      </p>
      <ol>
        {digits.map(({ framed, digit, probabilities, box }, k) => {
          const { cropped, scaled } = framed;
          return (
            <li key={`${box.x} ${box.y}`} class={digits[k] === chosenMark.value ? 'chosen' : ''}>
              <button
                type="button"
                aria-pressed={digits[k] === chosenMark.value}
                aria-label={`Digit ${k + 1}: ${names[digit]}, ${probability(probabilities[digit]!)}. Show its answer and its steps`}
                onClick={() => {
                  chosen.value = k;
                }}
              >
                <span class="way">
                  <span class="step">
                    <Digit pixels={cropped.data} width={cropped.width} height={cropped.height} scale={1} />
                  </span>
                  <span class="step">
                    <Digit pixels={scaled.data} width={scaled.width} height={scaled.height} scale={1} />
                  </span>
                  <span class="step">
                    <Digit pixels={framed.pixels} />
                  </span>
                </span>
                <span class="read">
                  <b class="pen red">{names[digit]}</b> {probability(probabilities[digit]!)}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
      <p class="faint">
        Cropped, scaled, and as the network sees it. Press one to see its answer and its steps in full.
      </p>
    </section>
  );
}
