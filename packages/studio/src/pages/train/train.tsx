export function Train() {
  return <p class="faint">Train</p>;
}
