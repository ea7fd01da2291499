import { showError } from '../../state/notifications.js';
import { tour } from './tour-state.js';

/** Fetches the tour, and opens it. */
export async function openTour(): Promise<void> {
  try {
    const { Tour } = await import('./tour/tour.js');
    tour.value = Tour;
  } catch (error) {
    showError(error);
  }
}
