import type { Dataset, Network } from '@longhand/core';
import { formatNumber } from '@longhand/core/explain';
import { ColorScale } from '../../components/color-scale.js';
import { Digit } from '../../components/digit.js';
import { collapse } from '../../computations/experiment.js';
import type { CollapseFindings } from '../../computations/experiment-findings.js';
import { count } from '../../text.js';
import { largest } from '../../theme/colors.js';
import { Units } from './units.js';

interface ProductProps {
  /** Two layers without an activation between them. */
  readonly network: Network;
  readonly found: CollapseFindings | undefined;
  readonly test: Dataset | undefined;
}

/** Digits that distinguish any two 64-bit numbers. */
const ALL_DIGITS = 17;

/** The product of W² and W¹ as pictures, and its answers beside those of the two layers. */
export function Product({ network, found, test }: ProductProps) {
  const [below, above] = network.layers;
  const one = collapse(network).layers[0]!;
  return (
    <section class="product sheet" aria-labelledby="product-title">
      <h3 id="product-title">the right side’s two layers, multiplied</h3>
      <div class="product-pictures">
        <figure class="product-square">
          <Digit
            pixels={above!.W.data}
            width={10}
            height={10}
            hue="value"
            scale={largest(above!.W.data)}
            label="W², ten by ten"
          />
          <figcaption>
            W² <span class="shape">10 × 10</span>
            <ColorScale hue="value" scale={largest(above!.W.data)} />
          </figcaption>
        </figure>
        <span class="product-sign figures" aria-hidden="true">
          ·
        </span>
        <Units title="W¹" W={below!.W} each="unit" />
        <span class="product-sign figures" aria-hidden="true">
          =
        </span>
        <Units title="W²W¹" W={one.W} each="digit" />
      </div>
      <div class="product-answers">
        <p class="product-told">
          {found
            ? `Two layers and one layer give the same ${count(found.answers)} answers to the test digits, except for rounding: the largest difference is ${formatNumber(found.largestDifference, 2)}. Below is the digit where they differ most; decimals that differ are red.`
            : 'After the run, the page compares the two layers with the one layer W²W¹ on all test digits.'}
        </p>
        <figure class="example-digit">
          <Digit
            pixels={found && test ? test.pixels(found.index) : new Uint8Array(784)}
            {...(found ? { label: `test digit ${found.index}` } : {})}
          />
          <figcaption>{found ? `test digit ${found.index}` : ' '}</figcaption>
        </figure>
        <div class="product-table">
          <table class="figures">
            <caption class="hidden">The ten answers of the two layers and of the one layer</caption>
            <thead>
              <tr>
                <th scope="col">digit</th>
                <th scope="col">two layers</th>
                <th scope="col">one layer W²W¹</th>
              </tr>
            </thead>
            <tbody>
              {Array.from({ length: 10 }, (_, i) => {
                const [two, single] = [found?.two[i], found?.one[i]];
                return (
                  <tr key={i}>
                    <th scope="row">{i}</th>
                    <td>{two === undefined ? '–' : formatNumber(two, ALL_DIGITS)}</td>
                    <td>
                      {two === undefined || single === undefined ? (
                        '–'
                      ) : (
                        <Corrected
                          right={formatNumber(two, ALL_DIGITS)}
                          text={formatNumber(single, ALL_DIGITS)}
                        />
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </div>
    </section>
  );
}

/** A number whose digits are red where they differ from another number. */
function Corrected({ right, text }: { right: string; text: string }) {
  if (text === right) return <>{text}</>;
  const [digits, power] = splitPower(text);
  let same = 0;
  while (same < digits.length && digits[same] === right[same]) same++;
  return (
    <>
      {digits.slice(0, same)}
      <span class="red">{digits.slice(same)}</span>
      {power === splitPower(right)[1] ? power : <span class="red">{power}</span>}
    </>
  );
}

/** `1.5·10⁻⁷` → `1.5` and `·10⁻⁷`. */
function splitPower(text: string): [digits: string, power: string] {
  const at = text.indexOf('·');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
}
