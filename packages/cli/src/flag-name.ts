/** A setting's name as a flag: `devEvery` → `--dev-every`. */
export function flagOf(name: string): string {
  return `--${kebab(name)}`;
}

/** A name as a flag has it: `devEvery` → `dev-every`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
