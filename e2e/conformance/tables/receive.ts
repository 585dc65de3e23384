import type { ConformanceCase } from "../conformanceCase.ts";

/** Host ABI 3.2 and ch. 6: receiving, by tag and with a timeout, and the order of messages. */
export const receiveCases: readonly ConformanceCase[] = [
  {
    chapter: "6",
    name: "receive without tags takes the oldest message, tagged or not",
    body: `
      (send_word 1 0 10) (send_word 1 5 11) (send_word 1 0 12)
      (drop (receive)) (report (word)) (drop (receive)) (report (word)) (drop (receive)) (report (word))`,
    reports: [10, 11, 12],
  },
  {
    chapter: "6",
    name: "receive with tags takes the oldest message whose tag is listed, and the others stay in order",
    body: `
      (send_word 1 1 10) (send_word 1 2 11) (send_word 1 3 12) (send_word 1 2 13)
      (i64.store 256 3) (i64.store 264 2)
      (report (message.receive 256 2 -1)) (report (word))
      (report (message.receive 256 2 -1)) (report (word))
      (report (message.receive 256 2 -1)) (report (word))
      (drop (receive)) (report (word))`,
    reports: [0, 11, 0, 12, 0, 13, 10],
  },
  {
    chapter: "6",
    name: "of several messages with the same tag the oldest comes first",
    body: `
      (send_word 1 4 1) (send_word 1 4 2) (send_word 1 4 3)
      (drop (receive_tag 4 -1)) (report (word)) (drop (receive_tag 4 -1)) (report (word))`,
    reports: [1, 2],
  },
  {
    chapter: "6",
    name: "a message without tag is in no list",
    body: `(send_word 1 0 10) (report (receive_tag 7 0)) (drop (receive)) (report (word))`,
    reports: [9027, 10],
  },
  {
    chapter: "6",
    name: "a 0 in a list of tags matches nothing (17.24)",
    body: `(send_word 1 0 10) (report (receive_tag 0 0)) (drop (receive)) (report (word))`,
    reports: [9027, 10],
  },
  {
    chapter: "6",
    name: "a negative tag is a tag like any other",
    body: `(send_word 1 -9 10) (report (receive_tag -9 -1)) (report (word))`,
    reports: [0, 10],
  },
  {
    chapter: "3.2",
    name: "a list of no tags takes any message, whatever the address",
    body: `(send_word 1 5 10) (report (message.receive 99999 0 -1)) (report (word))`,
    reports: [0, 10],
  },
  {
    chapter: "1",
    name: "a list of tags outside memory traps",
    body: `(drop (message.receive 65529 1 0))`,
    ends: "trapped: lunatic::message::receive: the range of 8 bytes at address 65529",
  },
  {
    chapter: "1",
    name: "a list of tags whose size is no number of 32 bits traps",
    body: `(drop (message.receive 0 0x20000000 0))`,
    ends: "trapped: lunatic::message::receive",
    natively: "the size wraps around",
  },
  {
    chapter: "6",
    name: "receive waits for a message that is not there yet",
    body: `(drop (start "child")) (report (receive)) (report (word)) (report (message.get_tag))`,
    entries: { child: `(process.sleep_ms 5) (send_word 1 3 42)` },
    reports: [0, 42, 3],
  },
  {
    chapter: "6",
    name: "while a receive waits for a tag, other messages are queued in order",
    body: `
      (drop (start "child")) (report (receive_tag 9 -1)) (report (word))
      (drop (receive)) (report (word)) (drop (receive)) (report (word))`,
    entries: { child: `(send_word 1 0 1) (send_word 1 8 2) (process.sleep_ms 2) (send_word 1 9 3)` },
    reports: [0, 3, 1, 2],
  },
  {
    chapter: "1",
    name: "a timeout of 0 takes what is there already",
    body: `(send_word 1 0 10) (report (message.receive 0 0 0)) (report (word))`,
    reports: [0, 10],
  },
  {
    chapter: "6",
    name: "a timeout of 0 with nothing there answers 9027",
    body: `(report (message.receive 0 0 0))`,
    reports: [9027],
  },
  {
    chapter: "6",
    name: "a timed-out receive leaves the scratch area alone",
    body: `(message.create_data 6 0) (report (message.receive 0 0 3)) (report (message.get_tag))`,
    reports: [9027, 6],
  },
  {
    chapter: "17.1",
    name: "after a timed-out receive the order of arrival holds",
    body: `
      (report (receive_tag 5 1))
      (send_word 1 5 1) (send_word 1 5 2) (send_word 1 5 3) (process.sleep_ms 1)
      (drop (receive)) (report (word)) (drop (receive)) (report (word)) (drop (receive)) (report (word))`,
    reports: [9027, 1, 2, 3],
    natively: "the first match is queued behind later arrivals",
  },
  {
    chapter: "3.2",
    name: "receive answers 1 for link-died, whose tag is the link's",
    body: `(process.die_when_link_dies 0) (process.link 21 999) (report (receive)) (report (message.get_tag))`,
    reports: [1, 21],
  },
  {
    chapter: "6",
    name: "link-died takes part in selective receive by its tag",
    body: `
      (process.die_when_link_dies 0) (send_word 1 4 1) (process.link 21 999)
      (report (receive_tag 21 -1)) (report (receive_tag 4 -1))`,
    reports: [1, 0],
  },
  {
    chapter: "3.2",
    name: "receive answers 2 for process-died, which has no tag and is in no list",
    body: `
      (process.monitor (start "child")) (send_word 2 0 0) (await_end 2)
      (report (receive_tag 1 5)) (report (receive)) (report (message.get_tag)) (report (message.get_process_id))`,
    entries: { child: `(drop (receive))` },
    reports: [9027, 2, 0, 2],
  },
  {
    chapter: "5",
    name: "a process that sends to itself gets the message at its next receive",
    body: `(send_word (process.process_id) 3 8) (report (message.receive 0 0 0)) (report (word))`,
    reports: [0, 8],
  },
  {
    chapter: "6",
    name: "messages of one sender arrive in the order they were sent",
    body: `
      (local $i i64)
      (drop (start "child"))
      (loop $next
        (drop (receive)) (ok (i64.ne (word) $i))
        (local.set $i (i64.add $i 1)) (br_if $next (i64.lt_u $i 200)))
      (report $i)`,
    entries: {
      child: `
        (local $i i64)
        (loop $next (send_word 1 0 $i) (local.set $i (i64.add $i 1)) (br_if $next (i64.lt_u $i 200)))`,
    },
    reports: [200],
  },
  {
    chapter: "6",
    name: "a selective receive finds its message behind a thousand others",
    body: `
      (local $i i64)
      (loop $next (send_word 1 0 $i) (local.set $i (i64.add $i 1)) (br_if $next (i64.lt_u $i 1000)))
      (send_word 1 7 77)
      (report (receive_tag 7 -1)) (report (word)) (drop (receive)) (report (word))`,
    reports: [0, 77, 0],
  },
  {
    chapter: "3.2",
    name: "send_receive_skip_search does not look at messages already queued",
    body: `
      (send_word 1 4 1) (process.sleep_ms 1) (drop (start "echo"))
      (message.create_data 4 0) (i64.store 256 2) (drop (message.write_data 256 8))
      (report (message.send_receive_skip_search 2 4 -1)) (report (word))
      (drop (receive)) (report (word))`,
    entries: { echo: `(drop (receive)) (drop (message.send 1))` },
    reports: [0, 2, 1],
  },
  {
    chapter: "3.2",
    name: "send_receive_skip_search leaves messages with other tags in the mailbox",
    body: `
      (drop (start "child")) (message.create_data 4 0)
      (report (message.send_receive_skip_search 2 4 -1)) (report (word))
      (drop (receive)) (report (word))`,
    entries: { child: `(drop (receive)) (send_word 1 5 50) (send_word 1 0 51) (send_word 1 4 40)` },
    reports: [0, 40, 50],
  },
  {
    chapter: "3.2",
    name: "send_receive_skip_search answers 9027 when it times out, with an empty scratch area",
    body: `
      (message.create_data 4 0) (report (message.send_receive_skip_search 999 4 2)) (drop (message.get_tag))`,
    reports: [9027],
    ends: "trapped: lunatic::message::get_tag: there is no message",
  },
  {
    chapter: "3.2",
    name: "send_receive_skip_search with an empty scratch area traps",
    body: `(drop (message.send_receive_skip_search 1 4 0))`,
    ends: "trapped: lunatic::message::send_receive_skip_search: there is no message",
  },
  {
    chapter: "3.2",
    name: "send_receive_skip_search for tag 0 matches nothing",
    body: `
      (drop (start "echo")) (message.create_data 0 0) (report (message.send_receive_skip_search 2 0 10))
      (report (receive))`,
    entries: { echo: `(drop (receive)) (drop (message.send 1))` },
    reports: [9027, 0],
  },
  {
    chapter: "17.25",
    name: "send_receive_skip_search answers 0 also for a link-died with the tag",
    body: `
      (process.die_when_link_dies 0) (drop (start_linked 6 "child")) (message.create_data 0 0)
      (report (message.send_receive_skip_search 2 6 -1)) (drop (message.data_size))`,
    entries: { child: `(drop (receive)) (unreachable)` },
    reports: [0],
    ends: "trapped: lunatic::message::data_size: the received message is a link-died notice",
  },
  {
    chapter: "6",
    name: "a message to oneself is received by send_receive_skip_search, for it is taken in after the call",
    body: `(message.create_data 8 0) (report (message.send_receive_skip_search 1 8 -1)) (report (message.get_tag))`,
    reports: [0, 8],
  },
  {
    chapter: "5",
    name: "a kill drops a pending receive at once",
    body: `
      (process.monitor (start "child")) (process.sleep_ms 2) (process.kill 2)
      (report (receive)) (report (process.exists 2))`,
    entries: { child: `(drop (receive))` },
    reports: [2, 0],
  },
];
