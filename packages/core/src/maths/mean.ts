/** The mean of lists of numbers of the same length, one or more: for each place, the mean of the numbers there. */
export function meanOf(lists: readonly ArrayLike<number>[]): number[] {
  return Array.from({ length: lists[0]!.length }, (_, place) => {
    const sum = lists.reduce((total, list) => total + list[place]!, 0);
    return sum / lists.length;
  });
}
