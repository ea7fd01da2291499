/**
 * The bytes of text in base64. A loop: `Uint8Array.from` with a function takes ten times as long where a
 * program has just started.
 *
 * @throws DOMException if it is no base64
 */
export function bytesOfBase64(text: string): Uint8Array {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}
