import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assemble } from "../src/assembleGuest.ts";
import type { Program } from "./conformanceCase.ts";
import { type Expression, parseExpressions } from "./expressions.ts";
import { type FunctionSignature, HOST_FUNCTIONS, type ValueType } from "./hostFunctions.ts";
import { ConstantLayout, SnippetTranslator } from "./snippet.ts";

const CONSTANTS_AT = 4096;
const ROOT_ENTRY = "_start";

const PRELUDE = readFileSync(join(import.meta.dirname, "prelude.wat"), "utf8");
const PRELUDE_FUNCTIONS = new Map(parseExpressions(PRELUDE).map(readSignature));

/** What the assembler may add to a program. */
export interface AssemblyOptions {
  /**
   * After each spawn its caller computes for this many instructions. If that is more than a slice, the child goes to
   * another executor where one is idle: what a case guarantees must not depend on where its processes live.
   */
  readonly computeAfterSpawn?: number;
}

/** The module of a program. @throws {SyntaxError | Error} says what is wrong with the text */
export async function assembleProgram(program: Program, options: AssemblyOptions = {}): Promise<Uint8Array> {
  const modules = new Map<string, Uint8Array>();
  for (const [name, inner] of Object.entries(program.modules ?? {})) {
    modules.set(name, await assembleProgram(inner));
  }
  return assemble(programText(program, modules, options));
}

function programText(
  program: Program,
  modules: ReadonlyMap<string, Uint8Array>,
  { computeAfterSpawn = 0 }: AssemblyOptions,
): string {
  const { body, entries = {}, fields = "", pages = 1 } = program;
  const constants = new ConstantLayout(CONSTANTS_AT, modules);
  const functions = new Map<string, FunctionSignature>([...HOST_FUNCTIONS, ...PRELUDE_FUNCTIONS]);
  const translator = new SnippetTranslator(functions, constants);
  const prelude = PRELUDE + spawnedFunction(computeAfterSpawn);
  const exported = Object.entries({ [ROOT_ENTRY]: body, ...entries }).map(
    ([name, text]) => `(func (export "${name}")\n    ${translator.translate(text)})`,
  );
  const hasMemory = pages > 0;
  const plainText = hasMemory ? prelude + fields : fields;
  const called = new Set(translator.called);
  for (const [, name] of plainText.matchAll(/call \$(\w+\.\w+)/g)) called.add(name!);
  return [
    "(module",
    ...[...called].flatMap((name) => importField(name)),
    ...(hasMemory ? [`(memory (export "memory") ${pages})`, ...constants.segments(), prelude] : []),
    fields,
    ...exported,
    ")",
  ].join("\n  ");
}

function importField(name: string): string[] {
  const host = HOST_FUNCTIONS.get(name);
  if (host === undefined) return [];
  const result = host.result === undefined ? "" : ` (result ${host.result})`;
  return [
    `(import "${host.module}" "${host.name}" (func $${name} (param ${host.params.join(" ")})${result}))`,
  ];
}

/** Of the loop in `$spawned`, per turn. */
const LOOP_INSTRUCTIONS = 5;

/** Hands on the result of a spawn. */
function spawnedFunction(instructions: number): string {
  return `
  (func $spawned (param $code i32) (result i32)
    (local $left i32)
    (local.set $left (i32.const ${Math.ceil(instructions / LOOP_INSTRUCTIONS)}))
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $left)))
        (local.set $left (i32.sub (local.get $left) (i32.const 1)))
        (br $next)))
    (local.get $code))`;
}

function readSignature(field: Expression): [string, FunctionSignature] {
  const parts = field as readonly Expression[];
  const typesOf = (kind: string): ValueType[] =>
    parts.flatMap((part) => (Array.isArray(part) && part[0] === kind ? [part.at(-1) as ValueType] : []));
  return [String(parts[1]).slice(1), { params: typesOf("param"), result: typesOf("result")[0] }];
}
