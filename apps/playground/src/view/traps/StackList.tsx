import type { GuestFrame } from "@lunatic-web/runtime/inspect";
import type { SourcePlace } from "@lunatic-web/sdk/trace";
import { useFrameLocator } from "../../compile/useFrameLocator.ts";
import { PlaceLink } from "../../console/ConsoleLineView.tsx";
import type { Session } from "../../run/session.ts";

export interface StackListProps {
  readonly session: Session;
  readonly frames: readonly GuestFrame[];
  /** Opens a place in the source; without, places are told and lead nowhere. */
  readonly onPlace: ((place: SourcePlace) => void) | undefined;
}

/** Guest functions, innermost first, with their places in the source where there is a source map. */
export function StackList({ session, frames, onPlace }: StackListProps) {
  const locate = useFrameLocator(session);
  if (frames.length === 0) return null;
  return (
    <ol class="trap-stack" aria-label="Stack, innermost function first">
      {locate.value(frames).map(({ name, place }, index) => (
        <li key={index}>
          {name}{" "}
          {place &&
            (onPlace && !place.file.startsWith("~") ? (
              <PlaceLink place={place} onPlace={onPlace} />
            ) : (
              <span class="muted">
                {place.file}:{place.line}
              </span>
            ))}
        </li>
      ))}
    </ol>
  );
}
