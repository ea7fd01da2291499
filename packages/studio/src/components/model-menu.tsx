import { type NamedModel, ownModels, SHIPPED, type ShippedName } from '../state/models.js';
import { SaveModel } from './save-model.js';
import './model-menu.css';

/** An included model, by its name in addresses, or one of the user's own, by its hash. */
export type ModelChoice = { readonly shipped: ShippedName } | { readonly own: string };

interface ModelMenuProps {
  /** What the menu is called, in the page's words: `read by`. */
  readonly label: string;
  readonly choice: ModelChoice;
  /** The chosen model, once it is loaded. `null` if no model fits the data. */
  readonly model: NamedModel | null | undefined;
  readonly choose: (choice: ModelChoice) => void;
}

const ORDER: readonly ShippedName[] = ['draw', '500', '100', '10'];

/** A menu of the included models and the user's own, and a button that saves the chosen one. */
export function ModelMenu({ label, choice, model, choose }: ModelMenuProps) {
  const own = ownModels.value;
  const chosen = 'own' in choice ? `own ${choice.own}` : choice.shipped;
  return (
    <div class="model-menu">
      <label>
        <span>{label}</span>
        <select
          value={model === null ? '' : chosen}
          onChange={({ currentTarget: { value } }) =>
            choose(value.startsWith('own ') ? { own: value.slice(4) } : { shipped: value as ShippedName })
          }
        >
          {model === null && <option value="">no model fits these data</option>}
          <optgroup label="Included">
            {ORDER.map((name) => (
              <option key={name} value={name}>
                {SHIPPED[name].name}
              </option>
            ))}
          </optgroup>
          {own.length > 0 && (
            <optgroup label="Your models">
              {own.map(({ name, sha256 }) => (
                <option key={sha256} value={`own ${sha256}`}>
                  {name}
                </option>
              ))}
            </optgroup>
          )}
        </select>
      </label>
      <SaveModel model={model} />
    </div>
  );
}
