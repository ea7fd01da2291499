export function Why() {
  return <p class="faint">Why</p>;
}
