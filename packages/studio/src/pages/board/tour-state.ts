import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';

/** The tour while it is open. */
export const tour = signal<ComponentType | undefined>(undefined);

export function closeTour(): void {
  tour.value = undefined;
}
