/** What stands above a control, where it is not the setting's own name. */
const LABELS: Readonly<Record<string, string>> = {
  hidden: 'hidden layers',
  alpha: 'learning rate',
  batchSize: 'batch size',
  dev: 'held out (dev)',
  devEvery: 'evaluate dev every',
  stepEvery: 'step every',
  stepFactor: 'step factor',
  warmup: 'warm-up',
  clipNorm: 'clip norm',
  weightDecay: 'weight decay',
  labelSmoothing: 'label smoothing',
  weightAveraging: 'weight averaging',
  inputDropout: 'pixel dropout',
  elasticSigma: 'elastic smoothness',
};

/** The label of a setting's control. */
export function labelOf(name: string): string {
  return LABELS[name] ?? name;
}
