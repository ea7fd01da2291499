import { CheckedInput } from '../../components/checked-input.js';
import { count } from '../../text.js';
import { choices, choose } from './choices.js';
import { selection, view } from './examine-state.js';
import { isFiltered, NO_FILTER, ORDERS, type Order, VERDICTS } from './filter.js';

const ORDER_TEXTS: Readonly<Record<Order, string>> = {
  set: 'as in the data set',
  surest: 'most confident first',
  unsure: 'least confident first',
  loss: 'largest loss first',
};

const PERCENT = {
  range: { min: 0, max: 100 },
  expected: 'a number from 0 to 100',
  read(text: string): number | undefined {
    const value = text === '' ? Number.NaN : Number(text);
    return value >= 0 && value <= 100 ? value : undefined;
  },
};

/** Which digits are in the gallery, and in which order. */
export function Filters() {
  const now = choices.value;
  const names = view.value?.dataset.classNames ?? [];
  const read = view.value?.answers !== undefined;
  const left = selection.value.length;
  return (
    <form
      class="filters"
      data-control="filters"
      aria-label="Which digits"
      onSubmit={(event) => event.preventDefault()}
    >
      <ClassChoice
        text="label"
        value={now.label}
        names={names}
        disabled={false}
        onChange={(label) => choose({ label })}
      />
      <ClassChoice
        text="read as"
        value={now.answer}
        names={names}
        disabled={!read}
        onChange={(answer) => choose({ answer })}
      />
      <fieldset class="verdicts" disabled={!read}>
        <legend class="hidden">Right or wrong</legend>
        {([undefined, ...VERDICTS] as const).map((verdict) => (
          <label key={verdict ?? 'all'}>
            <input
              type="radio"
              name="verdict"
              class="hidden"
              checked={now.verdict === verdict}
              onChange={() => choose({ verdict })}
            />
            <span class={verdict ?? 'all'}>{verdict ?? 'all'}</span>
          </label>
        ))}
      </fieldset>
      <fieldset class="confidence" disabled={!read}>
        <legend class="hidden">Confidence of the answer, in percent</legend>
        <span aria-hidden="true">confidence</span>
        <CheckedInput
          name="confidence from, percent"
          value={String(now.from)}
          {...PERCENT}
          onValue={(from) => choose({ from: Math.min(from, now.to) })}
        />
        <span aria-hidden="true">to</span>
        <CheckedInput
          name="confidence to, percent"
          value={String(now.to)}
          {...PERCENT}
          onValue={(to) => choose({ to: Math.max(to, now.from) })}
        />
        <span>%</span>
      </fieldset>
      <label class="order">
        <span>sort</span>
        <select
          value={now.order}
          disabled={!read}
          onChange={({ currentTarget }) => choose({ order: ORDERS.find((o) => o === currentTarget.value)! })}
        >
          {ORDERS.map((order) => (
            <option key={order} value={order}>
              {ORDER_TEXTS[order]}
            </option>
          ))}
        </select>
      </label>
      <p class="left">
        <span>
          <b class="figures">{count(left)}</b> {left === 1 ? 'digit' : 'digits'}
        </span>
        <button type="button" class="quiet" disabled={!isFiltered(now)} onClick={() => choose(NO_FILTER)}>
          Show all
        </button>
      </p>
    </form>
  );
}

interface ClassChoiceProps {
  readonly text: string;
  readonly value: number | undefined;
  readonly names: readonly string[];
  readonly disabled: boolean;
  readonly onChange: (value: number | undefined) => void;
}

function ClassChoice({ text, value, names, disabled, onChange }: ClassChoiceProps) {
  return (
    <label>
      <span>{text}</span>
      <select
        class="figures"
        value={value ?? ''}
        disabled={disabled}
        onChange={({ currentTarget }) =>
          onChange(currentTarget.value === '' ? undefined : Number(currentTarget.value))
        }
      >
        <option value="">any</option>
        {names.map((name, k) => (
          <option key={name} value={k}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
