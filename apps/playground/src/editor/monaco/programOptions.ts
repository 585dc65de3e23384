import { editorOptions, type TypeScriptEnums } from "@lunatic-web/sdk/editor";

/** Compiler options for Monaco's language service, which knows files by their URIs: the framework's too. */
export function programOptions(enums: TypeScriptEnums): ReturnType<typeof editorOptions> {
  return editorOptions(enums, "file://");
}
