import { padTo, widthOf } from './paint.js';

/** Blocks of lines next to each other, in as many rows as the width requires. */
export function sideBySide(
  blocks: readonly (readonly string[])[],
  { width, gap = 2 }: { width: number; gap?: number },
): string[] {
  const lines: string[] = [];
  let row: (readonly string[])[] = [];
  let taken = 0;
  const flush = () => {
    if (lines.length > 0) lines.push('');
    lines.push(...join(row, gap));
    row = [];
    taken = 0;
  };
  for (const block of blocks) {
    const needed = blockWidth(block);
    if (row.length > 0 && taken + gap + needed > width) flush();
    taken += (row.length > 0 ? gap : 0) + needed;
    row.push(block);
  }
  if (row.length > 0) flush();
  return lines;
}

function join(blocks: readonly (readonly string[])[], gap: number): string[] {
  const height = Math.max(...blocks.map((block) => block.length));
  const widths = blocks.map(blockWidth);
  return Array.from({ length: height }, (_, line) =>
    blocks
      .map((block, column) => padTo(block[line] ?? '', widths[column]!))
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}

function blockWidth(block: readonly string[]): number {
  return Math.max(0, ...block.map(widthOf));
}
