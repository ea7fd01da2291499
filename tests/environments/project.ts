// Projects outside the repository, as a user has them: with a tool from the registry and core as it is
// packed.
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, type TestContext } from 'vitest';
import { ROOT } from '../runtimes/repository.js';

// Written by scripts/setup-environments.js: the folder of each tool, or why it is missing.
const FOUND_FILE = path.join(ROOT, 'node_modules', '.longhand', 'environments.json');

export const PROGRAMS = path.join(ROOT, 'tests', 'environments', 'programs');

/** The folder in which a tool is installed. If it is missing, the test is skipped; on CI it fails. */
export function toolFolder(tool: string, context: TestContext): string {
  const found: Record<string, { folder?: string; missing?: string }> = existsSync(FOUND_FILE)
    ? JSON.parse(readFileSync(FOUND_FILE, 'utf8'))
    : {};
  const { folder, missing } = found[tool] ?? {};
  if (folder && existsSync(folder)) return folder;
  const why = missing ?? `${tool} was not looked for: run node scripts/setup-environments.js`;
  if (process.env.CI && process.platform === 'linux' && process.arch === 'x64') throw new Error(why);
  return context.skip(why);
}

/** The packages that a project can have. Neither has dependencies besides the other. */
type Package = 'core' | 'mnist';

const temporary: string[] = [];
const packed = new Map<Package, string>();

afterAll(() => {
  for (const folder of temporary.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** A folder that is removed after the tests. */
export function temporaryFolder(parent: string = os.tmpdir()): string {
  const folder = mkdtempSync(path.join(parent, 'project-'));
  temporary.push(folder);
  return folder;
}

/** The tarball of a package. It is packed once. */
function tarballOf(name: Package): string {
  const known = packed.get(name);
  if (known) return known;
  const folder = temporaryFolder();
  run('npm', ['pack', '--silent', '--pack-destination', folder], path.join(ROOT, 'packages', name));
  const [file] = readdirSync(folder);
  const tarball = path.join(folder, file!);
  packed.set(name, tarball);
  return tarball;
}

/** Unpacks a package where npm would put it. */
function install(name: Package, project: string): void {
  const target = path.join(project, 'node_modules', '@longhand', name);
  mkdirSync(target, { recursive: true });
  run('tar', ['-xzf', tarballOf(name), '--strip-components=1', '-C', target], project);
}

/**
 * A new project beside the tool's `node_modules`, with core (and more) installed and these files of `programs`.
 *
 * @param files what is copied, and the folder it is copied to
 */
export function createProject(
  parent: string | undefined,
  files: Readonly<Record<string, string>> = { 'carry-out.js': '.', 'main.js': '.', 'index.html': '.' },
  packages: readonly Package[] = ['core'],
): string {
  const project = temporaryFolder(parent);
  for (const [file, folder] of Object.entries(files)) {
    const from = path.join(PROGRAMS, file);
    cpSync(from, path.join(project, folder, path.extname(file) ? path.basename(file) : ''), {
      recursive: true,
    });
  }
  const manifest = { name: 'a-project', private: true, type: 'module' };
  writeFileSync(path.join(project, 'package.json'), JSON.stringify(manifest));
  for (const name of packages) install(name, project);
  return project;
}

/** Runs a program to its end, and returns what it printed. @throws Error with its output if it fails */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): { readonly stdout: string; readonly stderr: string } {
  const { status, signal, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    timeout: 240_000,
    maxBuffer: 2 ** 26,
    env: { ...process.env, NODE_ENV: '', FORCE_COLOR: '0', ...env },
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (status !== 0) {
    const how = error?.message ?? signal ?? status;
    throw new Error(`${command} ${args.join(' ')} failed (${how}):\n${stdout}\n${stderr}`);
  }
  return { stdout, stderr };
}

/** Runs a program that prints one JSON value on its last line. */
export function outcomeOf<Value>(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): { readonly outcome: Value; readonly stderr: string } {
  const { stdout, stderr } = run(command, args, cwd, env);
  return { outcome: JSON.parse(stdout.trim().split('\n').at(-1)!), stderr };
}

export interface Running {
  /** What `pattern` found in its output. */
  readonly found: string;
  end(): Promise<void>;
}

/** Starts a server, and waits until its output matches `pattern`, whose first group is returned. */
export async function startServer(
  command: string,
  args: readonly string[],
  cwd: string,
  pattern: RegExp,
): Promise<Running> {
  const child = spawn(command, args, { cwd, env: { ...process.env, NODE_ENV: '', FORCE_COLOR: '0' } });
  let output = '';
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const found = await new Promise<string>((resolve, reject) => {
    const read = (text: string) => {
      output += text;
      const match = pattern.exec(output);
      if (match) resolve(match[1]!);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.once('error', reject);
    child.once('close', () => reject(new Error(`${command} ${args.join(' ')} ended:\n${output}`)));
    setTimeout(() => reject(new Error(`${command} is not ready after 180 s:\n${output}`)), 180_000).unref();
  }).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  return {
    found,
    end: async () => {
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(force);
    },
  };
}
