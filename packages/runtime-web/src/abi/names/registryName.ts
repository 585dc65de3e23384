import { shortRustName } from "./shortName.ts";

/**
 * A name in the registry. lunatic-rs puts the types of the handle before the name that the author chose (host ABI
 * ch. 8); names of other guests are plain.
 */
export type RegistryName =
  | {
      /** "process": a handle for messages; "processRef": an AbstractProcess. */
      readonly form: "process" | "processRef";
      /** Rust type as the compiler prints it: of the messages, or the AbstractProcess' own. */
      readonly type: string;
      readonly serializer: string;
      /** May contain slashes. */
      readonly userName: string;
    }
  | { readonly form: "plain"; readonly userName: string };

const FORMS = { Process: "process", ProcessRef: "processRef" } as const;

/** Takes a registry name apart. Any text is a name; what has not lunatic-rs's shape is a plain one. */
export function parseRegistryName(name: string): RegistryName {
  // Only the first three slashes separate.
  const [type, serializer, form, ...rest] = name.split("/");
  if (
    type === undefined ||
    serializer === undefined ||
    (form !== "Process" && form !== "ProcessRef") ||
    rest.length === 0
  ) {
    return { form: "plain", userName: name };
  }
  return { form: FORMS[form], type, serializer, userName: rest.join("/") };
}

/**
 * What to show for a registered name: `hello`, or `Counter hello` for an AbstractProcess. A derived ProcessName
 * (`crate@version::module::Ident`) becomes its identifier.
 */
export function shortRegistryName(name: string): string {
  const parsed = parseRegistryName(name);
  const derived = /^[\w-]+@[^:/]+::(?:[\w:]+::)?(\w+)$/.exec(parsed.userName);
  const userName = derived?.[1] ?? parsed.userName;
  return parsed.form === "processRef" ? `${shortRustName(parsed.type)} ${userName}` : userName;
}
