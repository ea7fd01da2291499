import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** An editor in the page. */
export interface Editor {
  /** Replaces the whole text; Undo brings the old one back. */
  replace(code: string): void;
  /** Puts the cursor at the start of a line, counted from 1, and shows it. */
  goTo(line: number): void;
  readonly end: () => void;
}

interface EditorOptions {
  readonly code: string;
  readonly label: string;
  readonly onChange: (code: string) => void;
  /** Ctrl + Enter, or Command + Enter. */
  readonly onRun: () => void;
}

/** The colors are the page's, in both themes. */
const colors = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--faint)', fontStyle: 'italic' },
  { tag: [tags.keyword, tags.operatorKeyword], color: 'var(--blue)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--orange)' },
  { tag: [tags.string, tags.regexp], color: 'var(--green)' },
  {
    tag: [tags.function(tags.variableName), tags.definition(tags.function(tags.variableName))],
    color: 'var(--violet)',
  },
  { tag: tags.invalid, color: 'var(--red)' },
]);

const theme = EditorView.theme({
  '&': { fontSize: '14px', color: 'var(--ink)', backgroundColor: 'var(--sheet)' },
  '.cm-scroller': { fontFamily: 'ui-monospace, "DejaVu Sans Mono", monospace', lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeft: '2px solid var(--ink)' },
  '.cm-gutters': {
    color: 'var(--faint)',
    backgroundColor: 'var(--paper)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'color-mix(in srgb, var(--lit) 45%, transparent)',
  },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--blue) 30%, transparent)',
  },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--lit)',
    outline: '1px solid var(--lit-line)',
  },
  '&.cm-focused': { outline: '3px solid var(--blue)', outlineOffset: '2px' },
});

/**
 * Opens an editor in an element. It stands in a shadow tree: there its styles are no inline styles, which the page's
 * policy forbids.
 */
export function openEditor(place: HTMLElement, { code, label, onChange, onRun }: EditorOptions): Editor {
  /** After Escape, Tab leaves the editor, until it is entered again. */
  const leaveByTab = (left: EditorView) => {
    left.setTabFocusMode(true);
    return false;
  };
  const runIt = () => {
    onRun();
    return true;
  };
  const root = place.shadowRoot ?? place.attachShadow({ mode: 'open' });
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: code,
      extensions: [
        ...[lineNumbers(), history(), drawSelection(), highlightActiveLine(), indentOnInput()],
        ...[bracketMatching(), javascript(), syntaxHighlighting(colors), theme, EditorView.lineWrapping],
        EditorView.contentAttributes.of({ 'aria-label': label, 'aria-describedby': 'editor-keys' }),
        keymap.of([
          { key: 'Mod-Enter', run: runIt },
          { key: 'Escape', run: leaveByTab },
          ...[indentWithTab, ...defaultKeymap, ...historyKeymap],
        ]),
        EditorView.domEventHandlers({ blur: (_, blurred) => blurred.setTabFocusMode(false) }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) onChange(state.doc.toString());
        }),
      ],
    }),
  });
  return {
    replace: (text) =>
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, scrollIntoView: true }),
    goTo(line) {
      const { from } = view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines)));
      view.dispatch({
        selection: { anchor: from },
        effects: EditorView.scrollIntoView(from, { y: 'center' }),
      });
      view.focus();
    },
    end: () => view.destroy(),
  };
}
