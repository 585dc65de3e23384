import type { ReceivedMessage } from "@lunatic-web/sdk/trace";
import { effect, type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Session } from "../run/session.ts";

/** Messages of the module that runs, in its author's words. Each gives undefined for what is not known. */
export interface MessageReader {
  /** A message that waits: `add(3, "because")`. */
  decode(message: ReceivedMessage): string | undefined;
  /** The handler that a message with this tag is for. @param receiver label of what the receiver runs */
  handlerName(receiver: string, tag: bigint): string | undefined;
}

const KNOWS_NOTHING: MessageReader = { decode: () => undefined, handlerName: () => undefined };

/** Reads messages by what the module that runs says of them; modules of others say nothing. */
export function useMessageTypes(session: Session): ReadonlySignal<MessageReader> {
  const reader = useSignal(KNOWS_NOTHING);
  useEffect(
    () =>
      effect(() => {
        const section = session.messageSection.value;
        reader.value = KNOWS_NOTHING;
        if (!section) return;
        void import("@lunatic-web/sdk/trace").then(({ decodeMessage, handlerName, readMessageTypes }) => {
          const types = readMessageTypes(section);
          // Another run may have begun meanwhile.
          if (!types || session.messageSection.peek() !== section) return;
          reader.value = {
            decode: (message) => decodeMessage(types, message),
            handlerName: (receiver, tag) => handlerName(types, receiver, tag),
          };
        });
      }),
    [session, reader],
  );
  return reader;
}
