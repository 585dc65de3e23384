import { editorOptions, type TypeScriptEnums } from "@lunatic-web/sdk/editor";

/** Compiler options for Monaco's language service, which knows files by their URIs: the framework's too. */
export function programOptions(enums: TypeScriptEnums): ReturnType<typeof editorOptions> {
  const options = editorOptions(enums);
  const { lunatic, "lunatic/*": parts } = options.paths;
  return { ...options, paths: { lunatic: lunatic.map(toUri), "lunatic/*": parts.map(toUri) } };
}

function toUri(path: string): string {
  return `file://${path}`;
}
