export function Draw() {
  return <p class="faint">Draw</p>;
}
