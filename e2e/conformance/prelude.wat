  ;; Addresses: 0 to 15 iovec, 16 to 159 a line of output, 160 to 255 out-pointers.

  (func $print (param $length i32)
    (i32.store (i32.const 0) (i32.const 16))
    (i32.store (i32.const 4) (local.get $length))
    (drop (call $preview1.fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))

  (func $hex_digit (param $digit i32) (result i32)
    (select
      (i32.add (local.get $digit) (i32.const 48))
      (i32.add (local.get $digit) (i32.const 87))
      (i32.lt_u (local.get $digit) (i32.const 10))))

  ;; Reports a word: a line "w" and 16 digits.
  (func $report (param $word i64)
    (local $at i32)
    (i32.store8 (i32.const 16) (i32.const 119))
    (local.set $at (i32.const 32))
    (loop $next
      (i32.store8 (local.get $at) (call $hex_digit (i32.and (i32.wrap_i64 (local.get $word)) (i32.const 15))))
      (local.set $word (i64.shr_u (local.get $word) (i64.const 4)))
      (local.set $at (i32.sub (local.get $at) (i32.const 1)))
      (br_if $next (i32.gt_u (local.get $at) (i32.const 16))))
    (i32.store8 (i32.const 33) (i32.const 10))
    (call $print (i32.const 18)))

  ;; Reports at most 64 bytes: a line "d" and two digits for each.
  (func $dump (param $from i32) (param $count i32)
    (local $at i32)
    (i32.store8 (i32.const 16) (i32.const 100))
    (local.set $at (i32.const 17))
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $count)))
        (i32.store8 (local.get $at) (call $hex_digit (i32.shr_u (i32.load8_u (local.get $from)) (i32.const 4))))
        (i32.store8 offset=1 (local.get $at)
          (call $hex_digit (i32.and (i32.load8_u (local.get $from)) (i32.const 15))))
        (local.set $at (i32.add (local.get $at) (i32.const 2)))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $next)))
    (i32.store8 (local.get $at) (i32.const 10))
    (call $print (i32.sub (local.get $at) (i32.const 15))))

  ;; Reports a text without line breaks of at most 140 bytes: a line "t" and the text.
  (func $say (param $from i32) (param $count i32)
    (i32.store8 (i32.const 16) (i32.const 116))
    (memory.copy (i32.const 17) (local.get $from) (local.get $count))
    (i32.store8 offset=17 (local.get $count) (i32.const 10))
    (call $print (i32.add (local.get $count) (i32.const 2))))

  ;; Marks bytes, to see afterwards which a host function has written.
  (func $mark (param $from i32) (param $count i32)
    (memory.fill (local.get $from) (i32.const 0xaa) (local.get $count)))

  ;; A call that must answer 0.
  (func $ok (param $code i32)
    (if (local.get $code) (then (unreachable))))

  ;; Spawns a process with the caller's module and config and without params. Answers its id.
  (func $start_linked (param $link i64) (param $name i32) (param $length i32) (result i64)
    (call $ok (call $spawned (call $process.spawn (local.get $link) (i64.const -1) (i64.const -1)
      (local.get $name) (local.get $length) (i32.const 0) (i32.const 0) (i32.const 160))))
    (i64.load (i32.const 160)))
  (func $start (param $name i32) (param $length i32) (result i64)
    (call $start_linked (i64.const 0) (local.get $name) (local.get $length)))

  ;; Sends 8 bytes.
  (func $send_word (param $to i64) (param $tag i64) (param $word i64)
    (call $message.create_data (local.get $tag) (i64.const 0))
    (i64.store (i32.const 168) (local.get $word))
    (drop (call $message.write_data (i32.const 168) (i32.const 8)))
    (drop (call $message.send (local.get $to))))

  ;; The next 8 bytes of the message in the scratch area.
  (func $word (result i64)
    (if (i32.ne (call $message.read_data (i32.const 176) (i32.const 8)) (i32.const 8)) (then (unreachable)))
    (i64.load (i32.const 176)))

  ;; Waits for any message. Answers the code of message::receive.
  (func $receive (result i32)
    (call $message.receive (i32.const 0) (i32.const 0) (i64.const -1)))

  ;; Waits for a message with this tag.
  (func $receive_tag (param $tag i64) (param $timeout i64) (result i32)
    (i64.store (i32.const 184) (local.get $tag))
    (call $message.receive (i32.const 184) (i32.const 1) (local.get $timeout)))

  ;; Waits until a process is dead that was alive when it was called.
  (func $await_end (param $pid i64)
    (block $dead
      (loop $again
        (br_if $dead (i32.eqz (call $process.exists (local.get $pid))))
        (call $process.sleep_ms (i64.const 1))
        (br $again))))
