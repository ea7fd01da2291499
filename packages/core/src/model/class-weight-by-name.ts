import { SettingError } from '../errors.js';
import type { ClassWeight } from '../settings/setting.js';

/** Class weights by the names of the classes. A class that is not named counts 1. */
export type ClassWeightByName = Readonly<Record<string, number>>;

/**
 * Class weights as the table of settings has them: numbers in the order of the classes.
 *
 * @throws SettingError for a name that is no class
 */
export function classWeightFor(
  classNames: readonly string[],
  given: ClassWeight | ClassWeightByName,
): ClassWeight {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given as ClassWeight;
  const byName = given as ClassWeightByName;
  for (const name of Object.keys(byName)) {
    if (classNames.includes(name)) continue;
    const some = classNames.slice(0, 12).join(', ');
    const expected = [`names of classes (${some}${classNames.length > 12 ? ', …' : ''})`];
    throw new SettingError({ setting: 'classWeight', value: name, expected });
  }
  return classNames.map((name) => (Object.hasOwn(byName, name) ? byName[name]! : 1));
}
