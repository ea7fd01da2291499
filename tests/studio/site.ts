import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import sirv from 'sirv';
import { ROOT } from '../runtimes/repository.js';

/** The built page, or another build of it. */
const DIST = process.env.LONGHAND_STUDIO_DIST ?? path.join(ROOT, 'packages', 'studio', 'dist');

export interface SiteOptions {
  /**
   * With the headers that give a page shared memory, as `longhand studio` sends them. Default true.
   */
  readonly isolated?: boolean;
  /** The page's folder on the host. Default `/`. */
  readonly folder?: string;
}

export interface Site {
  /** The page's address: `http://127.0.0.1:PORT/` and the folder. */
  readonly url: string;
  /** Requested paths that do not exist. */
  readonly missing: readonly string[];
  close(): Promise<void>;
}

const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Serves the built page to this machine only, as a static host does: files in a folder. */
export async function serveSite({ isolated = true, folder = '/' }: SiteOptions = {}): Promise<Site> {
  if (!existsSync(path.join(DIST, 'index.html'))) throw new Error(`${DIST}: the page is not built`);
  const missing: string[] = [];
  const files = sirv(DIST, { etag: true });
  const server = createServer((request, response) => {
    const { url = '/' } = request;
    const absent = () => {
      missing.push(url);
      response.writeHead(404).end();
    };
    if (isolated) for (const [name, value] of Object.entries(ISOLATION)) response.setHeader(name, value);
    if (isolated && url === folder) response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    if (!url.startsWith(folder)) {
      absent();
      return;
    }
    request.url = `/${url.slice(folder.length)}`;
    files(request, response, absent);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${folder}`,
    missing,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
