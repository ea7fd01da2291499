import { describeNetwork } from '@longhand/core';
import shippedRecords from '../../../models/models.json';
import { type ModelChoice as Choice, ModelMenu } from '../../components/model-menu.js';
import { type NamedModel, ownModels, type ShippedName, testAccuracy } from '../../state/models.js';
import { showError } from '../../state/notifications.js';
import { percent } from '../../text.js';
import { reader, readerChoice, readWith, readWithShipped, tellReader } from './prediction-state.js';

/** Test accuracy of the included models, as recorded by the script that trained them. */
const TEST: Readonly<Record<ShippedName, number>> = {
  draw: shippedRecords.draw.test,
  '500': shippedRecords['board-500'].test,
  '100': shippedRecords['board-100'].test,
  '10': shippedRecords['board-10'].test,
};

/** The choice of the model. */
export function ModelChoice() {
  const model = reader.value;
  const choice = readerChoice.value;
  const accuracy = 'shipped' in choice ? TEST[choice.shipped] : model && testAccuracy(model.record);
  return (
    <div class="model-choice" data-control="model">
      <ModelMenu label="model" choice={choice} model={model} choose={choose} />
      <span class="faint">
        {model && describeNetwork(model.network).replace(/ \(.*/, '')}
        {model && accuracy !== undefined && ` · test accuracy ${percent(accuracy)}`}
      </span>
    </div>
  );
}

function choose(choice: Choice): void {
  if ('shipped' in choice) {
    void readWithShipped(choice.shipped);
    tellReader();
    return;
  }
  const model = ownModels.peek().find(({ sha256 }) => sha256 === choice.own);
  if (model) readWithOwn(model);
}

/** Lets one of the user's own models read, if it reads pictures of a drawing's size. */
export function readWithOwn(model: NamedModel): void {
  const { width, height } = model.record;
  if (width !== 28 || height !== 28) {
    showError(
      `${model.name} expects pictures of ${width} × ${height} pixels, but a drawing has 28 × 28. Choose another model.`,
    );
    return;
  }
  readWith(model);
  tellReader();
}
