/**
 * Scrolls to the gallery after a click elsewhere has changed its digits, if the gallery is out of
 * view.
 */
export function showGallery(): void {
  const gallery = document.getElementById('gallery')!;
  const { top } = gallery.getBoundingClientRect();
  if (top < 0 || top > innerHeight / 2) gallery.scrollIntoView({ block: 'start' });
}
