import { count } from '../../text.js';
import { choices, choose } from './choices.js';
import { selection, view } from './examine-state.js';
import { isFiltered, NO_FILTER, ORDERS, type Order, VERDICTS } from './filter.js';

const ORDER_TEXTS: Readonly<Record<Order, string>> = {
  set: 'as they come',
  surest: 'surest first',
  unsure: 'least sure first',
  loss: 'greatest loss first',
};

/** Which digits lie in the drawer, and in which order. */
export function Filters() {
  const now = choices.value;
  const names = view.value?.dataset.classNames ?? [];
  const read = view.value?.answers !== undefined;
  const left = selection.value.length;
  return (
    <form class="filters" aria-label="Which digits" onSubmit={(event) => event.preventDefault()}>
      <ClassChoice
        text="it is"
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
        <span aria-hidden="true">sure by</span>
        <Percent
          label="from"
          value={now.from}
          onChange={(from) => choose({ from: Math.min(from, now.to) })}
        />
        <span aria-hidden="true">to</span>
        <Percent label="to" value={now.to} onChange={(to) => choose({ to: Math.max(to, now.from) })} />
        <span>%</span>
      </fieldset>
      <label class="order">
        <span>in order</span>
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

interface PercentProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function Percent({ label, value, onChange }: PercentProps) {
  return (
    <input
      type="number"
      class="figures"
      aria-label={`${label}, percent`}
      min={0}
      max={100}
      step="any"
      value={value}
      onChange={({ currentTarget }) => {
        const given = currentTarget.value === '' ? Number.NaN : Number(currentTarget.value);
        if (given >= 0 && given <= 100) onChange(given);
        else currentTarget.value = String(value);
      }}
    />
  );
}
