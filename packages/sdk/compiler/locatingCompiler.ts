import { Compiler, type ExpressionRef, getBlockChildAt, type Node, Type } from "assemblyscript";

/** AssemblyScript's compiler, which also tells the source map what it leaves out of it. */
export class LocatingCompiler extends Compiler {
  /** Where `assert`, `throw` and checks for null end the program: else the innermost line of such a stack is unknown. */
  override makeStaticAbort(message: ExpressionRef, codeLocation: Node): ExpressionRef {
    const block = super.makeStaticAbort(message, codeLocation);
    if (!this.options.sourceMap || this.program.abortInstance === null) return block;
    // The call of abort; behind it comes only `unreachable`.
    this.addDebugLocation(getBlockChildAt(block, 0), codeLocation.range);
    return block;
  }

  /** Calls whose result nobody uses: what drops the result gets a place, and the call has none. */
  override convertExpression(
    expression: ExpressionRef,
    from: Type,
    to: Type,
    isExplicit: boolean,
    reportNode: Node,
  ): ExpressionRef {
    const isDropped = from !== Type.void && to === Type.void;
    if (isDropped && this.options.sourceMap) this.addDebugLocation(expression, reportNode.range);
    return super.convertExpression(expression, from, to, isExplicit, reportNode);
  }
}
