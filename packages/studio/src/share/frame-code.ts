/** The code that shows an address in a frame of another page. */
export function frameCode(link: string, title: string, [width, height]: readonly [number, number]): string {
  const source = link.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<iframe src="${source}"
  title="${title}" width="${width}" height="${height}" style="border: 0; max-width: 100%"
  allow="cross-origin-isolated; clipboard-write; fullscreen" loading="lazy"></iframe>`;
}

/** Whether an address leads to this computer only, so that nobody else can open it. */
export function isLocal(link: string): boolean {
  const { hostname, protocol } = new URL(link);
  return protocol === 'file:' || /^(localhost|127\.|\[::1\])/.test(hostname);
}
