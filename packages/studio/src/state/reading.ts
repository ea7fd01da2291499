import { signal } from '@preact/signals';

/** What is being read, and how far it is (0–1). */
export const reading = signal<{ readonly what: string; readonly share: number } | undefined>(undefined);
