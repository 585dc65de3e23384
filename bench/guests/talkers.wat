;; $COUNT processes, of which each sends an empty message to the one before it every $PERIOD milliseconds and empties its
;; own mailbox. The root takes what the first one sends. It goes on for ever. The two numbers are put in by the bench.
(module
  (import "lunatic::process" "spawn"
    (func $spawn (param i64 i64 i64 i32 i32 i32 i32 i32) (result i32)))
  (import "lunatic::process" "sleep_ms" (func $sleep_ms (param i64)))
  (import "lunatic::message" "create_data" (func $create_data (param i64 i64)))
  (import "lunatic::message" "send" (func $send (param i64) (result i32)))
  (import "lunatic::message" "receive" (func $receive (param i32 i32 i64) (result i32)))
  (memory (export "memory") 1)
  ;; The parameter of a talker: its type 0x7e (i64), then the pid of the one before it.
  (data (i32.const 32) "\7e\01\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00")
  (data (i32.const 64) "talker")

  (func (export "talker") (param $peer i64)
    (loop $next
      (call $sleep_ms (i64.const $PERIOD))
      (call $create_data (i64.const 1) (i64.const 0))
      (drop (call $send (local.get $peer)))
      ;; 9027: nothing came within 0 ms.
      (loop $drain
        (br_if $drain (i32.ne (call $receive (i32.const 0) (i32.const 0) (i64.const 0)) (i32.const 9027))))
      (br $next)))

  (func (export "_start") (local $made i64)
    (i64.store (i32.const 48) (i64.const 1))
    (loop $next
      (i64.store (i32.const 33) (i64.load (i32.const 48)))
      (drop (call $spawn (i64.const 0) (i64.const -1) (i64.const -1)
        (i32.const 64) (i32.const 6) (i32.const 32) (i32.const 17) (i32.const 48)))
      (local.set $made (i64.add (local.get $made) (i64.const 1)))
      (br_if $next (i64.lt_u (local.get $made) (i64.const $COUNT))))
    (loop $drain
      (drop (call $receive (i32.const 0) (i32.const 0) (i64.const -1)))
      (br $drain))))
