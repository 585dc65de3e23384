export { print } from "./print";
