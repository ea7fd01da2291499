import { CheckedInput } from '../../components/checked-input.js';
import { changeQuery } from '../../state/location.js';
import { readSeed } from './choices.js';

/** The seed of the random numbers that the networks start from. It is in the address. */
export function SeedField({ seed }: { seed: number }) {
  return (
    <CheckedInput
      name="seed"
      label="seed"
      labelClass="why-field"
      inputMode="numeric"
      size={6}
      value={String(seed)}
      read={readSeed}
      expected="a whole number from 0"
      onValue={(value) => changeQuery({ seed: value, run: undefined })}
    />
  );
}
