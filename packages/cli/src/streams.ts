/** Where the command writes: results on stdout, everything else on stderr. Nothing else in the command touches either. */

/** A result: the one thing that a pipe should carry. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** With `--json` the one document on stdout. */
export function printJson(document: unknown): void {
  print(JSON.stringify(document, undefined, 2));
}

/** A message for the person in front of the screen. */
export function log(text: string): void {
  process.stderr.write(`${text}\n`);
}

/**
 * A reader that has seen enough (`| head`) closes the pipe, and a terminal that is closed takes no more: that is no error of ours, and no
 * reason to lose a model that is being trained. What is written from then on goes nowhere.
 *
 * @param onOther for what is an error: a full disk that output is sent to
 */
export function tolerateClosedPipes(onOther: (error: Error) => void): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') onOther(error);
    });
  }
}
