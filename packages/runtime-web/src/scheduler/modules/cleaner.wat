;; Zeroes [from, to) of the arena, writing only where something is not zero already: most of a process' region was
;; never touched, and reading it is several times cheaper than making its pages resident and dirty.
;; from and to are multiples of 4096. What bounds it is the processor's loads of 16 bytes: 256 bytes a round take a sixth
;; less time than 64 (7.6 against 8.9 us for 17 pages, of which the guest touched three).
(module
  (import "arena" "memory" (memory 0))
  (func (export "clean") (param $from i32) (param $to i32)
    (local $at i32) (local $end i32) (local $seen v128)
    (if (i32.ge_u (local.get $from) (local.get $to)) (then (return)))
    (loop $block
      (local.set $at (local.get $from))
      (local.set $end (i32.add (local.get $from) (i32.const 4096)))
      (local.set $seen (v128.const i32x4 0 0 0 0))
      (loop $scan
        (local.set $seen
          (v128.or (local.get $seen)
            (v128.or
              (v128.or
                (v128.or
                  (v128.or (v128.load (local.get $at)) (v128.load offset=16 (local.get $at)))
                  (v128.or (v128.load offset=32 (local.get $at)) (v128.load offset=48 (local.get $at))))
                (v128.or
                  (v128.or (v128.load offset=64 (local.get $at)) (v128.load offset=80 (local.get $at)))
                  (v128.or (v128.load offset=96 (local.get $at)) (v128.load offset=112 (local.get $at)))))
              (v128.or
                (v128.or
                  (v128.or (v128.load offset=128 (local.get $at)) (v128.load offset=144 (local.get $at)))
                  (v128.or (v128.load offset=160 (local.get $at)) (v128.load offset=176 (local.get $at))))
                (v128.or
                  (v128.or (v128.load offset=192 (local.get $at)) (v128.load offset=208 (local.get $at)))
                  (v128.or (v128.load offset=224 (local.get $at)) (v128.load offset=240 (local.get $at))))))))
        (br_if $scan
          (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 256))) (local.get $end))))
      (if (v128.any_true (local.get $seen))
        (then (memory.fill (local.get $from) (i32.const 0) (i32.const 4096))))
      (br_if $block (i32.lt_u (local.tee $from (local.get $end)) (local.get $to))))))
