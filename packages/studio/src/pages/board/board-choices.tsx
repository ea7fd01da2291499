import { rangeOf } from '@longhand/core/settings';
import { CheckedInput } from '../../components/checked-input.js';
import { frame } from '../../state/frame.js';
import { hrefOf } from '../../state/location.js';
import { type OwnName, ownModel, ownModels, ownNameOf } from '../../state/models.js';
import { count } from '../../text.js';
import { boardDigits, iteration, networkDrawn } from './board-state.js';
import {
  ALPHA,
  choices,
  choose,
  type DigitChoice,
  drawnNow,
  type NetworkChoice,
  readAlpha,
  type SizeChoice,
} from './choices.js';

const NETWORK_NAMES: Readonly<Record<Exclude<NetworkChoice, 'own' | OwnName>, string>> = {
  '0': 'untrained',
  '10': 'after 10 iterations',
  '100': 'after 100 iterations',
  '500': 'after 500 iterations',
  draw: '784-128-10',
};

/** MNIST's sizes, as long as only its first digits are here. */
const MNIST_SIZES = { test: 10_000, train: 60_000 } as const;

/** Which model, which digit, how many examples, and the learning rate. */
export function BoardChoices() {
  return (
    <div class="board-choices" data-control="choices">
      <ModelChooser />
      <DigitChooser />
      <SizeChooser />
      <AlphaInput />
    </div>
  );
}

function ModelChooser() {
  const own = ownModels.value;
  const newest = ownModel.value;
  const drawn = networkDrawn.value;
  return (
    <label>
      model{' '}
      <select
        value={drawn === 'own' && newest ? ownNameOf(newest) : drawn}
        onChange={(event) => choose({ net: event.currentTarget.value as NetworkChoice })}
      >
        {Object.entries(NETWORK_NAMES).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
        {own.map((model) => (
          <option key={model.sha256} value={ownNameOf(model)}>
            {model.name}
          </option>
        ))}
      </select>
    </label>
  );
}

function SizeChooser() {
  const data = boardDigits.value;
  return (
    <label data-term="m">
      <math aria-hidden="true">
        <mi>m</mi>
      </math>
      <span class="hidden">number of examples, m</span>{' '}
      <select
        class="how-many"
        value={choices.value.size}
        onChange={(event) => choose({ m: event.currentTarget.value as SizeChoice })}
      >
        <option value="1">1</option>
        <option value="4">4</option>
        <option value="16">16</option>
        <option value="all">
          all {data ? count(data.complete ? data.training.length : MNIST_SIZES.train) : ''}
        </option>
      </select>
    </label>
  );
}

function AlphaInput() {
  return (
    <CheckedInput
      name="learning rate α"
      label={
        <>
          <math aria-hidden="true" data-term="alpha">
            <mi>α</mi>
          </math>
          <span class="hidden">learning rate, alpha</span>
        </>
      }
      size={5}
      value={String(choices.value.alpha)}
      read={readAlpha}
      expected={rangeOf(ALPHA)}
      onValue={(alpha) => choose({ alpha })}
    />
  );
}

function DigitChooser() {
  const { digit } = choices.value;
  const data = boardDigits.value;
  if (!data) return null;
  const { set } = digit;
  const drawn = set === 'drawn' ? digit : drawnNow();
  const isAll = choices.value.size === 'all';
  return (
    <span class="digit-chooser">
      <label>
        <span class="hidden">digit from</span>
        <select
          value={set}
          onChange={(event) => {
            const chosen = event.currentTarget.value as typeof set;
            choose({ digit: chosen === 'drawn' && drawn ? drawn : { set: chosen as 'test', index: 0 } });
          }}
        >
          {!isAll && <option value="test">test digit</option>}
          <option value="train">{isAll ? 'shown: training digit' : 'training digit'}</option>
          {!isAll && drawn && <option value="drawn">your drawing</option>}
        </select>
      </label>
      {digit.set === 'drawn' ? (
        <LabelChooser digit={digit} />
      ) : (
        <IndexInput key={set} set={digit.set} index={digit.index} />
      )}
      {!frame.value && <BackLink digit={digit} />}
    </span>
  );
}

/** From a picture on the board to the page that it comes from: Draw or Examine. */
function BackLink({ digit }: { digit: DigitChoice }) {
  if (digit.set === 'drawn') return drawnNow() && <a href={hrefOf('draw')}>in Draw</a>;
  const { network } = choices.value;
  const set = digit.set === 'train' ? 'training' : undefined;
  const model = network === '0' || network === 'own' || network === 'draw' ? undefined : network;
  return <a href={hrefOf('examine', { set, model, digit: `${digit.set}:${digit.index}` })}>in Examine</a>;
}

/** Which class a drawing is meant to be. Until somebody says so, the answer read counts as right. */
function LabelChooser({ digit }: { digit: Extract<DigitChoice, { set: 'drawn' }> }) {
  const { classNames } = boardDigits.value!.test;
  const now = iteration.value?.examples;
  const read = now && digit.label === undefined ? classNames[now.dataset.label(now.indices[0]!)] : undefined;
  return (
    <label>
      meant as{' '}
      <select
        value={digit.label ?? ''}
        onChange={({ currentTarget: { value } }) =>
          choose({ digit: { ...digit, label: value === '' ? undefined : Number(value) } })
        }
      >
        <option value="">not said{read !== undefined && `: ${read}, as read`}</option>
        {classNames.map((name, label) => (
          <option key={name} value={label}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Which digit of its set. */
function IndexInput({ set, index }: { set: 'test' | 'train'; index: number }) {
  const data = boardDigits.value!;
  const length = data.complete ? data[set === 'test' ? 'test' : 'training'].length : MNIST_SIZES[set];
  return (
    <CheckedInput
      name={set === 'test' ? 'number of the test digit' : 'number of the training digit'}
      range={{ min: 0, max: length - 1 }}
      value={String(index)}
      read={(text) => {
        const typed = text === '' ? Number.NaN : Number(text);
        return Number.isInteger(typed) && typed >= 0 && typed < length ? typed : undefined;
      }}
      expected={`a whole number from 0 to ${count(length - 1)}`}
      onValue={(typed) => choose({ digit: { set, index: typed } })}
    />
  );
}
