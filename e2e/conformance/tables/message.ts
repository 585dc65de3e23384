import type { ConformanceCase } from "../conformanceCase.ts";

/** Host ABI 3.2: the scratch area and what is written to and read from it. */
export const messageCases: readonly ConformanceCase[] = [
  {
    chapter: "3.2",
    name: "create_data makes an empty message with the tag",
    body: `(message.create_data 77 1000) (report (message.get_tag)) (report (message.data_size))`,
    reports: [77, 0],
  },
  {
    chapter: "3.2",
    name: "create_data with tag 0 makes a message without tag",
    body: `(message.create_data 0 0) (report (message.get_tag))`,
    reports: [0],
  },
  {
    chapter: "3.2",
    name: "a tag is signed",
    body: `(message.create_data -5 0) (report (message.get_tag))`,
    reports: [-5],
  },
  {
    chapter: "17.13",
    name: "an absurd capacity is only a hint",
    body: `(message.create_data 77 -1) (report (message.write_data "abc")) (report (message.get_tag))`,
    reports: [3, 77],
    natively: "the process hangs",
  },
  {
    chapter: "3.2",
    name: "create_data drops the message that was in the scratch area",
    body: `
      (message.create_data 1 0) (drop (message.write_data "old"))
      (message.create_data 2 0) (report (message.data_size)) (report (message.get_tag))`,
    reports: [0, 2],
  },
  {
    chapter: "3.2",
    name: "write_data returns the length and appends",
    body: `
      (message.create_data 0 0)
      (report (message.write_data "abc")) (report (message.write_data "defgh")) (report (message.data_size))
      (drop (message.read_data 256 8)) (say 256 8)`,
    reports: [3, 5, 8, "abcdefgh"],
  },
  {
    chapter: "3.2",
    name: "write_data appends at the end, whatever was read",
    body: `
      (message.create_data 0 0) (drop (message.write_data "abc"))
      (message.seek_data 1) (drop (message.write_data "def"))
      (report (message.read_data 256 10)) (say 256 5)`,
    reports: [5, "bcdef"],
  },
  {
    chapter: "1",
    name: "write_data of nothing is legal with a dangling address",
    body: `(message.create_data 0 0) (report (message.write_data 1 0)) (report (message.write_data 0 0))`,
    reports: [0, 0],
  },
  {
    chapter: "1",
    name: "an address is not looked at when its length is 0",
    body: `
      (message.create_data 0 0) (report (message.write_data 70000 0)) (report (message.read_data 70000 0))
      (registry.put 70000 0 0 1) (report (registry.get 70000 0 256 264))`,
    reports: [0, 0, 0],
    natively: "traps for an address outside memory",
  },
  {
    chapter: "3.2",
    name: "write_data into an empty scratch area traps",
    body: `(drop (message.write_data "abc"))`,
    ends: "trapped: lunatic::message::write_data: there is no message",
  },
  {
    chapter: "3.2",
    name: "write_data into a notice traps",
    body: `(process.die_when_link_dies 0) (process.link 1 999) (drop (receive)) (drop (message.write_data "abc"))`,
    ends: "trapped: lunatic::message::write_data: the received message is a link-died notice",
  },
  {
    chapter: "1",
    name: "write_data from a range that ends outside memory traps",
    body: `(message.create_data 0 0) (drop (message.write_data 65533 4))`,
    ends: "trapped: lunatic::message::write_data: the range of 4 bytes at address 65533",
  },
  {
    chapter: "1",
    name: "write_data from the last byte of memory works",
    body: `(message.create_data 0 0) (i32.store8 65535 7) (report (message.write_data 65535 1))`,
    reports: [1],
  },
  {
    chapter: "1",
    name: "an address is unsigned: one of 2^31 and more is outside a small memory",
    body: `(message.create_data 0 0) (drop (message.write_data -4 4))`,
    ends: "trapped: lunatic::message::write_data: the range of 4 bytes at address 4294967292",
  },
  {
    chapter: "1",
    name: "a length of -1 is 4 GiB and not nothing",
    body: `(message.create_data 0 0) (drop (message.write_data 256 -1))`,
    ends: "trapped: lunatic::message::write_data: the range of 4294967295 bytes",
  },
  {
    chapter: "3.2",
    name: "read_data copies what is there, at most len, and advances",
    body: `
      (message.create_data 0 0) (drop (message.write_data "abcde")) (mark 256 8)
      (report (message.read_data 256 2)) (report (message.read_data 258 10)) (dump 256 8)`,
    reports: [2, 3, "6162636465aaaaaa"],
  },
  {
    chapter: "3.2",
    name: "read_data returns 0 at the end, again and again",
    body: `
      (message.create_data 0 0) (drop (message.write_data "a")) (drop (message.read_data 256 1))
      (report (message.read_data 256 4)) (report (message.read_data 256 4))`,
    reports: [0, 0],
  },
  {
    chapter: "3.2",
    name: "read_data of nothing reads nothing",
    body: `
      (message.create_data 0 0) (drop (message.write_data "a"))
      (report (message.read_data 1 0)) (report (message.read_data 256 4))`,
    reports: [0, 1],
  },
  {
    chapter: "1",
    name: "read_data into a range outside memory traps, also when less is left to read",
    body: `(message.create_data 0 0) (drop (message.write_data "a")) (drop (message.read_data 65535 2))`,
    ends: "trapped: lunatic::message::read_data: the range of 2 bytes at address 65535",
  },
  {
    chapter: "3.2",
    name: "read_data behind the end traps after a seek",
    body: `(message.create_data 0 0) (drop (message.write_data "abc")) (message.seek_data 4) (drop (message.read_data 256 1))`,
    ends: "trapped: lunatic::message::read_data: the read position 4 is behind the end",
  },
  {
    chapter: "3.2",
    name: "seek_data to the very end is no error",
    body: `(message.create_data 0 0) (drop (message.write_data "abc")) (message.seek_data 3) (report (message.read_data 256 1))`,
    reports: [0],
  },
  {
    chapter: "3.2",
    name: "seek_data does not check the position, and later writes can make it valid",
    body: `
      (message.create_data 0 0) (message.seek_data 2) (drop (message.write_data "abcd"))
      (report (message.read_data 256 10)) (say 256 2)`,
    reports: [2, "cd"],
  },
  {
    chapter: "3.2",
    name: "read_data from an empty scratch area traps",
    body: `(drop (message.read_data 256 1))`,
    ends: "trapped: lunatic::message::read_data: there is no message",
  },
  {
    chapter: "3.2",
    name: "read_data from a notice traps",
    body: `
      (process.monitor (start "child")) (send_word 2 0 0) (drop (receive)) (drop (message.read_data 256 1))`,
    entries: { child: `(drop (receive))` },
    ends: "trapped: lunatic::message::read_data: the received message is a process-died notice",
  },
  {
    chapter: "3.2",
    name: "seek_data in an empty scratch area traps",
    body: `(message.seek_data 0)`,
    ends: "trapped: lunatic::message::seek_data: there is no message",
  },
  {
    chapter: "3.2",
    name: "get_tag of an empty scratch area traps",
    body: `(drop (message.get_tag))`,
    ends: "trapped: lunatic::message::get_tag: there is no message",
  },
  {
    chapter: "3.2",
    name: "get_process_id of an empty scratch area traps",
    body: `(drop (message.get_process_id))`,
    ends: "trapped: lunatic::message::get_process_id: there is no message",
  },
  {
    chapter: "3.2",
    name: "data_size of an empty scratch area traps",
    body: `(drop (message.data_size))`,
    ends: "trapped: lunatic::message::data_size: there is no message",
  },
  {
    chapter: "3.2",
    name: "get_process_id is 0 for data and for link-died, and the dead process for process-died",
    body: `
      (local $child i64)
      (message.create_data 0 0) (report (message.get_process_id))
      (process.die_when_link_dies 0) (process.link 1 999) (drop (receive)) (report (message.get_process_id))
      (local.set $child (start "child")) (process.monitor $child) (send_word $child 0 0)
      (drop (receive)) (report (i64.eq (message.get_process_id) $child)) (report (message.get_tag))`,
    entries: { child: `(drop (receive))` },
    reports: [0, 0, 1, 0],
  },
  {
    chapter: "3.2",
    name: "data_size is that of the whole buffer, whatever was read",
    body: `
      (message.create_data 0 0) (drop (message.write_data "abcde")) (drop (message.read_data 256 3))
      (report (message.data_size))`,
    reports: [5],
  },
  {
    chapter: "3.2",
    name: "data_size of a notice traps",
    body: `(process.die_when_link_dies 0) (process.link 1 999) (drop (receive)) (drop (message.data_size))`,
    ends: "trapped: lunatic::message::data_size: the received message is a link-died notice",
  },
  {
    chapter: "3.2",
    name: "send returns 0 and empties the scratch area",
    body: `(message.create_data 0 0) (report (message.send (process.process_id))) (drop (message.data_size))`,
    reports: [0],
    ends: "trapped: lunatic::message::data_size: there is no message",
  },
  {
    chapter: "3.2",
    name: "send to a process that does not exist returns 0 too, and drops the message",
    body: `
      (message.create_data 0 0) (report (message.send 12345))
      (message.create_data 0 0) (report (message.send 0))
      (message.create_data 0 0) (report (message.send -1))`,
    reports: [0, 0, 0],
  },
  {
    chapter: "3.2",
    name: "send with an empty scratch area traps",
    body: `(drop (message.send 1))`,
    ends: "trapped: lunatic::message::send: there is no message",
  },
  {
    chapter: "6",
    name: "a forwarded message keeps its data, tag and read position",
    body: `
      (drop (start "child"))
      (message.create_data 9 0) (drop (message.write_data "abcdef"))
      (drop (message.send 2))
      (drop (receive))
      (report (message.get_tag)) (report (message.data_size)) (report (message.read_data 256 10)) (say 256 4)`,
    entries: { child: `(drop (receive)) (drop (message.read_data 256 2)) (drop (message.send 1))` },
    reports: [9, 6, 4, "cdef"],
  },
  {
    chapter: "3.2",
    name: "a received link-died notice can be sent on",
    body: `(drop (start "child")) (report (receive)) (report (message.get_tag))`,
    entries: {
      child: `(process.die_when_link_dies 0) (process.link 31 999) (drop (receive)) (drop (message.send 1))`,
    },
    reports: [1, 31],
  },
  {
    chapter: "3.2",
    name: "a received process-died notice can be sent on",
    body: `(drop (start "child")) (report (receive)) (report (i64.gt_s (message.get_process_id) 2))`,
    entries: {
      child: `
        (local $grandchild i64) (local.set $grandchild (start "grandchild")) (process.monitor $grandchild)
        (send_word $grandchild 0 0) (drop (receive)) (drop (message.send 1))`,
      grandchild: `(drop (receive))`,
    },
    reports: [2, 1],
  },
  {
    chapter: "3.2",
    name: "a message of a megabyte arrives as it was sent",
    pages: 34,
    body: `
      (memory.fill 65536 0x5a 1048576) (i32.store8 1114111 7)
      (message.create_data 0 0) (report (message.write_data 65536 1048576))
      (drop (start "child")) (drop (message.send 2)) (drop (receive)) (report (word))`,
    entries: {
      child: `
        (drop (receive)) (ok (i32.ne (message.read_data 1048576 1048576) 1048576))
        (send_word 1 0 (i64.load32_u (i32.const 2097148)))`,
    },
    reports: [1048576, 0x07_5a_5a_5a],
  },
];
