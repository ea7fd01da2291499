import { describeNetwork } from '@longhand/core';
import shippedRecords from '../../../models/models.json';
import { percent } from '../../parts/text.js';
import { changeQuery } from '../../state/location.js';
import { SHIPPED, type ShippedName, testAccuracy } from '../../state/models.js';
import { DEFAULT_MODEL, isShipped, ownReaders, reader, readWith, readWithShipped } from './reading.js';

/** The shipped ones, the page's own first. */
const ORDER: readonly ShippedName[] = ['draw', '500', '100', '10'];
/** Their accuracy on the whole test set, as their script recorded it. */
const TEST: Readonly<Record<ShippedName, number>> = {
  draw: shippedRecords.draw.test,
  '500': shippedRecords['board-500'].test,
  '100': shippedRecords['board-100'].test,
  '10': shippedRecords['board-10'].test,
};

/** Which network reads. */
export function ModelChoice() {
  const model = reader.value;
  const shipped = ORDER.find((name) => SHIPPED[name].name === model?.name);
  const own = ownReaders.value;

  function choose(value: string): void {
    if (isShipped(value)) {
      changeQuery({ model: value === DEFAULT_MODEL ? undefined : value });
      void readWithShipped(value);
    } else {
      const chosen = own.find(({ sha256 }) => sha256 === value);
      changeQuery({ model: undefined });
      if (chosen) readWith(chosen);
    }
  }

  const accuracy = model && (shipped ? TEST[shipped] : testAccuracy(model.record));
  return (
    <p class="model-choice">
      <label for="reader">read by</label>
      <select
        id="reader"
        value={shipped ?? model?.sha256 ?? DEFAULT_MODEL}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      >
        <optgroup label="Came with the page">
          {ORDER.map((name) => (
            <option key={name} value={name}>
              {SHIPPED[name].name}
            </option>
          ))}
        </optgroup>
        {own.length > 0 && (
          <optgroup label="Yours">
            {own.map(({ name, sha256 }) => (
              <option key={sha256} value={sha256}>
                {name}
              </option>
            ))}
          </optgroup>
        )}
      </select>
      <span class="faint">
        {model && describeNetwork(model.network).replace(/ \(.*/, '')}
        {accuracy !== undefined && ` · ${percent(accuracy)} on test`}
      </span>
    </p>
  );
}
