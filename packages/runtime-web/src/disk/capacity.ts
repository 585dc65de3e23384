/** How large a file of so many bytes could become within what the browser gives this site. */
export async function estimateCapacity(sizeBytes: number): Promise<number> {
  const { quota, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  return quota === undefined ? Number.POSITIVE_INFINITY : quota - usage + sizeBytes;
}
