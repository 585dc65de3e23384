import type { ConformanceCase } from "../conformanceCase.ts";

/** Host ABI ch. 5 and 7: signals, links, monitors and kills. */
export const linkCases: readonly ConformanceCase[] = [
  {
    chapter: "7",
    name: "a link to a process that does not exist ends its caller",
    body: `(process.link 1 999) (process.sleep_ms 1)`,
    ends: "linkDied",
  },
  {
    chapter: "7",
    name: "a link to a process that does not exist is a link-died message for one that does not die with its links",
    body: `
      (process.die_when_link_dies 0) (process.link 11 999) (report (receive)) (report (message.get_tag))`,
    reports: [1, 11],
  },
  {
    chapter: "7",
    name: "a link with tag 0 reports a death without tag",
    body: `(process.die_when_link_dies 0) (process.link 0 999) (report (receive)) (report (message.get_tag))`,
    reports: [1, 0],
  },
  {
    chapter: "7",
    name: "both ends of a link are told its tag",
    body: `
      (process.die_when_link_dies 0) (drop (start "child")) (process.link 5 2) (send_word 2 0 0)
      (report (receive)) (report (message.get_tag))`,
    entries: { child: `(drop (receive)) (unreachable)` },
    reports: [1, 5],
  },
  {
    chapter: "7",
    name: "the other end learns the tag too",
    body: `
      (drop (start "child")) (drop (receive)) (drop (start "failing"))
      (report (receive)) (report (word)) (report (message.get_tag))`,
    entries: {
      child: `
        (process.die_when_link_dies 0) (send_word 1 0 0) (drop (receive)) (send_word 1 (message.get_tag) 77)`,
      failing: `(process.link 6 2) (process.sleep_ms 2) (unreachable)`,
    },
    reports: [0, 77, 6],
  },
  {
    chapter: "5",
    name: "a second link to the same process replaces the tag, and there is one notice",
    body: `
      (process.die_when_link_dies 0) (drop (start "child")) (process.link 5 2) (process.link 6 2) (send_word 2 0 0)
      (report (receive)) (report (message.get_tag)) (report (message.receive 0 0 5))`,
    entries: { child: `(drop (receive)) (unreachable)` },
    reports: [1, 6, 9027],
  },
  {
    chapter: "7",
    name: "a linked process' normal end is silent",
    body: `
      (process.die_when_link_dies 0) (drop (start_linked 5 "child")) (send_word 2 0 0) (await_end 2)
      (report (message.receive 0 0 5))`,
    entries: { child: `(drop (receive))` },
    reports: [9027],
  },
  {
    chapter: "5",
    name: "a linked process' failure takes along who dies when its links die, which is the default",
    body: `(drop (start_linked 5 "child")) (drop (receive))`,
    entries: { child: `(unreachable)` },
    ends: "linkDied",
  },
  {
    chapter: "5",
    name: "die_when_link_dies with any number but 0 is on",
    body: `(process.die_when_link_dies 0) (process.die_when_link_dies 7) (process.link 1 999) (drop (receive))`,
    ends: "linkDied",
  },
  {
    chapter: "5",
    name: "die_when_link_dies is not inherited",
    body: `
      (process.die_when_link_dies 0) (process.monitor (start "child")) (send_word 2 0 0) (report (receive))`,
    entries: { child: `(drop (receive)) (process.link 1 999) (drop (receive))` },
    reports: [2],
  },
  {
    chapter: "17.9",
    name: "a link to a dead process acts at the next yield, not in the call",
    body: `(process.link 1 999) (report 7) (process.sleep_ms 1) (report 8)`,
    reports: [7],
    ends: "linkDied",
  },
  {
    chapter: "17.9",
    name: "die_when_link_dies takes effect in order with the other signals",
    body: `(process.link 1 999) (process.die_when_link_dies 0) (report 7) (drop (receive)) (report 8)`,
    reports: [7],
    ends: "linkDied",
  },
  {
    chapter: "7",
    name: "a link to oneself is harmless",
    body: `(process.link 1 1) (process.sleep_ms 1) (report 1)`,
    reports: [1],
  },
  {
    chapter: "7",
    name: "a ring of linked processes dies as one",
    body: `
      (drop (start "a")) (process.monitor 2) (send_word 2 0 0) (drop (receive)) (report (process.exists 2))
      (await_end 3) (await_end 4) (report (process.exists 3))`,
    entries: {
      a: `(drop (receive)) (process.link 1 (start_linked 1 "b")) (drop (receive))`,
      b: `(process.link 1 2) (process.link 1 (start_linked 1 "c")) (drop (receive))`,
      c: `(process.link 1 2) (process.link 1 3) (process.sleep_ms 2) (unreachable)`,
    },
    reports: [0, 0],
  },
  {
    chapter: "7",
    name: "unlink removes the link on both sides",
    body: `
      (drop (start_linked 5 "child")) (process.monitor 2) (process.unlink 2) (send_word 2 0 0)
      (report (receive)) (report (message.get_process_id))`,
    entries: { child: `(drop (receive)) (unreachable)` },
    reports: [2, 2],
  },
  {
    chapter: "7",
    name: "the other side of an unlink survives too",
    body: `
      (drop (start "parent")) (report (receive)) (report (word))`,
    entries: {
      parent: `(process.unlink (start_linked 5 "child")) (process.sleep_ms 1) (unreachable)`,
      child: `(process.sleep_ms 20) (send_word 1 0 9)`,
    },
    reports: [0, 9],
  },
  {
    chapter: "5",
    name: "a death that is told after an unlink means nothing",
    body: `
      (drop (start "parent")) (report (receive)) (report (word))`,
    entries: {
      parent: `(process.unlink (start_linked 5 "child")) (unreachable)`,
      child: `(process.sleep_ms 20) (send_word 1 0 9)`,
    },
    reports: [0, 9],
    natively: "the unlinked process dies",
  },
  {
    chapter: "3.6",
    name: "unlink of a process that does not exist does nothing",
    body: `(process.unlink 999) (process.unlink 0) (process.sleep_ms 1) (report 1)`,
    reports: [1],
  },
  {
    chapter: "7",
    name: "a link-died message that is in the mailbox already is not taken back by unlink",
    body: `
      (process.die_when_link_dies 0) (drop (start_linked 5 "child")) (await_end 2) (process.sleep_ms 50)
      (process.unlink 2) (report (receive)) (report (message.get_tag))`,
    entries: { child: `(unreachable)` },
    reports: [1, 5],
  },
  {
    chapter: "7",
    name: "a monitor is told of a normal end, once",
    body: `
      (process.monitor (start "child")) (process.monitor 2) (send_word 2 0 0)
      (report (receive)) (report (message.get_process_id)) (report (message.receive 0 0 5))`,
    entries: { child: `(drop (receive))` },
    reports: [2, 2, 9027],
  },
  {
    chapter: "7",
    name: "a monitor is told of a failure, and does not die of it",
    body: `(process.monitor (start "child")) (send_word 2 0 0) (report (receive)) (report (message.get_process_id))`,
    entries: { child: `(drop (receive)) (unreachable)` },
    reports: [2, 2],
  },
  {
    chapter: "4",
    name: "links are told before monitors",
    body: `
      (process.die_when_link_dies 0) (drop (start_linked 5 "child")) (process.monitor 2) (send_word 2 0 0)
      (report (receive)) (report (receive))`,
    entries: { child: `(drop (receive)) (unreachable)` },
    reports: [1, 2],
  },
  {
    chapter: "17.19",
    name: "monitoring a dead process never reports",
    body: `(drop (start "child")) (await_end 2) (process.monitor 2) (report (message.receive 0 0 10))`,
    entries: { child: "" },
    reports: [9027],
  },
  {
    chapter: "7",
    name: "monitoring an id that nobody has never reports",
    body: `(process.monitor 999) (process.monitor 0) (process.monitor -1) (report (message.receive 0 0 10))`,
    reports: [9027],
  },
  {
    chapter: "3.6",
    name: "stop_monitoring ends a monitor",
    body: `
      (process.monitor (start "child")) (process.stop_monitoring 2) (send_word 2 0 0) (await_end 2)
      (report (message.receive 0 0 10))`,
    entries: { child: `(drop (receive))` },
    reports: [9027],
  },
  {
    chapter: "3.6",
    name: "stop_monitoring of a process that was not monitored does nothing",
    body: `(process.stop_monitoring 999) (process.stop_monitoring 1) (process.sleep_ms 1) (report 1)`,
    reports: [1],
  },
  {
    chapter: "7",
    name: "kill ends its target as Failure, so that its links die too",
    body: `
      (process.die_when_link_dies 0) (drop (start_linked 5 "child")) (process.kill 2)
      (report (receive)) (report (message.get_tag)) (report (process.exists 2))`,
    entries: { child: `(drop (receive))` },
    reports: [1, 5, 0],
  },
  {
    chapter: "7",
    name: "who kills a process that it is linked with dies too, if it does not catch that",
    body: `(drop (start_linked 5 "child")) (process.kill 2) (drop (receive))`,
    entries: { child: `(drop (receive))` },
    ends: "linkDied",
  },
  {
    chapter: "3.6",
    name: "kill of a process that does not exist does nothing",
    body: `(process.kill 999) (process.kill 0) (process.kill -1) (process.sleep_ms 1) (report 1)`,
    reports: [1],
  },
  {
    chapter: "7",
    name: "a process in an endless loop can be killed",
    body: `(process.monitor (start "child")) (process.sleep_ms 3) (process.kill 2) (report (receive))`,
    entries: { child: `(loop $for_ever (br $for_ever))` },
    reports: [2],
  },
  {
    chapter: "7",
    name: "a process can be killed right after it was spawned",
    body: `
      (process.monitor (start "child")) (process.kill 2) (send_word 2 0 0)
      (report (receive)) (report (message.receive 0 0 60))`,
    entries: { child: `(drop (receive)) (send_word 1 0 1)` },
    reports: [2, 9027],
  },
  {
    chapter: "5",
    name: "a process that kills itself goes on until its next yield",
    body: `(process.kill 1) (report 1) (process.sleep_ms 1) (report 2)`,
    reports: [1],
    ends: "killed",
  },
  {
    chapter: "17.10",
    name: "a process that kills itself and returns without a yield ends as Normal",
    body: `(process.kill 1)`,
  },
  {
    chapter: "5",
    name: "signals of one sender are handled in order: a message before a kill is never answered",
    body: `
      (process.monitor (start "child")) (process.sleep_ms 2) (process.kill 2) (send_word 2 0 0)
      (report (receive)) (report (message.receive 0 0 5))`,
    entries: { child: `(drop (receive)) (send_word 1 0 0)` },
    reports: [2, 9027],
  },
  {
    chapter: "4",
    name: "what a dead process had in its mailbox is gone without a trace",
    body: `
      (process.monitor (start "child")) (send_word 2 0 0) (send_word 2 0 1) (report (receive))
      (report (message.receive 0 0 5))`,
    entries: { child: `(drop (receive))` },
    reports: [2, 9027],
  },
  {
    chapter: "7",
    name: "a link can be made again after it was undone",
    body: `
      (process.die_when_link_dies 0) (drop (start_linked 5 "child")) (process.unlink 2) (process.link 6 2)
      (send_word 2 0 0) (report (receive)) (report (message.get_tag))`,
    entries: { child: `(drop (receive)) (unreachable)` },
    reports: [1, 6],
  },
  {
    chapter: "7",
    name: "a process that monitors itself changes nothing for others",
    body: `
      (drop (start "child")) (process.monitor 2) (send_word 2 0 0)
      (report (receive)) (report (message.get_process_id)) (report (message.receive 0 0 5))`,
    entries: { child: `(process.monitor 2) (drop (receive))` },
    reports: [2, 2, 9027],
  },
  {
    chapter: "5",
    name: "a process that sleeps can be killed",
    body: `(process.monitor (start "child")) (process.sleep_ms 3) (process.kill 2) (report (receive))`,
    entries: { child: `(process.sleep_ms 1000000000)` },
    reports: [2],
  },
  {
    chapter: "7",
    name: "a link made by a child to its parent takes the parent along",
    body: `(drop (start "child")) (drop (receive)) (report 1)`,
    entries: { child: `(process.link 3 1) (process.sleep_ms 3) (unreachable)` },
    ends: "linkDied",
  },
];
