/** A setting's name as a flag: `devEvery` → `--dev-every`. */
export function flagOf(name: string): string {
  return `--${kebab(name)}`;
}

/** The names that were typed, of settings that have several. */
const typed = new Map<string, string>();

/** Remembers under which of its names a setting was typed, for the errors: `alpha` as `lr`. */
export function rememberTyped(setting: string, name: string): void {
  typed.set(setting, name);
}

/** A setting's name as the flag that was typed. */
export function typedFlagOf(setting: string): string {
  return flagOf(typed.get(setting) ?? setting);
}

/** A name as a flag has it: `devEvery` → `dev-every`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

let settings: readonly string[] = [];

/** Remembers the settings that the command takes as flags, for the advice of errors. */
export function rememberSettings(names: readonly string[]): void {
  settings = names;
}

/** Whether the command takes a setting as a flag. */
export function takesSetting(name: string): boolean {
  return settings.includes(name);
}
