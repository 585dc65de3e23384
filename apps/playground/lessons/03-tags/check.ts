import type { Goals } from "../../src/lessons/check/index.ts";

export const goals: Goals = [
  {
    id: "soup-first",
    title: "main takes a message although another one came before it",
    hint: "receiveTagged(SOUP) waits for the soup and leaves the roast in the mailbox.",
    isReached: ({ root }) => root !== undefined && root.takenOutOfOrder > 0,
  },
  {
    id: "roast-too",
    title: "The message that had to wait is taken as well",
    hint: "After the soup, receive once more: the roast is still there.",
    isReached: ({ root }) => root !== undefined && root.takenOutOfOrder > 0 && root.taken >= 2,
  },
  {
    id: "time-out",
    title: "main waits in vain, but not for ever, and ends in order",
    hint: "receiveTimeout(1000) gives up after a second. Ask the result: isMessage?",
    isReached: ({ root }) => root !== undefined && root.timeouts > 0 && root.ending === "returned",
  },
];
