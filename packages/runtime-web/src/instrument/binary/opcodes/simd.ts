/**
 * The 0xfd group: 128-bit SIMD and relaxed SIMD. Source: the core specification's index of instructions. The names
 * of one shape are listed with the prefix left out after the first, as `prefixed` expands them.
 */
import { access, load, type OpcodeFamily, pure } from "./family.ts";

/** Base of the 0xfd group in our opcode numbers; relaxed SIMD follows at `SIMD_BASE + 0x100`. */
export const SIMD_BASE = 0x200;

/** Pure instructions of one prefix: `"i8x16"`, `"abs neg"`. */
function prefixed(first: number, signature: string, prefix: string, names: string): OpcodeFamily {
  const full = names.split(" ").map((name) => `${prefix}.${name}`);
  return pure(SIMD_BASE + first, signature, full.join(" "));
}

/** A lane access: the lane number follows the memory argument. */
function laneAccess(first: number, bytes: number, signature: string, name: string): OpcodeFamily {
  const effect = signature.endsWith("v") ? "access" : "effect";
  return { first: SIMD_BASE + first, immediate: "accessAndLane", signature, names: name, effect, bytes };
}

/** Lane reads and writes of a register. */
function lane(first: number, signature: string, names: string): OpcodeFamily {
  return { first: SIMD_BASE + first, immediate: "lane", signature, names, effect: "pure" };
}

const COMPARISONS = "eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u";
const SHIFTS = "shl shr_s shr_u";
const SATURATING = "add add_sat_s add_sat_u sub sub_sat_s sub_sat_u";
const MIN_MAX = "min_s min_u max_s max_u";
const FLOAT_ARITHMETIC = "add sub mul div min max pmin pmax";

/** `extend_low_i8x16_s extend_high_i8x16_s …` and the like, in opcode order. */
function halves(operation: string, source: string): string {
  return ["low_S_s", "high_S_s", "low_S_u", "high_S_u"]
    .map((half) => `${operation}_${half.replace("S", source)}`)
    .join(" ");
}

export const SIMD_FAMILIES: readonly OpcodeFamily[] = [
  load(SIMD_BASE + 0, 16, "i>v", "v128.load"),
  load(SIMD_BASE + 1, 8, "i>v", "v128.load8x8_s v128.load8x8_u v128.load16x4_s v128.load16x4_u"),
  load(SIMD_BASE + 5, 8, "i>v", "v128.load32x2_s v128.load32x2_u"),
  load(SIMD_BASE + 7, 1, "i>v", "v128.load8_splat"),
  load(SIMD_BASE + 8, 2, "i>v", "v128.load16_splat"),
  load(SIMD_BASE + 9, 4, "i>v", "v128.load32_splat"),
  load(SIMD_BASE + 10, 8, "i>v", "v128.load64_splat"),
  access(SIMD_BASE + 11, 16, "iv>", "v128.store"),
  { first: SIMD_BASE + 12, immediate: "v128", signature: ">v", names: "v128.const", effect: "pure" },
  { first: SIMD_BASE + 13, immediate: "v128", signature: "vv>v", names: "i8x16.shuffle", effect: "pure" },
  prefixed(14, "vv>v", "i8x16", "swizzle"),
  pure(SIMD_BASE + 15, "i>v", "i8x16.splat i16x8.splat i32x4.splat"),
  prefixed(18, "l>v", "i64x2", "splat"),
  prefixed(19, "f>v", "f32x4", "splat"),
  prefixed(20, "d>v", "f64x2", "splat"),
  lane(21, "v>i", "i8x16.extract_lane_s i8x16.extract_lane_u"),
  lane(23, "vi>v", "i8x16.replace_lane"),
  lane(24, "v>i", "i16x8.extract_lane_s i16x8.extract_lane_u"),
  lane(26, "vi>v", "i16x8.replace_lane"),
  lane(27, "v>i", "i32x4.extract_lane"),
  lane(28, "vi>v", "i32x4.replace_lane"),
  lane(29, "v>l", "i64x2.extract_lane"),
  lane(30, "vl>v", "i64x2.replace_lane"),
  lane(31, "v>f", "f32x4.extract_lane"),
  lane(32, "vf>v", "f32x4.replace_lane"),
  lane(33, "v>d", "f64x2.extract_lane"),
  lane(34, "vd>v", "f64x2.replace_lane"),
  prefixed(35, "vv>v", "i8x16", COMPARISONS),
  prefixed(45, "vv>v", "i16x8", COMPARISONS),
  prefixed(55, "vv>v", "i32x4", COMPARISONS),
  prefixed(65, "vv>v", "f32x4", "eq ne lt gt le ge"),
  prefixed(71, "vv>v", "f64x2", "eq ne lt gt le ge"),
  prefixed(77, "v>v", "v128", "not"),
  prefixed(78, "vv>v", "v128", "and andnot or xor"),
  prefixed(82, "vvv>v", "v128", "bitselect"),
  prefixed(83, "v>i", "v128", "any_true"),
  laneAccess(84, 1, "iv>v", "v128.load8_lane"),
  laneAccess(85, 2, "iv>v", "v128.load16_lane"),
  laneAccess(86, 4, "iv>v", "v128.load32_lane"),
  laneAccess(87, 8, "iv>v", "v128.load64_lane"),
  laneAccess(88, 1, "iv>", "v128.store8_lane"),
  laneAccess(89, 2, "iv>", "v128.store16_lane"),
  laneAccess(90, 4, "iv>", "v128.store32_lane"),
  laneAccess(91, 8, "iv>", "v128.store64_lane"),
  load(SIMD_BASE + 92, 4, "i>v", "v128.load32_zero"),
  load(SIMD_BASE + 93, 8, "i>v", "v128.load64_zero"),
  pure(SIMD_BASE + 94, "v>v", "f32x4.demote_f64x2_zero f64x2.promote_low_f32x4"),
  prefixed(96, "v>v", "i8x16", "abs neg popcnt"),
  prefixed(99, "v>i", "i8x16", "all_true bitmask"),
  prefixed(101, "vv>v", "i8x16", "narrow_i16x8_s narrow_i16x8_u"),
  prefixed(103, "v>v", "f32x4", "ceil floor trunc nearest"),
  prefixed(107, "vi>v", "i8x16", SHIFTS),
  prefixed(110, "vv>v", "i8x16", SATURATING),
  prefixed(116, "v>v", "f64x2", "ceil floor"),
  prefixed(118, "vv>v", "i8x16", MIN_MAX),
  prefixed(122, "v>v", "f64x2", "trunc"),
  prefixed(123, "vv>v", "i8x16", "avgr_u"),
  prefixed(124, "v>v", "i16x8", "extadd_pairwise_i8x16_s extadd_pairwise_i8x16_u"),
  prefixed(126, "v>v", "i32x4", "extadd_pairwise_i16x8_s extadd_pairwise_i16x8_u"),
  prefixed(128, "v>v", "i16x8", "abs neg"),
  prefixed(130, "vv>v", "i16x8", "q15mulr_sat_s"),
  prefixed(131, "v>i", "i16x8", "all_true bitmask"),
  prefixed(133, "vv>v", "i16x8", "narrow_i32x4_s narrow_i32x4_u"),
  prefixed(135, "v>v", "i16x8", halves("extend", "i8x16")),
  prefixed(139, "vi>v", "i16x8", SHIFTS),
  prefixed(142, "vv>v", "i16x8", SATURATING),
  prefixed(148, "v>v", "f64x2", "nearest"),
  prefixed(149, "vv>v", "i16x8", `mul ${MIN_MAX}`),
  prefixed(155, "vv>v", "i16x8", `avgr_u ${halves("extmul", "i8x16")}`),
  prefixed(160, "v>v", "i32x4", "abs neg"),
  prefixed(163, "v>i", "i32x4", "all_true bitmask"),
  prefixed(167, "v>v", "i32x4", halves("extend", "i16x8")),
  prefixed(171, "vi>v", "i32x4", SHIFTS),
  prefixed(174, "vv>v", "i32x4", "add"),
  prefixed(177, "vv>v", "i32x4", "sub"),
  prefixed(181, "vv>v", "i32x4", `mul ${MIN_MAX} dot_i16x8_s`),
  prefixed(188, "vv>v", "i32x4", halves("extmul", "i16x8")),
  prefixed(192, "v>v", "i64x2", "abs neg"),
  prefixed(195, "v>i", "i64x2", "all_true bitmask"),
  prefixed(199, "v>v", "i64x2", halves("extend", "i32x4")),
  prefixed(203, "vi>v", "i64x2", SHIFTS),
  prefixed(206, "vv>v", "i64x2", "add"),
  prefixed(209, "vv>v", "i64x2", "sub"),
  prefixed(213, "vv>v", "i64x2", `mul eq ne lt_s gt_s le_s ge_s ${halves("extmul", "i32x4")}`),
  prefixed(224, "v>v", "f32x4", "abs neg"),
  prefixed(227, "v>v", "f32x4", "sqrt"),
  prefixed(228, "vv>v", "f32x4", FLOAT_ARITHMETIC),
  prefixed(236, "v>v", "f64x2", "abs neg"),
  prefixed(239, "v>v", "f64x2", "sqrt"),
  prefixed(240, "vv>v", "f64x2", FLOAT_ARITHMETIC),
  prefixed(248, "v>v", "i32x4", "trunc_sat_f32x4_s trunc_sat_f32x4_u"),
  prefixed(250, "v>v", "f32x4", "convert_i32x4_s convert_i32x4_u"),
  prefixed(252, "v>v", "i32x4", "trunc_sat_f64x2_s_zero trunc_sat_f64x2_u_zero"),
  prefixed(254, "v>v", "f64x2", "convert_low_i32x4_s convert_low_i32x4_u"),

  prefixed(0x100, "vv>v", "i8x16", "relaxed_swizzle"),
  prefixed(0x101, "v>v", "i32x4", "relaxed_trunc_f32x4_s relaxed_trunc_f32x4_u"),
  prefixed(0x103, "v>v", "i32x4", "relaxed_trunc_f64x2_s_zero relaxed_trunc_f64x2_u_zero"),
  prefixed(0x105, "vvv>v", "f32x4", "relaxed_madd relaxed_nmadd"),
  prefixed(0x107, "vvv>v", "f64x2", "relaxed_madd relaxed_nmadd"),
  pure(SIMD_BASE + 0x109, "vvv>v", "i8x16.relaxed_laneselect i16x8.relaxed_laneselect"),
  pure(SIMD_BASE + 0x10b, "vvv>v", "i32x4.relaxed_laneselect i64x2.relaxed_laneselect"),
  prefixed(0x10d, "vv>v", "f32x4", "relaxed_min relaxed_max"),
  prefixed(0x10f, "vv>v", "f64x2", "relaxed_min relaxed_max"),
  prefixed(0x111, "vv>v", "i16x8", "relaxed_q15mulr_s relaxed_dot_i8x16_i7x16_s"),
  prefixed(0x113, "vvv>v", "i32x4", "relaxed_dot_i8x16_i7x16_add_s"),
];
