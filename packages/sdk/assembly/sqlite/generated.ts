/** What generated code of classes with `@row` uses. It is not for authors. */
export { Value } from "./value";
