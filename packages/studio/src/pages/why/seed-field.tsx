import { changeQuery } from '../../state/location.js';
import { showError } from '../../state/notifications.js';
import { readSeed } from './choices.js';

/** Which random numbers the networks begin with; it stands in the address. */
export function SeedField({ seed }: { seed: number }) {
  return (
    <label class="why-field">
      seed
      <input
        type="text"
        inputMode="numeric"
        size={6}
        value={seed}
        onChange={({ currentTarget }) => {
          const wanted = readSeed(currentTarget.value);
          if (wanted === undefined) {
            showError(`seed: “${currentTarget.value}” is not a whole number from 0 on`);
            currentTarget.value = String(seed);
          } else changeQuery({ seed: wanted, run: undefined });
        }}
      />
    </label>
  );
}
