;; Steps of a statement on a stack of their own (JSPI), so that one that takes long can be suspended in its middle and
;; others can use the engine. All rows of a request are one entry: a JavaScript frame below a suspension is not allowed.
(module
  (import "sqlite" "step" (func $step (param i32) (result i32)))
  (import "sqlite" "stack_get" (func $stack_get (result i32)))
  (import "sqlite" "stack_set" (func $stack_set (param i32)))
  ;; The statement has come to a row. Answers whether to go on to the next one.
  (import "slices" "row" (func $row (result i32)))
  (import "slices" "done" (func $done (param i32)))
  ;; 0: go on, 1: interrupt the statement, 2: its slice is over.
  (import "slices" "due" (func $due (result i32)))
  ;; The only import that suspends. Comes back with the number of its run.
  (import "slices" "pause" (func $pause (result i32)))
  ;; The run of this number has the engine again. 0: go on, 1: interrupt.
  (import "slices" "go_on" (func $go_on (param i32) (result i32)))

  (func (export "run") (param $statement i32)
    (local $code i32)
    (loop $next
      (local.set $code (call $step (local.get $statement)))
      (br_if $next
        (if (result i32) (i32.eq (local.get $code) (i32.const 100))
          (then (call $row))
          (else (i32.const 0)))))
    (call $done (local.get $code)))

  ;; The progress handler of every connection.
  (func (export "progress") (param $context i32) (result i32)
    (local $due i32)
    (local $stack i32)
    (local.set $due (call $due))
    (if (i32.lt_u (local.get $due) (i32.const 2))
      (then (return (local.get $due))))
    (local.set $stack (call $stack_get))
    (local.set $due (call $pause))
    (call $stack_set (local.get $stack))
    (call $go_on (local.get $due))))
