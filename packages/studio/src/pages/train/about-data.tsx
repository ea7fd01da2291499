import { useSignal } from '@preact/signals';
import { lazy } from '../../components/lazy.js';
import { type Digits, digits, ownDigits } from '../../state/digits.js';
import { amount, count } from '../../text.js';

const DataPanel = lazy(
  'The description of the data',
  async () => (await import('./data-panel.js')).DataPanel,
);

/** What the data are: open for somebody's own data, folded for MNIST. */
export function AboutData() {
  // Other data start unfolded or folded again.
  const chosen = useSignal<{ readonly of: Digits; readonly isOpen: boolean } | undefined>(undefined);
  const now = digits.value;
  if (!now?.complete) return null;
  const isOpen = chosen.value?.of === now ? chosen.value.isOpen : ownDigits.value !== undefined;
  return (
    <section class="about-data" aria-label="About the data">
      <p class="about-line">
        <b>{now.name}</b>
        <span class="faint figures">
          {count(now.training.length)} training, {amount(now.test.length, 'test example')}
        </span>
        <button
          type="button"
          class="quiet"
          aria-expanded={isOpen}
          onClick={() => {
            chosen.value = { of: now, isOpen: !isOpen };
          }}
        >
          {isOpen ? 'Hide' : 'What are these data?'}
        </button>
      </p>
      {isOpen && <DataPanel />}
    </section>
  );
}
