/** Downloads bytes or text as a file. */
export function saveFile(name: string, contents: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([contents], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser may read the address a little after the click returns.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/**
 * Downloads a canvas as a PNG file.
 *
 * @param scale pixels of the file for each of the canvas', which stay squares
 */
export function savePng(name: string, canvas: HTMLCanvasElement, scale = 1): Promise<void> {
  const large = document.createElement('canvas');
  large.width = canvas.width * scale;
  large.height = canvas.height * scale;
  const context = large.getContext('2d')!;
  context.imageSmoothingEnabled = false;
  context.drawImage(canvas, 0, 0, large.width, large.height);
  return new Promise((resolve, reject) => {
    large.toBlob((blob) => {
      if (!blob) {
        reject(new Error(`${name}: the browser could not make a picture of it`));
        return;
      }
      saveFile(name, blob, 'image/png');
      resolve();
    }, 'image/png');
  });
}

/** Styles of a drawing that come from style sheets, and that its file must contain. */
const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-dasharray',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
] as const;

/** Downloads a drawing of the page as an SVG file, with the page's styles. */
export function saveSvg(name: string, drawing: SVGSVGElement): void {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const [originals, copies] = [drawing, copy].map((root) => [
    root,
    ...root.querySelectorAll<SVGElement>('*'),
  ]) as [SVGElement[], SVGElement[]];
  for (const [k, original] of originals.entries()) {
    const style = getComputedStyle(original);
    for (const property of STYLES) copies[k]!.setAttribute(property, style.getPropertyValue(property));
    copies[k]!.removeAttribute('class');
  }
  const { width, height } = drawing.getBoundingClientRect();
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  saveFile(name, new XMLSerializer().serializeToString(copy), 'image/svg+xml');
}
