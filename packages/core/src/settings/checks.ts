import { SettingError, type SettingPhrase } from '../errors.js';
import { isElementwise, OPTIMIZERS, optimizersUsing } from '../maths/optimizers.js';
import { formatSetting } from './kinds.js';
import type { SettingName, Settings } from './setting.js';
import { settingNamed } from './table.js';

/** A line search must see the same loss for the same parameters, and finds the length of a step itself. */
const NOT_WITH_LINE_SEARCH: readonly SettingName[] = [
  ...(['alpha', 'schedule', 'warmup', 'clipNorm', 'weightAveraging', 'dropout', 'inputDropout'] as const),
  ...(['shift', 'rotate', 'scale', 'shear', 'elastic'] as const),
];

/** Settings whose default means something. The defaults of the others switch something off. */
const DEFAULT_HAS_EFFECT: ReadonlySet<SettingName> = new Set<SettingName>([
  ...(['alpha', 'momentum', 'elasticSigma', 'stepEvery', 'stepFactor', 'monitor'] as const),
]);

/** A rule that one setting's value makes for the others. */
interface Rule {
  readonly setting: SettingName;
  /** Whether the setting has an effect with these others. */
  readonly applies: boolean;
  /** What it needs to have one. */
  readonly needs: SettingPhrase;
}

/**
 * A default never offends: it changes nothing. But whoever types one expects an effect.
 *
 * @param given what of the settings was given, and not filled in
 * @param typed whether a person typed it just now, so that a default without effect is refused, too
 * @throws SettingError for settings that exclude each other, or need others
 */
export function checkTogether(settings: Settings, given: Partial<Settings>, typed = false): void {
  const { iterations, epochs, optimizer, batchSize, hidden, activation } = settings;
  if (iterations !== undefined && epochs !== undefined) {
    const expected = [{ setting: 'iterations', value: iterations }, '. Pass only one of them'];
    throw new SettingError({ setting: 'epochs', value: epochs, verb: 'excludes', expected });
  }
  if (!isElementwise(optimizer) && batchSize !== 'full') {
    const expected = [
      'another ',
      { setting: 'optimizer' },
      ` than ${optimizer}, which uses all examples at once`,
    ];
    throw new SettingError({ setting: 'batchSize', value: batchSize, verb: 'needs', expected });
  }
  for (const { setting, applies, needs } of rulesOf(settings)) {
    const row = settingNamed(setting);
    const value = given[setting];
    const counts = value !== row.default || (typed && DEFAULT_HAS_EFFECT.has(setting));
    if (applies || value === undefined || !counts) continue;
    throw new SettingError({ setting, value: formatSetting(row, value), verb: 'needs', expected: needs });
  }
  if (typeof activation !== 'string' && activation.length !== hidden.length) {
    const value = activation.join(',');
    const expected = [`one activation, or one for each of the ${hidden.length} hidden layers`];
    throw new SettingError({ setting: 'activation', value, expected });
  }
}

function rulesOf(settings: Settings): readonly Rule[] {
  const { optimizer, schedule, hidden, minutes, iterations, epochs } = settings;
  const hasLength = iterations !== undefined || epochs !== undefined;
  const length = [
    'a length besides ',
    { setting: 'minutes' },
    ': ',
    { setting: 'epochs' },
    ' or ',
    { setting: 'iterations' },
  ];
  const stepSchedule = [{ setting: 'schedule' }, ` step, not ${schedule}`];
  return [
    ...NOT_WITH_LINE_SEARCH.map((setting) => ({
      setting,
      applies: isElementwise(optimizer),
      needs: ['another ', { setting: 'optimizer' }, ` than ${optimizer}`],
    })),
    {
      setting: 'momentum',
      applies: OPTIMIZERS[optimizer].uses.includes('momentum'),
      needs: [{ setting: 'optimizer' }, ` ${optimizersUsing('momentum')}, not ${optimizer}`],
    },
    { setting: 'elasticSigma', applies: settings.elastic > 0, needs: [{ setting: 'elastic' }] },
    { setting: 'stepEvery', applies: schedule === 'step', needs: stepSchedule },
    { setting: 'stepFactor', applies: schedule === 'step', needs: stepSchedule },
    {
      setting: 'warmup',
      applies: epochs === undefined || settings.warmup < epochs,
      needs: ['more ', { setting: 'epochs' }, ` than ${epochs}`],
    },
    { setting: 'monitor', applies: settings.patience !== 'none', needs: [{ setting: 'patience' }] },
    { setting: 'patience', applies: settings.dev > 0, needs: PATIENCE_NEEDS },
    { setting: 'dropout', applies: hidden.length > 0, needs: ['a hidden layer: ', { setting: 'hidden' }] },
    {
      setting: 'schedule',
      applies: minutes === 'none' || hasLength || schedule === 'step',
      needs: length,
    },
    { setting: 'weightAveraging', applies: minutes === 'none' || hasLength, needs: length },
  ];
}

/** What early stopping cannot do without. */
export const PATIENCE_NEEDS: SettingPhrase = ['dev examples: ', { setting: 'dev' }, ' greater than 0'];
