export function Board() {
  return <p class="faint">Board</p>;
}
