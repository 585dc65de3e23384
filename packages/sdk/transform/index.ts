export { declarationsFor } from "./declarationsFor.ts";
export { LunaticTransform } from "./lunaticTransform.ts";
