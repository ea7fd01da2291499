import { formatSetting, SETTINGS } from '@longhand/core/settings';
import { hrefOf } from '../../state/location.js';
import { queryOf } from '../../state/settings-query.js';
import type { Collection, Trial } from './trial.js';

/** Settings that change no result. */
const WITHOUT_EFFECT = ['threads', 'engine'];

/** The settings of a trial that are not the defaults. */
function ownSettings({ given }: Trial): Trial['given'] {
  const own = SETTINGS.filter(({ name, ...setting }) => {
    const value = given[name];
    if (value === undefined || WITHOUT_EFFECT.includes(name)) return false;
    const isLength = name === 'iterations' || name === 'epochs';
    return isLength || formatSetting(setting, value) !== formatSetting(setting, setting.default);
  });
  return Object.fromEntries(own.map(({ name }) => [name, given[name]]));
}

/** The command that trains with the settings of a trial: its first run, to the same bits. */
export function commandOf(trial: Trial, { data }: Collection): string {
  const flags = Object.entries(queryOf(ownSettings(trial))).map(
    ([name, value]) => ` --${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${value}`,
  );
  return `longhand train${data ?? ' --data YOUR-DATA'}${flags.join('')}`;
}

/** The address of the page Train with the settings of a trial. */
export function trainHref(trial: Trial): string {
  return hrefOf('train', queryOf(ownSettings(trial)));
}
