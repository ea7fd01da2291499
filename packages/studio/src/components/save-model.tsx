import { describeNetwork } from '@longhand/core';
import { saveModel, saveModelAs } from '../state/file-actions.js';
import type { NamedModel } from '../state/models.js';

/** The formats of other programs, by their names. Their writers are loaded when one is chosen. */
const FORMATS = [
  ['onnx', 'ONNX'],
  ['npz', 'NumPy (npz)'],
  ['tfjs', 'TensorFlow.js'],
  ['keras-json', 'Keras-like JSON'],
  ['javascript', 'JavaScript'],
  ['c', 'C header'],
] as const;

/** A button that saves a model as our file, and a menu that saves it for another program. */
export function SaveModel({ model }: { readonly model: NamedModel | null | undefined }) {
  return (
    <>
      <button
        type="button"
        disabled={!model}
        title={
          model
            ? `Save as a file, for this page or the command longhand: ${describeNetwork(model.network)}`
            : undefined
        }
        onClick={() => model && void saveModel(model)}
      >
        Save model
      </button>
      <select
        aria-label="Save the model for another program"
        disabled={!model}
        value=""
        onChange={({ currentTarget }) => {
          const format = currentTarget.value;
          currentTarget.value = '';
          if (model) void saveModelAs(model, format);
        }}
      >
        <option value="">Save as …</option>
        {FORMATS.map(([name, label]) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </select>
    </>
  );
}
