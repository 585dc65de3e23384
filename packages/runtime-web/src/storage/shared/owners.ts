/** Who shares a tree, by number. */
export const STORAGE_OWNER = 0;

export function executorOwner(executor: number): number {
  return 1 + executor;
}
