import type { DataDescription } from '@longhand/formats/about';

/** The description as `--json` prints it: everything but the pictures. */
export function toDocument(description: DataDescription) {
  const { classes, neighbors, specimens: _, orientation, findings, ...rest } = description;
  return {
    ...rest,
    classes: classes.map(({ name, training, test }) => ({ name, training, test })),
    neighbors: neighbors && {
      sample: neighbors.sample,
      accuracy: neighbors.accuracy,
      pairs: neighbors.pairs.map(({ classes: [a, b], count, examples }) => ({
        classes: [classes[a]!.name, classes[b]!.name],
        count,
        closest: examples.map(({ index }) => index),
      })),
    },
    orientation,
    warnings: findings.flatMap(({ level, text }) => (level === 'warning' ? [text] : [])),
    notes: findings.flatMap(({ level, text }) => (level === 'note' ? [text] : [])),
  };
}
