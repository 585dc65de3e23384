/** What stands where there is no value: 0, false or null. The caller makes sure that nobody reads it as one. */
export function nothing<T>(): T {
  if (isReference<T>()) return changetype<T>(<usize>0);
  return <T>0;
}
