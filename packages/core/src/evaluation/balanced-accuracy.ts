/**
 * The balanced accuracy, 0–1: the mean recall of the classes that occur. Each class counts the same,
 * however many examples it has, so always giving the most frequent answer earns no more than 1/k.
 * (scikit-learn: `balanced_accuracy_score`; Brodersen et al. 2010, https://doi.org/10.1109/ICPR.2010.764.)
 *
 * @param confusion `confusion[label][answer]`, the number of examples; NaN if it has none
 */
export function balancedAccuracy(confusion: readonly (readonly number[])[]): number {
  let [recalls, occurring] = [0, 0];
  for (const [label, row] of confusion.entries()) {
    const examples = row.reduce((sum, n) => sum + n, 0);
    if (examples === 0) continue;
    recalls += row[label]! / examples;
    occurring++;
  }
  return recalls / occurring;
}
