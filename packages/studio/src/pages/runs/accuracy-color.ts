/** From the worst to the best, on paper and on the blackboard: lighter means worse, or darker there. */
const STOPS = {
  light: ['#d8b46a', '#c4783f', '#8a4f86', '#1d3d86'],
  dark: ['#7c6a45', '#c08a52', '#c99ad6', '#c9e2ff'],
} as const;

/** The color of a place (0–1) on the axis of accuracy. */
export function accuracyColor(place: number, isDark: boolean): string {
  const stops = STOPS[isDark ? 'dark' : 'light'];
  const at = Math.min(1, Math.max(0, place)) * (stops.length - 1);
  const below = Math.min(stops.length - 2, Math.floor(at));
  const share = Math.round(100 * (at - below));
  return `color-mix(in oklab, ${stops[below + 1]} ${share}%, ${stops[below]})`;
}

export function accuracyGradient(isDark: boolean): string {
  return `linear-gradient(90deg in oklab, ${STOPS[isDark ? 'dark' : 'light'].join(', ')})`;
}
