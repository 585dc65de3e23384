/** What colours and lines mean, small enough to stay. */
export function TreeLegend() {
  return (
    <ul class="tree-legend" aria-label="Legend">
      <li>
        <i class="key running" /> running
      </li>
      <li>
        <i class="key parked" /> waiting
      </li>
      <li>
        <i class="key ended" /> ended
      </li>
      <li>
        <i class="key trapped" /> trapped
      </li>
      <li>
        <i class="line spawned" /> spawned
      </li>
      <li>
        <i class="line linked" /> linked
      </li>
      <li>
        <i class="line monitored" /> monitors
      </li>
    </ul>
  );
}
