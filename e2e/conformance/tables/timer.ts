import type { ConformanceCase } from "../conformanceCase.ts";

/** Host ABI 3.3 and ch. 10. */
export const timerCases: readonly ConformanceCase[] = [
  {
    chapter: "3.3",
    name: "send_after takes the message from the scratch area and delivers it later",
    body: `
      (message.create_data 5 0) (drop (message.write_data "abc"))
      (report (timer.send_after 1 5)) (report (receive)) (report (message.get_tag)) (report (message.data_size))`,
    reports: [0, 0, 5, 3],
  },
  {
    chapter: "3.3",
    name: "send_after empties the scratch area at once",
    body: `(message.create_data 5 0) (drop (timer.send_after 1 50)) (drop (message.get_tag))`,
    ends: "trapped: lunatic::message::get_tag: there is no message",
  },
  {
    chapter: "3.3",
    name: "send_after with an empty scratch area traps",
    body: `(drop (timer.send_after 1 5))`,
    ends: "trapped: lunatic::timer::send_after: there is no message",
  },
  {
    chapter: "10",
    name: "timer ids count from 0 in each process",
    body: `
      (message.create_data 0 0) (report (timer.send_after 999 1000))
      (message.create_data 0 0) (report (timer.send_after 999 1000))
      (drop (start "child")) (drop (receive)) (report (word))`,
    entries: {
      child: `(message.create_data 0 0) (i64.store 256 (timer.send_after 1 100000)) (send_word 1 0 (i64.load 256))`,
    },
    reports: [0, 1, 0],
  },
  {
    chapter: "10",
    name: "timers fire in the order of their deadlines, not of their making",
    body: `
      (message.create_data 3 0) (drop (timer.send_after 1 400))
      (message.create_data 2 0) (drop (timer.send_after 1 200))
      (message.create_data 1 0) (drop (timer.send_after 1 0))
      (drop (receive)) (report (message.get_tag)) (drop (receive)) (report (message.get_tag))
      (drop (receive)) (report (message.get_tag))`,
    reports: [1, 2, 3],
  },
  {
    chapter: "3.3",
    name: "cancel_timer answers 1 and stops a timer that has not fired",
    body: `
      (message.create_data 0 0) (drop (timer.send_after 1 10)) (report (timer.cancel_timer 0))
      (report (message.receive 0 0 30))`,
    reports: [1, 9027],
  },
  {
    chapter: "3.3",
    name: "cancel_timer answers 0 for an id that is not in the table",
    body: `
      (report (timer.cancel_timer 0)) (report (timer.cancel_timer -1))
      (message.create_data 0 0) (drop (timer.send_after 1 1000))
      (drop (timer.cancel_timer 0)) (report (timer.cancel_timer 0))`,
    reports: [0, 0, 0],
  },
  {
    chapter: "17.17",
    name: "cancel_timer answers 1 for a timer that fired, until the next send_after",
    body: `
      (message.create_data 0 0) (drop (timer.send_after 1 1)) (drop (receive)) (process.sleep_ms 2)
      (report (timer.cancel_timer 0))
      (message.create_data 0 0) (drop (timer.send_after 1 1)) (drop (receive)) (process.sleep_ms 2)
      (message.create_data 0 0) (drop (timer.send_after 1 1000))
      (report (timer.cancel_timer 1)) (report (timer.cancel_timer 2))`,
    reports: [1, 0, 1],
  },
  {
    chapter: "3.3",
    name: "the target is looked up when the timer is made",
    body: `
      (message.create_data 0 0) (drop (timer.send_after 2 15)) (drop (start "child"))
      (report (message.receive 0 0 60))`,
    entries: { child: `(drop (receive)) (send_word 1 0 0)` },
    reports: [9027],
  },
  {
    chapter: "10",
    name: "a timer fires after its process is dead",
    body: `
      (process.monitor (start "child")) (send_word 2 0 0)
      (report (receive)) (report (receive)) (report (message.get_tag))`,
    entries: { child: `(drop (receive)) (message.create_data 9 0) (drop (timer.send_after 1 20))` },
    reports: [2, 0, 9],
  },
  {
    chapter: "10",
    name: "a timer whose target died meanwhile does nothing",
    body: `
      (drop (start "child")) (message.create_data 9 0) (drop (timer.send_after 2 5)) (send_word 2 0 0) (await_end 2)
      (process.sleep_ms 10) (report 1)`,
    entries: { child: `(drop (receive))` },
    reports: [1],
  },
  {
    chapter: "10",
    name: "a delayed message is received selectively like any other",
    body: `
      (message.create_data 9 0) (drop (timer.send_after 1 1)) (message.create_data 8 0) (drop (timer.send_after 1 20))
      (report (receive_tag 8 -1)) (report (receive_tag 9 -1))`,
    reports: [0, 0],
  },
  {
    chapter: "3.3",
    name: "a delay of centuries is kept like any other, and can be cancelled",
    body: `
      (message.create_data 9 0) (report (timer.send_after 1 -1)) (report (message.receive 0 0 10))
      (report (timer.cancel_timer 0))`,
    reports: [0, 9027, 1],
  },
  {
    chapter: "10",
    name: "a receive whose message comes in time is not timed out",
    body: `
      (message.create_data 9 0) (drop (timer.send_after 1 5)) (report (message.receive 0 0 10000))
      (report (message.receive 0 0 20))`,
    reports: [0, 9027],
  },
  {
    chapter: "10",
    name: "a timer of another process cannot be cancelled",
    body: `
      (message.create_data 9 0) (drop (timer.send_after 1 20)) (drop (start "child"))
      (drop (receive_tag 3 -1)) (report (word)) (drop (receive)) (report (message.get_tag))`,
    entries: { child: `(send_word 1 3 (i64.extend_i32_u (timer.cancel_timer 0)))` },
    reports: [0, 9],
  },
];
