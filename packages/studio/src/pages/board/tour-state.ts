import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { showError } from '../../state/notifications.js';

/** The tour while it is open. */
export const tour = signal<ComponentType | undefined>(undefined);

/** Fetches the tour, and opens it. */
export async function openTour(): Promise<void> {
  try {
    const { Tour } = await import('./tour/tour.js');
    tour.value = Tour;
  } catch (error) {
    showError(error);
  }
}

export function closeTour(): void {
  tour.value = undefined;
}
