import type { FoundPage } from '@longhand/core/pages';

/** What is written, a text for each line, with a space where the page has one. */
export function asLines({ lines }: FoundPage, classNames: readonly string[]): string[] {
  return lines.map((line) =>
    line
      .map(({ isAfterSpace, sign, digit }) => `${isAfterSpace ? ' ' : ''}${sign ?? classNames[digit]}`)
      .join(''),
  );
}
