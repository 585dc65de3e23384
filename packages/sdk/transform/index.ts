export { LunaticTransform } from "./lunaticTransform.ts";
