import type { ProcessContents } from "@lunatic-web/runtime/inspect";
import { useSignal } from "@preact/signals";
import { formatCount } from "../../view/format.ts";
import type { RunControl } from "../runControl.ts";
import { BodyError } from "./bodyError.ts";
import { type BodyFormat, encodeBody, parseTag } from "./messageBody.ts";

export interface InjectFormProps {
  readonly control: RunControl;
  /** The receiver. */
  readonly pid: number;
  /** What it holds, once that is known: the tags it waits for are offered. */
  readonly contents: ProcessContents | undefined;
}

const FORMATS: readonly { readonly id: BodyFormat; readonly title: string; readonly example: string }[] = [
  { id: "values", title: "values (bincode)", example: '5u32 "text" true [1, 2]' },
  { id: "text", title: "text (UTF-8)", example: "hello" },
  { id: "hex", title: "hex", example: "68 65 6c 6c 6f" },
];

/** Bytes of the preview. */
const PREVIEW_BYTES = 16;

/** Writes a message to the chosen process and puts it into its mailbox. */
export function InjectForm({ control, pid, contents }: InjectFormProps) {
  const tag = useSignal("");
  const format = useSignal<BodyFormat>("values");
  const body = useSignal("");
  /** How many were sent to this process. */
  const sent = useSignal({ pid, count: 0 });
  const message = encode(tag.value, format.value, body.value);
  const count = sent.value.pid === pid ? sent.value.count : 0;

  const send = async (event: Event) => {
    event.preventDefault();
    if ("problem" in message) return;
    await control.send(pid, message.tag, message.bytes);
    sent.value = { pid, count: count + 1 };
  };

  return (
    <details class="inject">
      <summary data-testid="inject">Send a message</summary>
      <form onSubmit={send} aria-label={`Send a message to process ${pid}`}>
        <label class="field">
          <span>Tag</span>
          <input
            type="text"
            data-testid="inject-tag"
            list={`awaited-tags-${pid}`}
            placeholder="none"
            spellcheck={false}
            autocomplete="off"
            value={tag.value}
            onInput={(event) => {
              tag.value = event.currentTarget.value;
            }}
          />
          <datalist id={`awaited-tags-${pid}`}>
            {contents?.awaitedTags?.map((each) => (
              <option key={String(each)} value={String(each)} />
            ))}
          </datalist>
        </label>
        <label class="field">
          <span>Body as</span>
          <select
            data-testid="inject-format"
            value={format.value}
            onChange={(event) => {
              format.value = event.currentTarget.value as BodyFormat;
            }}
          >
            {FORMATS.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <label class="field inject-body">
          <span>Body</span>
          <input
            type="text"
            data-testid="inject-body"
            placeholder={FORMATS.find(({ id }) => id === format.value)!.example}
            spellcheck={false}
            autocomplete="off"
            autocapitalize="off"
            aria-describedby="inject-preview"
            aria-invalid={"problem" in message}
            value={body.value}
            onInput={(event) => {
              body.value = event.currentTarget.value;
            }}
          />
        </label>
        <p
          id="inject-preview"
          class={"problem" in message ? "problem" : "muted"}
          data-testid="inject-preview"
        >
          {"problem" in message ? message.problem : preview(message.bytes)}
        </p>
        <button type="submit" data-testid="inject-send" disabled={"problem" in message}>
          Send
        </button>
        <span class="muted" role="status" data-testid="inject-sent">
          {count > 0 && `${formatCount(count)} sent`}
        </span>
      </form>
    </details>
  );
}

type Encoded = { readonly tag: bigint; readonly bytes: Uint8Array } | { readonly problem: string };

function encode(tag: string, format: BodyFormat, body: string): Encoded {
  try {
    return { tag: parseTag(tag), bytes: encodeBody(format, body) };
  } catch (error) {
    if (error instanceof BodyError) return { problem: error.message };
    throw error;
  }
}

function preview(bytes: Uint8Array): string {
  const shown = [...bytes.subarray(0, PREVIEW_BYTES)].map((byte) => byte.toString(16).padStart(2, "0"));
  const rest = bytes.length > PREVIEW_BYTES ? " …" : "";
  if (bytes.length === 0) return "0 bytes";
  return `${bytes.length} ${bytes.length === 1 ? "byte" : "bytes"}: ${shown.join(" ")}${rest}`;
}
