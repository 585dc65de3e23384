;; The loop that every JSPI stack of an executor runs for life: take a job, run it, report its end, again.
;; A stack therefore outlives its processes. That matters: Chromium reuses a finished JSPI stack only while about
;; 520 lie in its pool and leaks a mapping for each one beyond (docs/architecture.md, "Fibers").
(module
  (import "fiber" "poll" (func $poll (result i32)))       ;; a job that is ready now: its thunk's table slot, or -1
  (import "fiber" "next" (func $next (result i32)))       ;; suspends until there is one; -2 ends the fiber
  (import "fiber" "begin" (func $begin (result i32)))     ;; the job starts: address of its control block
  (import "fiber" "end" (func $end))                      ;; the job returned
  (import "fiber" "failed" (func $failed (param externref))) ;; a host function threw through the guest's frames
  (import "fiber" "js_exception" (tag $js (param externref)))
  (table $thunks (export "thunks") 256 funcref)
  (type $thunk (func (param i32)))
  (func (export "run")
    (local $slot i32)
    (local $error externref)
    (loop $again
      (local.set $slot (call $poll))
      (if (i32.eq (local.get $slot) (i32.const -1))
        (then (local.set $slot (call $next))))
      (if (i32.eq (local.get $slot) (i32.const -2))
        (then (return)))
      (block $done
        (local.set $error
          (block $threw (result externref)
            (try_table (catch $js $threw)
              (call_indirect $thunks (type $thunk) (call $begin) (local.get $slot)))
            (br $done)))
        (call $failed (local.get $error))
        (br $again))
      (call $end)
      (br $again))))
