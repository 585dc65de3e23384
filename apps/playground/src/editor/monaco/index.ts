/** The editor, which is megabytes: imported by nobody but on demand. */
import "monaco-editor/features/register.all";
import { setUpLanguages } from "./languages.ts";
import { followPageTheme } from "./theme.ts";

export { type CodeEditor, createCodeEditor } from "./codeEditor.ts";

setUpLanguages();
followPageTheme();
