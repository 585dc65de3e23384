import { type ConstExpression, type GuestGlobal, REFERENCE, type References } from "./module.ts";
import { OP } from "./opcodes/opcode.ts";
import type { ByteReader } from "./reader.ts";
import { isStorable, VALUE_TYPE, type ValueType, valueTypeName } from "./valueType.ts";

/** What a constant expression may name. */
export interface ConstExpressionScope {
  readonly typeCount: number;
  readonly functionCount: number;
  /** Globals declared so far. */
  readonly globals: readonly GuestGlobal[];
  readonly references: References;
}

const V128_CONST = 12;

/** Deepest operand stack we follow; real expressions need two. */
const MAX_DEPTH = 1000;

/**
 * Reads a constant expression and its `end`.
 * Operand types are checked as far as numbers go: memory offsets and initial values of mutable globals are later
 * run inside a function, where an engine would allow more than a constant expression may do.
 * @throws InstrumentError if it is not constant, or does not yield `expected`
 */
export function readConstExpression(
  reader: ByteReader,
  expected: ValueType,
  scope: ConstExpressionScope,
): ConstExpression {
  const start = reader.at;
  const stack: ValueType[] = [];
  let instructions = 0;
  let i32: number | undefined;
  let functionIndex: number | undefined;
  for (;;) {
    const at = reader.at;
    const op = reader.byte();
    if (op === OP.end) break;
    instructions++;
    switch (op) {
      case OP.i32Const:
        i32 = reader.s32();
        stack.push(VALUE_TYPE.i32);
        break;
      case OP.i64Const:
        reader.skipS64();
        stack.push(VALUE_TYPE.i64);
        break;
      case OP.f32Const:
        reader.skip(4);
        stack.push(VALUE_TYPE.f32);
        break;
      case OP.f64Const:
        reader.skip(8);
        stack.push(VALUE_TYPE.f64);
        break;
      case 0xfd:
        if (reader.u32() !== V128_CONST)
          reader.invalid("a constant expression holds a vector instruction", at);
        reader.skip(16);
        stack.push(VALUE_TYPE.v128);
        break;
      case OP.globalGet:
        stack.push(constantGlobal(reader, scope.globals));
        break;
      case OP.refNull:
        reader.heapType(scope.typeCount);
        stack.push(VALUE_TYPE.externref);
        break;
      case OP.refFunc:
        functionIndex = readFunctionReference(reader, scope);
        stack.push(VALUE_TYPE.funcref);
        break;
      case OP.i32Add:
      case OP.i32Sub:
      case OP.i32Mul:
        combine(reader, stack, VALUE_TYPE.i32, at);
        break;
      case OP.i64Add:
      case OP.i64Sub:
      case OP.i64Mul:
        combine(reader, stack, VALUE_TYPE.i64, at);
        break;
      default:
        reader.invalid(`opcode 0x${op.toString(16)} stands in a constant expression`, at);
    }
    if (stack.length > MAX_DEPTH) reader.invalid("a constant expression leaves operands unused", at);
  }
  const [result] = stack;
  if (stack.length !== 1 || result === undefined || !fits(result, expected)) {
    reader.invalid(`a constant expression does not yield one ${valueTypeName(expected)}`, start);
  }
  const isLone = instructions === 1;
  return {
    start,
    end: reader.at,
    i32: isLone ? i32 : undefined,
    functionIndex: isLone ? functionIndex : undefined,
  };
}

/** Reads a function index and notes where it stands. */
export function readFunctionReference(
  reader: ByteReader,
  scope: Pick<ConstExpressionScope, "functionCount" | "references">,
): number {
  const start = reader.at;
  const index = reader.u32();
  if (index >= scope.functionCount) {
    reader.invalid(`function ${index} does not exist, there are ${scope.functionCount}`, start);
  }
  scope.references.add(REFERENCE.function, start, reader.at, index);
  return index;
}

function constantGlobal(reader: ByteReader, globals: readonly GuestGlobal[]): ValueType {
  const at = reader.at;
  const index = reader.u32();
  const global = globals[index];
  if (global === undefined) reader.invalid(`global ${index} is not declared before its use`, at);
  if (global.mutable) reader.invalid(`a constant expression reads the mutable global ${index}`, at);
  return global.type;
}

function combine(reader: ByteReader, stack: ValueType[], type: ValueType, at: number): void {
  if (stack.length < 2 || stack.pop() !== type || stack.at(-1) !== type) {
    reader.invalid(`an operand of a constant expression is not an ${valueTypeName(type)}`, at);
  }
}

/** References are checked by the engine, which sees their expressions where they were. */
function fits(found: ValueType, expected: ValueType): boolean {
  return isStorable(expected) ? found === expected : !isStorable(found);
}
