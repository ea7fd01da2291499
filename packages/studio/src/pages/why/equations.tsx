import { formatNumber } from '@longhand/core/explain';
import { Quantity } from '../../components/maths.js';

/** The equation of the KDnuggets unit. */
export function unitEquation(hasBias: boolean) {
  return (
    <>
      <mi data-term="A">a</mi>
      <mo>=</mo>
      <mi data-term="sigmoid">σ</mi>
      <mrow>
        <mo>(</mo>
        {['1', '2', '3'].map((i) => (
          <mrow key={i}>
            {i !== '1' && (
              <mo lspace="0.22em" rspace="0.22em">
                +
              </mo>
            )}
            <msub>
              <mi data-term="W">w</mi>
              <mn>{i}</mn>
            </msub>
            <msub>
              <mi data-term="X">x</mi>
              <mn>{i}</mn>
            </msub>
          </mrow>
        ))}
        <mrow class={hasBias ? '' : 'struck'}>
          <mo lspace="0.22em" rspace="0.22em">
            +
          </mo>
          <mi data-term="b">b</mi>
        </mrow>
        <mo>)</mo>
      </mrow>
    </>
  );
}

/** The same, for a screen reader. */
export function unitSpoken(hasBias: boolean): string {
  return `a equals sigma of w1 x1 plus w2 x2 plus w3 x3${hasBias ? ' plus b' : ', the b crossed out'}`;
}

export function weightedSum(isWithout: boolean) {
  return (
    <>
      <mi data-term="Z">Z</mi>
      <mo>=</mo>
      <mi data-term="W">W</mi>
      <mi data-term="A">A</mi>
      <mrow class={isWithout ? 'struck' : ''}>
        <mo lspace="0.22em" rspace="0.22em">
          +
        </mo>
        <mi data-term="b">b</mi>
      </mrow>
    </>
  );
}

export function activation(g: string, layer: number, isWithout: boolean) {
  return (
    <>
      <Quantity name="A" layer={layer} />
      <mo>=</mo>
      <mrow class={isWithout ? 'struck' : ''}>
        <mi mathvariant="normal" data-term={g === 'softmax' ? 'softmax' : 'relu'}>
          {g}
        </mi>
      </mrow>
      <mrow>
        <mo>(</mo>
        <Quantity name="Z" layer={layer} />
        <mo>)</mo>
      </mrow>
    </>
  );
}

export function startRange() {
  return (
    <>
      <mi data-term="W">W</mi>
      <mo>,</mo>
      <mi data-term="b">b</mi>
      <mo>∈</mo>
      <mrow>
        <mo>[</mo>
        <mn>−0.5</mn>
        <mo>,</mo>
        <mn>0.5</mn>
        <mo>)</mo>
      </mrow>
    </>
  );
}

export function startValue(start: number) {
  return (
    <>
      <mi data-term="W">W</mi>
      <mo>,</mo>
      <mi data-term="b">b</mi>
      <mo>=</mo>
      <mn class="red">{start}</mn>
    </>
  );
}

export function step(alpha: number, isRed: boolean) {
  return (
    <>
      <mi data-term="W">W</mi>
      <mo data-term="update">≔</mo>
      <mi data-term="W">W</mi>
      <mo>−</mo>
      <mn class={isRed ? 'red' : ''} data-term="alpha">
        {formatNumber(alpha)}
      </mn>
      <mo>·</mo>
      <Quantity name="dW" />
    </>
  );
}

export function pixels(isRaw: boolean) {
  return (
    <>
      <mi data-term="X">X</mi>
      <mo>=</mo>
      <mtext>pixels</mtext>
      <mrow class={isRaw ? 'struck' : ''}>
        <mo lspace="0.22em" rspace="0.22em">
          /
        </mo>
        <mn>255</mn>
      </mrow>
    </>
  );
}

export function biasGradient(isOverAll: boolean) {
  return (
    <>
      <msub>
        <Quantity name="db" />
        <mi>i</mi>
      </msub>
      <mo>=</mo>
      <mfrac>
        <mn>1</mn>
        <mi data-term="m">m</mi>
      </mfrac>
      {isOverAll && (
        <munder class="red">
          <mo>∑</mo>
          <mi>k</mi>
        </munder>
      )}
      <munder data-term="sum">
        <mo>∑</mo>
        <mi>j</mi>
      </munder>
      <msub>
        <Quantity name="dZ" />
        <mrow>
          <mi class={isOverAll ? 'red' : ''}>{isOverAll ? 'k' : 'i'}</mi>
          <mi>j</mi>
        </mrow>
      </msub>
    </>
  );
}
