export function Examine() {
  return <p class="faint">Examine</p>;
}
