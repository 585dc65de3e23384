;; A lunatic program without a framework: what the host functions look like from
;; below. The root starts children by the names of exported functions, gives them
;; parameters of every type there is, and waits for their messages by tag.
(module
  (import "lunatic::process" "spawn" (func $spawn
    ;; link tag, config, module (-1: mine), function name, parameters, where the id goes
    (param i64 i64 i64 i32 i32 i32 i32 i32) (result i32)))
  (import "lunatic::process" "process_id" (func $process_id (result i64)))
  (import "lunatic::process" "die_when_link_dies" (func $die_when_link_dies (param i32)))
  (import "lunatic::message" "create_data" (func $create_data (param i64 i64)))
  (import "lunatic::message" "write_data" (func $write_data (param i32 i32) (result i32)))
  (import "lunatic::message" "read_data" (func $read_data (param i32 i32) (result i32)))
  (import "lunatic::message" "seek_data" (func $seek_data (param i64)))
  (import "lunatic::message" "data_size" (func $data_size (result i64)))
  (import "lunatic::message" "get_tag" (func $get_tag (result i64)))
  (import "lunatic::message" "send" (func $send (param i64) (result i32)))
  (import "lunatic::message" "receive" (func $receive (param i32 i32 i64) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))

  (memory (export "memory") 1)

  ;;   0  buffer for fd_write and its result        64  parameters of a spawn, 17 bytes each
  ;;  16  tag to wait for                          128  a message
  ;;  24  id of the child                          256  texts
  (data (i32.const 256) "doublesplit missing")
  (data (i32.const 300) "21 doubled is 42\n")
  (data (i32.const 320) "a vector arrived in two halves\n")
  (data (i32.const 360) "a function that does not exist: the child failed\n")
  (data (i32.const 420) "a function with other parameters: the child failed\n")
  (data (i32.const 480) "nothing came for a tag nobody uses\n")

  (func $print (param $text i32) (param $length i32)
    (i32.store (i32.const 0) (local.get $text))
    (i32.store (i32.const 4) (local.get $length))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))

  ;; Waits for a message with this tag and returns what kind it is: 0 data,
  ;; 1 the end of a link, 9027 none in time.
  (func $receive_tagged (param $tag i64) (param $milliseconds i64) (result i32)
    (i64.store (i32.const 16) (local.get $tag))
    (call $receive (i32.const 16) (i32.const 1) (local.get $milliseconds)))

  (func $require (param $condition i32)
    (if (i32.eqz (local.get $condition)) (then unreachable)))

  ;; A child: takes a number and its parent, answers with twice the number.
  (func (export "double") (param $number i32) (param $parent i64)
    (i32.store (i32.const 128) (i32.shl (local.get $number) (i32.const 1)))
    (call $create_data (i64.const 64) (i64.const 4))
    (drop (call $write_data (i32.const 128) (i32.const 4)))
    (drop (call $send (local.get $parent))))

  ;; A child: takes a vector of two numbers. Low half: its parent. High half: the answer.
  (func (export "split") (param $both v128)
    (i64.store (i32.const 128) (i64x2.extract_lane 1 (local.get $both)))
    (call $create_data (i64.const 65) (i64.const 0))
    ;; A message may be written in pieces.
    (drop (call $write_data (i32.const 128) (i32.const 3)))
    (drop (call $write_data (i32.const 131) (i32.const 5)))
    (drop (call $send (i64x2.extract_lane 0 (local.get $both)))))

  ;; Parameter `index`: a type byte, then 16 bytes, little-endian.
  (func $parameter (param $index i32) (param $type i32) (param $low i64) (param $high i64)
    (local $at i32)
    (local.set $at (i32.add (i32.const 64) (i32.mul (local.get $index) (i32.const 17))))
    (i32.store8 (local.get $at) (local.get $type))
    (i64.store offset=1 align=1 (local.get $at) (local.get $low))
    (i64.store offset=9 align=1 (local.get $at) (local.get $high)))

  (func $start (param $link i64) (param $name i32) (param $length i32) (param $parameters i32)
    (call $require (i32.eqz (call $spawn
      (local.get $link) (i64.const -1) (i64.const -1) (local.get $name) (local.get $length)
      (i32.const 64) (i32.mul (local.get $parameters) (i32.const 17)) (i32.const 24)))))

  (func (export "_start")
    ;; i32 (type byte 0x7f) and i64 (0x7e)
    (call $parameter (i32.const 0) (i32.const 0x7f) (i64.const 21) (i64.const 0))
    (call $parameter (i32.const 1) (i32.const 0x7e) (call $process_id) (i64.const 0))
    (call $start (i64.const 0) (i32.const 256) (i32.const 6) (i32.const 2))
    (call $require (i32.eqz (call $receive_tagged (i64.const 64) (i64.const -1))))
    (call $require (i64.eq (call $data_size) (i64.const 4)))
    (call $require (i32.eq (call $read_data (i32.const 128) (i32.const 100)) (i32.const 4)))
    (call $require (i32.eq (i32.load (i32.const 128)) (i32.const 42)))
    ;; At the end of a message there is nothing more to read.
    (call $require (i32.eqz (call $read_data (i32.const 128) (i32.const 100))))
    (call $print (i32.const 300) (i32.const 17))

    ;; v128 (0x7b)
    (call $parameter (i32.const 0) (i32.const 0x7b) (call $process_id) (i64.const 0x1122334455667788))
    (call $start (i64.const 0) (i32.const 262) (i32.const 5) (i32.const 1))
    (call $require (i32.eqz (call $receive_tagged (i64.const 65) (i64.const -1))))
    (call $seek_data (i64.const 4))
    (call $require (i32.eq (call $read_data (i32.const 128) (i32.const 4)) (i32.const 4)))
    (call $require (i32.eq (i32.load (i32.const 128)) (i32.const 0x11223344)))
    (call $print (i32.const 320) (i32.const 31))

    ;; A missing function shows in the child, not in the answer of spawn.
    (call $die_when_link_dies (i32.const 0))
    (call $start (i64.const 66) (i32.const 268) (i32.const 7) (i32.const 0))
    (call $require (i32.eq (call $receive_tagged (i64.const 66) (i64.const -1)) (i32.const 1)))
    (call $require (i64.eq (call $get_tag) (i64.const 66)))
    (call $print (i32.const 360) (i32.const 49))

    ;; So do parameters that the function does not take.
    (call $start (i64.const 67) (i32.const 256) (i32.const 6) (i32.const 1))
    (call $require (i32.eq (call $receive_tagged (i64.const 67) (i64.const -1)) (i32.const 1)))
    (call $print (i32.const 420) (i32.const 51))

    (call $require (i32.eq (call $receive_tagged (i64.const 68) (i64.const 20)) (i32.const 9027)))
    (call $print (i32.const 480) (i32.const 35))))
