import { computed } from '@preact/signals';
import { changeQuery, query } from '../../state/location.js';
import { type Choices, queryOf, readChoices } from './address.js';

/** What one has chosen: the address tells it. */
export const choices = computed(() => readChoices(query.value));

/** Changes choices; a digit that lies open stays open only when that is what is chosen. */
export function choose(change: Partial<Choices>): void {
  changeQuery(queryOf({ ...choices.peek(), digit: undefined, ...change }));
}
