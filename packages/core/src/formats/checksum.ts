/** What stands in the metadata, in the place of the sum, while the sum is made and checked. */
export const NO_SUM = '0'.repeat(64);

/** The sum is the first of the metadata, so that its place in the file is known. */
const SUM_AT = 8 + '{"__metadata__":{"sha256":"'.length;

/** The bytes of the file as the sum is made of them: with zeros (as text) in the sum's place. */
export function summedParts(file: Uint8Array): Uint8Array[] {
  return [file.subarray(0, SUM_AT), new TextEncoder().encode(NO_SUM), file.subarray(SUM_AT + NO_SUM.length)];
}

/** Puts the sum in its place. */
export function putSum(file: Uint8Array, sum: string): void {
  file.set(new TextEncoder().encode(sum), SUM_AT);
}
