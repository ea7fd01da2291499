import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DIGITS_FILES } from '@longhand/mnist/packed';
import sirv from 'sirv';
import { UsageError } from '../usage-error.js';
import { answerLog, isLogRequest } from './serve-log.js';
import { studioFolder } from './studio-folder.js';

/** With these headers a page may share memory between threads. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/**
 * The usual port: 784 pixels, then 0. It stays the same, since a browser stores a page's data by
 * its address.
 */
const USUAL_PORT = 7840;

/** The page that shows a log while it grows. */
const WATCHING = '#/runs?live=1';

interface ServedStudio {
  /** `http://127.0.0.1:7840/`, or with a log the address of the page that shows it. */
  readonly url: string;
  close(): Promise<void>;
}

interface StudioOptions {
  /** Without one, the usual port or, if it is taken, any free one. */
  readonly port?: number | undefined;
  /** A log that the page Runs shows while it grows. */
  readonly log?: string | undefined;
}

/**
 * Serves the built page to this machine only.
 *
 * @throws UsageError if the port is taken, DataError if the page has not been built
 */
export async function serveStudio({ port, log }: StudioOptions = {}): Promise<ServedStudio> {
  // A name in these folders changes with the contents; other files may change after an update.
  const page = filesIn(studioFolder(), (pathname) => /^\/(assets|data)\//.test(pathname));
  const digits = filesIn(digitsFolder(), () => true);
  const server = createServer((request, response) => {
    const absent = () => {
      response
        .writeHead(404, { ...ISOLATION, 'Content-Type': 'text/plain; charset=utf-8' })
        .end('There is no such file.\n');
    };
    if (log !== undefined && isLogRequest(request)) {
      void answerLog(log, request, response, ISOLATION);
      return;
    }
    page(request, response, () => {
      const name = digitsNamed(request.url!);
      if (name === undefined) return absent();
      request.url = `/${name}`;
      digits(request, response, absent);
    });
  });
  const listen = (wanted: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(wanted, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  try {
    await listen(port ?? USUAL_PORT);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (port !== undefined) {
      const reason = code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${code})`;
      throw new UsageError(`--port ${port}: it ${reason}: choose another port, or leave --port out`);
    }
    await listen(0);
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${log === undefined ? '' : WATCHING}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function filesIn(folder: string, isLasting: (pathname: string) => boolean): ReturnType<typeof sirv> {
  return sirv(folder, {
    etag: true,
    setHeaders(response, pathname) {
      for (const [name, value] of Object.entries(ISOLATION)) response.setHeader(name, value);
      // A page that shares memory may show this one in a frame. Only this one asks for its files.
      if (/^\/(index\.html)?$/.test(pathname))
        response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
      response.setHeader('X-Content-Type-Options', 'nosniff');
      const lasting = isLasting(pathname);
      response.setHeader('Cache-Control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}

/**
 * The file of @longhand/mnist that an address of the page means: the published page leaves out the files
 * of digits, which the command has anyway. Their names in the page have the start of their SHA-256.
 */
function digitsNamed(address: string): string | undefined {
  return Object.values(DIGITS_FILES)
    .map(({ packed, sha256 }) => ({ packed, inPage: packed.replace('.', `.${sha256.slice(0, 8)}.`) }))
    .find(({ inPage }) => address === `/data/${inPage}`)?.packed;
}

function digitsFolder(): string {
  const { packed } = DIGITS_FILES.trainingImages;
  return path.dirname(fileURLToPath(import.meta.resolve(`@longhand/mnist/digits/${packed}`)));
}
