import { EventKind, type EventSink } from "../events.ts";

/** A sink that gets every event by one function, messages that are sent included. */
export function sinkOf(listen: EventSink["emit"]): EventSink {
  return {
    emit: listen,
    messageSent: (from, to, tag, sizeBytes) => {
      listen(EventKind.MessageSent, from, to, tag, sizeBytes);
      return true;
    },
    tellsAll: true,
    tellsWaits: true,
  };
}
