import type { Matrix } from '@longhand/core';
import { formatNumber } from '@longhand/core/explain';

interface NumberTableProps {
  readonly caption: string;
  readonly matrix: Matrix;
  /** What a row and a column are called: `class`, `hidden unit`. */
  readonly row: string;
  readonly column?: string;
}

/** The numbers of a picture as a table, for screen readers. */
export function NumberTable({ caption, matrix: { rows, cols, data }, row, column }: NumberTableProps) {
  return (
    <div class="hidden">
      <table>
        <caption>{caption}</caption>
        {column && (
          <thead>
            <tr>
              <td />
              {Array.from({ length: cols }, (_, j) => (
                <th key={j} scope="col">
                  {column} {j}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {Array.from({ length: rows }, (_, i) => (
            <tr key={i}>
              <th scope="row">
                {row} {i}
              </th>
              {Array.from({ length: cols }, (_, j) => (
                <td key={j}>{formatNumber(data[i * cols + j]!, 3)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
