import type { Parser, Source } from "assemblyscript";
import type { ProgramDescription } from "../describeProgram.ts";
import { addMember } from "../generatedSource.ts";
import { caseMembers, messageMembers, sumMembers } from "./messageCode.ts";
import { readMessages } from "./readMessages.ts";

/** Gives the classes with `@message` what codecs call: how they are written into a message and read from one. */
export function expandMessages(
  parser: Parser,
  sources: readonly Source[],
  description: ProgramDescription,
): void {
  for (const source of sources) {
    const messages = readMessages(parser, source);
    description.addMessages(messages);
    const { classes, sumTypes } = messages;
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
