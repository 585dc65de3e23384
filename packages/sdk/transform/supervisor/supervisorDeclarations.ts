import { declareProcess } from "../process/processDeclarations.ts";
import { childrenOf, type SupervisorModel } from "./readSupervisor.ts";

/** What a supervisor's class adds, for an editor; see declareProcess. */
export function declareSupervisor({ process, children }: SupervisorModel): string {
  const fields = children.map(({ name, ref }) => `  ${name}: ${ref};`);
  const exported = process.isExported ? "export " : "";
  return `${declareProcess(process)}
${exported}declare class ${childrenOf(process.name)} {
${fields.join("\n")}
}`;
}
