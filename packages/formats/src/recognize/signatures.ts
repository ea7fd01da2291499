/** Whether the first bytes are these. */
export const starts =
  (...bytes: readonly number[]) =>
  (head: Uint8Array): boolean =>
    bytes.every((byte, i) => head[i] === byte);

/** Whether these characters lie at a place, one byte each. */
export const has =
  (characters: string, at = 0) =>
  (head: Uint8Array): boolean =>
    [...characters].every((character, i) => head[at + i] === character.charCodeAt(0));

const texts = new WeakMap<Uint8Array, string>();

/** The head as characters of one byte each. Many kinds ask for it: it is decoded once. */
export function latin(head: Uint8Array): string {
  let text = texts.get(head);
  if (text === undefined) {
    text = new TextDecoder('latin1').decode(head);
    texts.set(head, text);
  }
  return text;
}

/** The types and dimensions that an IDX file can have (http://yann.lecun.com/exdb/mnist). */
export function isIdx(head: Uint8Array): boolean {
  const [zero, second, type, dimensions] = head;
  const isType = [0x08, 0x09, 0x0b, 0x0c, 0x0d, 0x0e].includes(type!);
  return zero === 0 && second === 0 && isType && dimensions! >= 1 && dimensions! <= 4;
}

const ZIP = starts(0x50, 0x4b, 0x03, 0x04);
/** An empty zip has its end alone. */
const EMPTY_ZIP = starts(0x50, 0x4b, 0x05, 0x06);

/** Whether it is a zip. */
export const isZip = (head: Uint8Array): boolean => ZIP(head) || EMPTY_ZIP(head);

/** What comes before an entry of a zip: its signature; its name lies 30 bytes behind, and its length at 26. */
const ENTRY = 'PK\u0003\u0004';

/** The names of the entries of a zip that begin in its head. */
function zipNames(head: Uint8Array): string[] {
  const text = latin(head);
  const names: string[] = [];
  for (let at = text.indexOf(ENTRY); at >= 0; at = text.indexOf(ENTRY, at + 4)) {
    const length = head[at + 26]! + 256 * head[at + 27]!;
    names.push(text.slice(at + 30, at + 30 + length));
  }
  return names;
}

/** A zip one of whose first entries has such a name. */
export const isZipWith =
  (name: RegExp) =>
  (head: Uint8Array): boolean =>
    ZIP(head) && zipNames(head).some((entry) => name.test(entry));

/** A MATLAB file of version 5 says so in its first words, or else by its version and the order of its bytes. */
export const isMat = (head: Uint8Array): boolean =>
  has('MATLAB 5')(head) || has('\0\x01IM', 124)(head) || has('\x01\0MI', 124)(head);

/** An archive of tar says so at byte 257. */
export const isTar = has('ustar', 257);

/** Whether the head is text: no control characters but those of lines. */
function isText(head: Uint8Array): boolean {
  return head.every(
    (byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0x1b,
  );
}

const HTML = /^\s*(<!--.*?-->\s*)?(<!doctype\s+html|<html|<head|<body|<\?xml[^>]*>\s*<(!doctype\s+)?html)/is;

/** A web page. */
export const isHtml = (head: Uint8Array): boolean => HTML.test(withoutMark(latin(head)));

/** A value in JSON: an object or a list. */
export const isJson = (head: Uint8Array): boolean =>
  /^\s*(\{\s*["}]|\[\s*[[{"\d\]-])/.test(withoutMark(latin(head)));

/** What stands between the cells of a line. */
const SEPARATORS = /[,;|\t]|[ \t]+/;
const NUMBER = /^"?[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?"?$/i;

/** Lines of cells, half of which are numbers; or one line that names many columns. */
export function isTable(head: Uint8Array): boolean {
  const text = textOf(head);
  if (text === undefined) return false;
  const lines = text
    .split(/\r\n?|\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 6);
  const isRow = (line: string) => {
    const cells = line.trim().split(SEPARATORS);
    return cells.length >= 2 && cells.filter((cell) => NUMBER.test(cell)).length * 2 >= cells.length;
  };
  if (lines.some(isRow)) return true;
  // The names of many columns can be longer than the head.
  return lines.length === 1 && /^"?[\w. -]+"?([,;\t]"?[\w. -]+"?){8}/.test(lines[0]!);
}

/** The head as text, if it is text in UTF-8, UTF-16 or Latin-1. */
function textOf(head: Uint8Array): string | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le').decode(head);
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be').decode(head);
  if (isText(head)) return withoutMark(latin(head));
  const isWide = (first: number) =>
    head.length > 3 && head.every((byte, i) => (byte === 0) === (i % 2 === first));
  if (isWide(1)) return new TextDecoder('utf-16le').decode(head);
  if (isWide(0)) return new TextDecoder('utf-16be').decode(head);
  return undefined;
}

/** Without the byte order mark of UTF-8. */
function withoutMark(text: string): string {
  return text.startsWith('ï»¿') ? text.slice(3) : text;
}
