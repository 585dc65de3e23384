import { type BranchHint, BranchHintWriter } from "./binary/branchHints.ts";
import { MAX_BODY_BYTES } from "./binary/decodeBody.ts";
import type { FunctionType, GuestModule, Range, Section } from "./binary/module.ts";
import { SECTION } from "./binary/module.ts";
import { ByteWriter } from "./binary/writer.ts";
import { InstrumentError } from "./error.ts";
import type { HostInterface } from "./hostInterface.ts";
import { OffsetMapBuilder } from "./offsetMap.ts";
import type { BodyRewriter } from "./passes/bodyRewriter.ts";
import { ABSENT, type AddedFunction } from "./passes/hostIndices.ts";

/** The rewritten bodies of a module. */
export interface RewrittenCode {
  /** Bodies with their length fields, without the count before them. */
  readonly bodies: ByteWriter;
  readonly hints: BranchHintWriter;
  /** Copied spans, relative to the first body. */
  readonly spans: OffsetMapBuilder;
}

/**
 * Rewrites all function bodies.
 * @param guestHints the guest's own branch hints by its function index
 * @returns `undefined` if a handler catches every exception and the host's tag for telling its own apart is absent
 */
export function rewriteCode(
  module: GuestModule,
  rewriter: BodyRewriter,
  host: Pick<HostInterface, "shiftedFunctionIndex" | "exceptionTag">,
  guestHints: ReadonlyMap<number, readonly BranchHint[]>,
): RewrittenCode | undefined {
  const [first, last] = [module.bodies[0], module.bodies.at(-1)];
  const size = first === undefined || last === undefined ? 0 : last.end - first.start;
  const bodies = new ByteWriter(Math.ceil(size * 1.8) + 1024);
  const hints = new BranchHintWriter();
  const spans = new OffsetMapBuilder();
  const imported = module.importCounts.functions;
  const firstBody = firstBodyOffset(module);
  let previousEnd = firstBody;
  for (const [n, body] of module.bodies.entries()) {
    const index = imported + n;
    const type = module.types[module.functionTypes[index] as number] as FunctionType;
    rewriter.rewrite(body, index, type);
    if (rewriter.decoder.catchesAll && rewriter.passes.memory && host.exceptionTag === ABSENT)
      return undefined;
    const prefix = writeLocals(module.bytes, rewriter, body);
    const { writer } = rewriter;
    const byteLength = prefix.length + writer.code.length;
    if (byteLength > MAX_BODY_BYTES) {
      throw new InstrumentError(
        "tooLarge",
        `the function grows to ${byteLength} bytes`,
        `engines accept at most ${MAX_BODY_BYTES}; split the function`,
        { byteOffset: body.start, functionIndex: index },
      );
    }
    bodies.paddedU32(byteLength, body.start - previousEnd);
    const bodyStart = bodies.length;
    bodies.append(prefix);
    const codeOffset = bodies.length;
    bodies.append(writer.code);
    for (let span = 0; span < writer.spans.length; span += 3) {
      spans.addSpan(
        writer.spans.at(span) - firstBody,
        writer.spans.at(span + 1) + codeOffset,
        writer.spans.at(span + 2),
      );
    }
    hints.add(
      host.shiftedFunctionIndex(index),
      mergeHints(rewriter, body, guestHints.get(index), codeOffset - bodyStart),
    );
    previousEnd = body.end;
  }
  return { bodies, hints, spans };
}

/** Offset of the first body's length field; 0 without functions. */
export function firstBodyOffset(module: GuestModule): number {
  const section = module.sections.find(({ id }) => id === SECTION.code);
  return section === undefined ? 0 : section.start + countWidthOf(module.bytes, section);
}

/** Appends a function of ours. */
export function writeAddedFunction(added: AddedFunction, out: ByteWriter): void {
  const body = new ByteWriter(added.code.length + 16);
  body.u32(added.locals.length);
  for (const type of added.locals) {
    body.u32(1);
    body.valueType(type);
  }
  body.append(added.code);
  out.u32(body.length);
  out.append(body);
}

/** The local declarations: the guest's groups, then ours. */
function writeLocals(bytes: Uint8Array, rewriter: BodyRewriter, body: Range): ByteWriter {
  const { decoder, writer } = rewriter;
  const out = new ByteWriter(64);
  out.paddedU32(decoder.localGroups + writer.addedLocals.length, decoder.localsStart - body.start);
  out.copy(bytes, decoder.localsStart, decoder.localsEnd);
  for (const type of writer.addedLocals) {
    out.u32(1);
    out.valueType(type);
  }
  return out;
}

/** Our hints and the guest's, whose branches are found through the copied spans. */
function mergeHints(
  rewriter: BodyRewriter,
  body: Range,
  guestHints: readonly BranchHint[] | undefined,
  codeOffset: number,
): BranchHint[] {
  const { hints, spans } = rewriter.writer;
  const merged: BranchHint[] = [];
  for (let hint = 0; hint < hints.length; hint += 2) {
    merged.push({ offset: hints.at(hint) + codeOffset, value: hints.at(hint + 1) });
  }
  if (guestHints === undefined) return merged;
  let span = 0;
  for (const { offset, value } of guestHints) {
    const old = body.start + offset;
    while (span < spans.length && old >= spans.at(span) + spans.at(span + 2)) span += 3;
    if (span >= spans.length) break;
    if (old >= spans.at(span))
      merged.push({ offset: old - spans.at(span) + spans.at(span + 1) + codeOffset, value });
  }
  return merged.sort((left, right) => left.offset - right.offset);
}

/** Bytes of the count that opens a section's content. */
export function countWidthOf(bytes: Uint8Array, section: Section | undefined): number {
  if (section === undefined) return 0;
  let width = 1;
  while ((bytes[section.start + width - 1] as number) >= 0x80) width++;
  return width;
}
