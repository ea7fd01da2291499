/** The quantities that have a sentence in the Glossary. */
const TERM = /^(?:[WbXZAYJ]|d[WbZ])$/;

/** A quantity as the board writes it: W with [1] above it for layer 1. */
export function Quantity({
  name,
  layer,
  transposed,
}: {
  name: string;
  layer?: number | undefined;
  transposed?: boolean;
}) {
  const gradient = name.length > 1 && name.startsWith('d');
  const letter = gradient ? name.slice(1) : name;
  const base = (
    <mrow data-term={TERM.test(name) ? name : undefined}>
      {gradient && <mi mathvariant="normal">d</mi>}
      <mi>{letter}</mi>
    </mrow>
  );
  const above = [layer ? `[${layer}]` : '', transposed ? 'T' : ''].join('');
  if (!above) return base;
  return (
    <msup>
      {base}
      <mrow>
        {layer ? (
          <>
            <mo stretchy={false}>[</mo>
            <mn>{layer}</mn>
            <mo stretchy={false}>]</mo>
          </>
        ) : null}
        {transposed && <mi mathvariant="normal">T</mi>}
      </mrow>
    </msup>
  );
}
