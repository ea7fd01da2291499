import { ACTIVATIONS, OPTIMIZERS } from '@longhand/core/maths';

/** Labels that say more than the setting's name. */
const LABELS: Readonly<Record<string, string>> = {
  hidden: 'hidden layers',
  alpha: 'learning rate',
  pixels: 'pixel scaling',
  classWeight: 'class weights',
  dev: 'dev examples',
  devEvery: 'evaluation every',
  minutes: 'time limit',
  stepEvery: 'schedule step every',
  elastic: 'elastic distortion',
  variants: 'variants of digits',
  elasticSigma: 'elastic smoothness',
};

/** What the page calls a setting: `weightDecay` → `weight decay`. */
export function labelOf(name: string): string {
  return LABELS[name] ?? name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Labels that say more than the choice's name. Activations and optimizers have their own. */
const CHOICES: Readonly<Record<string, string>> = {
  he: 'He',
  glorot: 'Glorot',
  'one-cycle': 'one cycle',
  wasm: 'WebAssembly',
};

/** What the page calls a choice of a setting, or several separated by commas: `relu` → `ReLU`. */
export function choiceLabelOf(choices: string): string {
  const rows: Readonly<Record<string, { readonly label: string }>> = { ...ACTIVATIONS, ...OPTIMIZERS };
  return choices
    .split(',')
    .map((choice) => rows[choice]?.label ?? CHOICES[choice] ?? choice)
    .join(', ');
}
