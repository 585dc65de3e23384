import type { Parser, Source } from "assemblyscript";
import { addMember } from "../generatedSource.ts";
import { caseMembers, messageMembers, sumMembers } from "./messageCode.ts";
import { readMessages } from "./readMessages.ts";

/** Gives the classes with `@message` what codecs call: how they are written into a message and read from one. */
export function expandMessages(parser: Parser, sources: readonly Source[]): void {
  for (const source of sources) {
    const { classes, sumTypes } = readMessages(parser, source);
    for (const message of classes) {
      for (const member of messageMembers(message))
        addMember(parser, message.declaration, member, message.origin);
    }
    for (const sum of sumTypes) {
      for (const { message } of sum.cases) {
        for (const member of caseMembers(message))
          addMember(parser, message.declaration, member, message.origin);
      }
      for (const member of sumMembers(sum)) addMember(parser, sum.declaration, member, sum.origin);
    }
  }
}
