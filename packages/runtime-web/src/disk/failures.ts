import { VolumeError } from "../storage/volume/volume.ts";

/** What a browser's refusal to write means. */
export function writeFailure(error: unknown): VolumeError {
  if (error instanceof VolumeError) return error;
  const name = error instanceof Error ? error.name : "";
  if (name === "QuotaExceededError") {
    return new VolumeError(
      "noSpace",
      "The browser gives this site no more storage: delete files, or free space on the disk",
      { cause: error },
    );
  }
  return new VolumeError(
    "unavailable",
    `The browser could not write to the volume: ${describe(error)}. Open it again, nothing that was synced is lost`,
    { cause: error },
  );
}

export function openFailure(name: string, error: unknown): VolumeError {
  if (error instanceof VolumeError) return error;
  return new VolumeError("unavailable", `The volume "${name}" cannot be opened: ${describe(error)}`, {
    cause: error,
  });
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
