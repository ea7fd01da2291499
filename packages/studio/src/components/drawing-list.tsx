import { drawings, removeDrawing, renameDrawing } from '../state/kept-drawings.js';
import { NameInput } from './name-input.js';
import './drawing-list.css';

interface DrawingListProps {
  /** The address that shows a drawing, from its ink. */
  readonly addressOf: (ink: string) => string;
  /** What stands beside a drawing, by its id. */
  readonly noteOf?: (id: string) => string;
  readonly onShow?: () => void;
}

/** The drawings that the user has kept: to show, rename and delete. */
export function DrawingList({ addressOf, noteOf, onShow }: DrawingListProps) {
  return (
    <ul class="drawing-list" aria-label="Your drawings">
      {drawings.value.map((one) => (
        <li key={one.id}>
          <NameInput
            class="drawing-name"
            value={one.name}
            label={`Name of the drawing ${one.name}`}
            onValue={(name) => renameDrawing(one, name)}
          />
          {noteOf && <span class="faint figures">{noteOf(one.id)}</span>}
          <a
            class="button"
            href={addressOf(one.ink)}
            onClick={() => onShow?.()}
            aria-label={`Show the drawing ${one.name}`}
          >
            Show
          </a>
          <button
            type="button"
            class="quiet"
            aria-label={`Delete the drawing ${one.name}`}
            onClick={() => removeDrawing(one)}
          >
            ✕
          </button>
        </li>
      ))}
    </ul>
  );
}
