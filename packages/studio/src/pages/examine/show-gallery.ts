/** Brings the drawer into view after something elsewhere on the page has changed what lies in it; where it can be seen, nothing moves. */
export function showGallery(): void {
  const drawer = document.getElementById('drawer')!;
  const { top } = drawer.getBoundingClientRect();
  if (top < 0 || top > innerHeight / 2) drawer.scrollIntoView({ block: 'start' });
}
