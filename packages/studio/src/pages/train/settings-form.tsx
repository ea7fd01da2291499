import {
  explanationOf,
  formatSetting,
  PRESETS,
  rangeOf,
  SETTINGS,
  type Setting,
  type SettingName,
  type SettingValue,
  settingNamed,
} from '@longhand/core/settings';
import { choiceLabelOf, labelOf } from '../../setting-labels.js';
import { changeQuery } from '../../state/location.js';
import { changeFor, changeForPreset, type Draft, presetOf } from './draft.js';

const FIXED = 'locked until the run ends';
/** Folded, unless one of their settings was changed. */
const GROUPS: Readonly<Record<string, readonly SettingName[]>> = {
  'optimizer and schedule': [
    'optimizer',
    'momentum',
    'clipNorm',
    'schedule',
    'warmup',
    'stepEvery',
    'stepFactor',
  ],
  'regularization, against overfitting': [
    'inputDropout',
    'dropout',
    'weightDecay',
    'labelSmoothing',
    'weightAveraging',
  ],
  'augmentation, varied pictures': [
    'variants',
    'shift',
    'rotate',
    'scale',
    'shear',
    'elastic',
    'elasticSigma',
  ],
  'time limit and early stopping': ['minutes', 'patience', 'monitor'],
  more: ['classWeight', 'dev', 'devEvery', 'pixels', 'engine', 'threads'],
};
const GROUPED = Object.values(GROUPS).flat();

/** The settings of the next run, from the table of settings, one in each line. */
export function SettingsForm({ draft, disabled }: { draft: Draft; disabled: boolean }) {
  const preset = presetOf(draft.given);
  return (
    <fieldset class="settings" disabled={disabled} {...(disabled ? { title: FIXED } : {})}>
      <legend class="pen">settings {disabled && <span class="fixed">{FIXED}</span>}</legend>
      <div class="setting">
        <label for="preset">preset</label>
        <select
          id="preset"
          value={preset ?? ''}
          onChange={(event) => changeQuery(changeForPreset(event.currentTarget.value))}
        >
          {!preset && (
            <option value="" disabled>
              custom
            </option>
          )}
          {PRESETS.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
        <p class="faint">
          {PRESETS.find(({ name }) => name === preset)?.explanation ?? 'A named set of the settings below.'}
        </p>
      </div>
      {SETTINGS.filter(({ name }) => !GROUPED.includes(name)).map((setting) => (
        <Control key={setting.name} setting={setting} draft={draft} />
      ))}
      {Object.entries(GROUPS).map(([title, names]) => (
        <details key={title} open={names.some((name) => name in draft.given || name in draft.problems)}>
          <summary>{title}</summary>
          {names.map((name) => (
            <Control key={name} setting={settingNamed(name)} draft={draft} />
          ))}
        </details>
      ))}
    </fieldset>
  );
}

function Control({ setting, draft }: { setting: Setting; draft: Draft }) {
  const { name, symbol, kind } = setting;
  const problem = draft.problems[name];
  const text = draft.texts[name] ?? formatSetting(setting, defaultOf(setting, draft));
  const id = `setting-${name}`;
  const about = `${id}-about`;
  const shared = { id, title: rangeOf(setting), 'aria-describedby': about };
  const change = (typed: string) => changeQuery(changeFor(name, typed));
  return (
    <div class={`setting ${problem ? 'wrong' : ''}`}>
      <label for={id}>
        {symbol && (
          <math aria-hidden="true">
            <mi>{symbol}</mi>
          </math>
        )}{' '}
        {labelOf(name)}
      </label>
      {kind.type === 'choice' ? (
        <select {...shared} value={text} onChange={(event) => change(event.currentTarget.value)}>
          {[...kind.choices, ...(text.includes(',') ? [text] : [])].map((choice) => (
            <option key={choice} value={choice}>
              {choiceLabelOf(choice)}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...shared}
          key={text}
          class="figures"
          defaultValue={text}
          placeholder={isOther(name, draft) ? '–' : ''}
          aria-invalid={Boolean(problem)}
          inputMode={kind.type === 'sizes' || kind.type === 'weights' || 'word' in kind ? 'text' : 'decimal'}
          onChange={({ currentTarget }) => {
            const typed = currentTarget.value;
            // An emptied field shows its default again.
            if (typed.trim() === '') currentTarget.value = formatSetting(setting, defaultOf(setting, draft));
            change(typed);
          }}
        />
      )}
      <p id={about} class={problem ? 'red' : 'faint'} {...(problem ? { role: 'alert' } : {})}>
        {problem ?? explanationOf(name)}
      </p>
    </div>
  );
}

/** Of iterations and epochs, the one that is not in use is empty. */
function defaultOf(setting: Setting, draft: Draft): SettingValue {
  return isOther(setting.name, draft) ? '' : setting.default;
}

function isOther(name: SettingName, { given }: Draft): boolean {
  const inEpochs =
    given.epochs !== undefined || (given.iterations === undefined && (given.batchSize ?? 'full') !== 'full');
  return (name === 'iterations' && inEpochs) || (name === 'epochs' && !inEpochs);
}
