// Builds of a project with a bundler's defaults. Each returns the folder to serve.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { type Running, run, startServer } from './project.js';

/** A program in a tool's `node_modules`. */
export const bin = (folder: string, file: string) => path.join(folder, 'node_modules', file);

export function buildWithVite(folder: string, project: string, ...args: readonly string[]): string {
  run(process.execPath, [bin(folder, 'vite/bin/vite.js'), 'build', ...args], project);
  return path.join(project, 'dist');
}

/** @param options of webpack besides `mode` and `entry` */
export function buildWithWebpack(_: string, project: string, options: object = {}): string {
  writeFileSync(
    path.join(project, 'build.mjs'),
    `import webpack from 'webpack';
     import { copyFileSync } from 'node:fs';
     const { fileURLToPath } = await import('node:url');
     const context = fileURLToPath(new URL('.', import.meta.url));
     webpack({ mode: 'production', context, entry: './main.js', ...${JSON.stringify(options)} }, (error, stats) => {
       if (error || stats.hasErrors() || stats.hasWarnings()) throw error ?? new Error(stats.toString());
       copyFileSync('index.html', 'dist/index.html');
     });`,
  );
  run(process.execPath, ['build.mjs'], project);
  return path.join(project, 'dist');
}

export function buildWithParcel(folder: string, project: string): string {
  run(process.execPath, [bin(folder, 'parcel/lib/bin.js'), 'build', 'index.html', '--no-cache'], project);
  return path.join(project, 'dist');
}

/** Starts the dev server of Vite, with the headers that threads need. */
export function startViteServer(project: string): Promise<Running> {
  // The headers are the page's affair, not the library's.
  writeFileSync(
    path.join(project, 'dev.mjs'),
    `import { createServer } from 'vite';
     const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
     const server = await createServer({ server: { host: '127.0.0.1', port: 0, headers } });
     await server.listen();
     console.log('at ' + server.resolvedUrls.local[0] + ' .');`,
  );
  return startServer(process.execPath, ['dev.mjs'], project, /at (\S+) \./);
}
