import { QUOTES } from 'virtual:quotes';
import type { Code } from './chapter.js';
import { EquationLine } from './equation-text.js';

/** The equation beside its lines of code, in TypeScript and in NumPy. */
export function CodePanel({ code }: { code: Code }) {
  const quote = QUOTES[code.quote]!;
  return (
    <section class="code-panel sheet" aria-label="The equation and its code">
      <EquationLine {...code} />
      <div class="code-sides">
        <Side title="TypeScript" note={quote.files.join(', ')} lines={quote.typescript} />
        <Side title="NumPy" note="" lines={quote.numpy} />
      </div>
    </section>
  );
}

function Side({ title, note, lines }: { title: string; note: string; lines: readonly string[] }) {
  return (
    <div>
      <p class="code-title">
        <b>{title}</b> <span class="faint">{note}</span>
      </p>
      <pre>
        {lines.map((line) => (
          <code key={line}>{line}</code>
        ))}
      </pre>
    </div>
  );
}
