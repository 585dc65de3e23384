import type { NamedTypeNode, TypeNode } from "assemblyscript";
import { NodeKind } from "../ast.ts";

/** The framework's part of sessions, as generated code names it. */
export const PROTOCOL_NAMESPACE = "__protocol";

/** Steps that go over into each other when a session is seen from its other end. The value of the first two stays. */
const DUALS: Readonly<Record<string, string>> = {
  Send: "Recv",
  Recv: "Send",
  Choose: "Offer",
  Offer: "Choose",
  End: "End",
};
const WITH_VALUE = new Set(["Send", "Recv"]);

/** The name under which the other end of a named session is known. */
export function dualName(name: string): string {
  return `__DualOf${name}`;
}

/** Whether a type is written as a step of a session: `Send<…>`, `End`. */
export function isStep(type: TypeNode): boolean {
  return headOf(type) in DUALS;
}

/**
 * The session as its other end sees it, as source text.
 * @returns undefined: the type is none of a session
 */
export function dualText(type: TypeNode): string | undefined {
  const head = headOf(type);
  const { typeArguments } = type as NamedTypeNode;
  if (head === "") return undefined;
  if (head === "Dual") return typeArguments?.[0]?.range.toString();
  const dual = DUALS[head];
  if (dual === undefined) return dualName(head);
  const name = `${PROTOCOL_NAMESPACE}.${dual}`;
  if (!typeArguments?.length) return name;
  const parts = typeArguments.map((part, index) =>
    index === 0 && WITH_VALUE.has(head) ? part.range.toString() : dualText(part),
  );
  return parts.includes(undefined) ? undefined : `${name}<${parts.join(", ")}>`;
}

function headOf(type: TypeNode): string {
  if (type.kind !== NodeKind.NamedType) return "";
  const { name } = type as NamedTypeNode;
  return name.next === null ? name.identifier.text : "";
}
