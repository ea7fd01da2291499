import { builtin } from '../source/builtin.js';

/** A decoder that was compiled with Emscripten. */
interface WasmDecoder<Decode> {
  readonly decode: Decode;
}

type Factory<Decode> = (options: Record<string, unknown>) => Promise<WasmDecoder<Decode>>;

/** From so many pixels on, a decoder is thrown away after use: its memory does not shrink. */
const MANY_PIXELS = 2_000_000;

export interface Codec<Decode> {
  /**
   * Calls the decoder.
   *
   * @param pixels of the picture
   * @throws Error with what the decoder says, also where it only warns
   */
  readonly use: <Result>(pixels: number, call: (decode: Decode) => Result) => Promise<NonNullable<Result>>;
}

/**
 * A decoder in WebAssembly, loaded when it is first used. Where there is a file system, the program is
 * read from its package; on a page it comes from beside the page's own programs.
 *
 * @param program the path of its WebAssembly, as one imports it
 * @param isHarmless whether a warning does not mean that the picture is damaged
 */
export function wasmCodec<Decode>(
  load: () => Promise<{ readonly default: unknown }>,
  program: string,
  isHarmless: (warning: string) => boolean = () => false,
): Codec<Decode> {
  let decoder: Promise<WasmDecoder<Decode>> | undefined;
  let compiled: Promise<WebAssembly.Module | undefined> | undefined;
  let warnings: string[] = [];
  const start = async (): Promise<WasmDecoder<Decode>> => {
    compiled ??= compiledProgram(program);
    const [{ default: factory }, module] = await Promise.all([load(), compiled]);
    const warn = (text: string) => {
      if (!isHarmless(text)) warnings.push(text);
    };
    return (factory as Factory<Decode>)({
      noInitialRun: true,
      print: warn,
      printErr: warn,
      ...(module && { instantiateWasm: instantiateWith(module) }),
    });
  };
  return {
    async use(pixels, call) {
      if (typeof WebAssembly !== 'object')
        throw new Error('it needs WebAssembly, which is switched off here');
      decoder ??= start();
      const mine = decoder;
      const { decode } = await mine;
      warnings = [];
      try {
        const result = call(decode);
        if (!result) throw new Error(warnings[0] ?? 'it cannot be decoded');
        if (warnings[0] !== undefined) throw new Error(warnings[0]);
        if (pixels > MANY_PIXELS) decoder = undefined;
        return result;
      } catch (error) {
        // After an error its memory may be in disorder.
        decoder = undefined;
        throw new Error(warnings[0] ?? (error instanceof Error ? error.message : 'it cannot be decoded'), {
          cause: error,
        });
      }
    },
  };
}

type Instantiated = (instance: WebAssembly.Instance) => void;

/** As Emscripten's programs ask for it. */
function instantiateWith(module: WebAssembly.Module) {
  return (imports: WebAssembly.Imports, done: Instantiated): WebAssembly.Exports => {
    const instance = new WebAssembly.Instance(module, imports);
    done(instance);
    return instance.exports;
  };
}

async function compiledProgram(program: string): Promise<WebAssembly.Module | undefined> {
  const [modules, files] = await Promise.all([
    builtin<{ createRequire: (from: string) => { resolve: (name: string) => string } }>('module'),
    builtin<{ readFile: (path: string) => Promise<Uint8Array<ArrayBuffer>> }>('fs/promises'),
  ]);
  if (!modules || !files) return undefined;
  const path = modules.createRequire(import.meta.url).resolve(program);
  return WebAssembly.compile(await files.readFile(path));
}
