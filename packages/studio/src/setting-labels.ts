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
  elasticSigma: 'elastic smoothness',
};

/** What the page calls a setting: `weightDecay` → `weight decay`. */
export function labelOf(name: string): string {
  return LABELS[name] ?? name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
