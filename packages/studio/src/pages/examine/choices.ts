import { computed } from '@preact/signals';
import { changeQuery, query } from '../../state/location.js';
import { type Choices, queryOf, readChoices } from './address.js';

/** The choices that the address contains. */
export const choices = computed(() => readChoices(query.value));

/** Changes choices. An open digit closes, unless the change names it. */
export function choose(change: Partial<Choices>): void {
  changeQuery(queryOf({ ...choices.peek(), digit: undefined, ...change }));
}
