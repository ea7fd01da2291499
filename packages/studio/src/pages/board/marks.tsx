import { parseReference } from '@longhand/core/explain';
import { type Box, boxStyle, type EntryLayout } from '../../components/entry-layout.js';
import type { Iteration } from '../../computations/cycle.js';
import { type AskedEntry, asked, isRead, pointed } from './board-state.js';
import { choices } from './choices.js';
import { type Source, sourcesOf } from './sources.js';
import { type Name, textOf } from './steps.js';

interface Mark {
  readonly box: Box;
  readonly kind: 'asked' | 'source' | 'moved';
}

interface MarksProps {
  readonly iteration: Iteration;
  readonly name: Name;
  readonly layout: EntryLayout;
}

/** Frames in a matrix: the number that is asked for, and the numbers that it is computed from. */
export function Marks({ iteration, name, layout }: MarksProps) {
  const reference = pointed.value ?? asked.value;
  const moved = movedIn(name, layout, iteration);
  if (!reference) return <>{moved.map(drawn)}</>;
  return (
    <>
      {moved.map(drawn)}
      {marksFor(iteration, reference, name, layout).map(drawn)}
    </>
  );

  function drawn({ box, kind }: Mark) {
    return <span key={`${kind} ${box.x} ${box.y}`} class={`mark ${kind}`} style={boxStyle(box, layout)} />;
  }
}

/** The numbers of a matrix that were moved by hand. */
function movedIn(name: Name, layout: EntryLayout, { network, m }: Iteration): Mark[] {
  return choices.value.edits.flatMap(({ entry }): Mark[] => {
    if (!entry.startsWith(`${textOf(name)}[`)) return [];
    try {
      return [{ box: entryBox(layout, parseReference(entry, network, m)), kind: 'moved' }];
    } catch {
      return [];
    }
  });
}

function marksFor({ network }: Iteration, reference: AskedEntry, name: Name, layout: EntryLayout): Mark[] {
  const isHere = (of: Name) => of.quantity === name.quantity && of.layer === name.layer;
  const marks: Mark[] = isHere(reference) ? [{ box: entryBox(layout, reference), kind: 'asked' }] : [];
  for (const source of isRead(reference) ? [] : sourcesOf(network, reference)) {
    if (isHere(source)) marks.push(...boxesOf(source, layout).map((box): Mark => ({ box, kind: 'source' })));
  }
  return marks.filter(({ box: { x, y } }) => x >= 0 && y >= 0 && x < layout.width && y < layout.height);
}

function boxesOf(source: Source, layout: EntryLayout): readonly Box[] {
  if (source.part === 'entry') return [entryBox(layout, source)];
  return source.part === 'row' ? layout.row(source.row) : layout.column(source.column);
}

function entryBox(layout: EntryLayout, { row, column }: { row: number; column: number }): Box {
  return { ...layout.place(row, column), width: 1, height: 1 };
}
