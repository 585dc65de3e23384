import type { ProcessContents, QueuedMessage } from "@lunatic-web/runtime/inspect";
import { formatBytes, formatCount } from "../format.ts";
import { formatTag } from "../formatTag.ts";
import { Fact } from "./Fact.tsx";
import { payloadLines, payloadString } from "./payloadText.ts";

/** The limit that a root process has, in bytes: none that a person set. */
const UNLIMITED_MEMORY = 4_294_967_295n;

export interface ContentsViewProps {
  readonly contents: ProcessContents;
  /** A message that waits in the words of its author; undefined: it is not known what it is. */
  readonly decode: (message: QueuedMessage) => string | undefined;
}

/** Messages that wait, what the process may do, and what it holds. */
export function ContentsView({ contents, decode }: ContentsViewProps) {
  const { mailbox, mailboxDepth, config, resources, awaitedTags } = contents;
  const more = mailboxDepth - mailbox.length;
  const held = [
    [resources.modules, "module", "modules"],
    [resources.configs, "config", "configs"],
    [resources.timers, "timer", "timers"],
    [resources.errors, "error text", "error texts"],
  ] as const;
  const holds = held
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => `${formatCount(count)} ${count === 1 ? one : many}`);
  const denied = [
    config.maySpawn ? "" : "spawn",
    config.mayCompileModules ? "" : "compile modules",
    config.mayCreateConfigs ? "" : "make configs",
  ].filter((word) => word !== "");
  return (
    <>
      <h4>Mailbox</h4>
      <div class="mailbox-list" data-testid="mailbox">
        {awaitedTags !== undefined && awaitedTags.length > 0 && (
          <p class="muted">waits for {awaitedTags.map((tag) => `tag ${formatTag(tag)}`).join(", ")}</p>
        )}
        {mailbox.length === 0 && <p class="muted">empty</p>}
        {mailbox.map((message, index) => (
          <Queued
            key={index}
            message={message}
            decoded={message.kind === "data" ? decode(message) : undefined}
          />
        ))}
        {more > 0 && <p class="muted">and {formatCount(more)} more</p>}
      </div>
      <h4>Config and resources</h4>
      <dl>
        <Fact title="May not">{denied.length === 0 ? "nothing is denied" : denied.join(", ")}</Fact>
        <Fact title="Limits">
          {config.maxMemoryBytes >= UNLIMITED_MEMORY
            ? "memory not limited"
            : `${formatBytes(Number(config.maxMemoryBytes))} of memory`}
          {config.maxFuel > 0n && `, ${formatCount(Number(config.maxFuel) * 100_000)} instructions`}
        </Fact>
        {config.preopenedDirectories.length > 0 && (
          <Fact title="Folders">{config.preopenedDirectories.join(", ")}</Fact>
        )}
        {config.args.length > 0 && <Fact title="Args">{config.args.join(" ")}</Fact>}
        {config.env.length > 0 && (
          <Fact title="Env">{config.env.map(([key, value]) => `${key}=${value}`).join(" ")}</Fact>
        )}
        <Fact title="Holds">{holds.length === 0 ? "no resources" : holds.join(", ")}</Fact>
        {!contents.dieWhenLinkDies && <Fact title="Links">survives the death of a linked process</Fact>}
      </dl>
    </>
  );
}

interface QueuedProps {
  readonly message: QueuedMessage;
  readonly decoded: string | undefined;
}

function Queued({ message, decoded }: QueuedProps) {
  const { kind, from, tag, sizeBytes, head } = message;
  const sender = from === 0 ? "" : `from ${from}`;
  if (kind !== "data") {
    return (
      <p class="queued">
        {kind === "linkDied" ? "a linked process died" : "a monitored process died"} {sender}
      </p>
    );
  }
  const text = payloadString(head, head.length === sizeBytes);
  return (
    <details class="queued">
      <summary>
        {decoded !== undefined && <code class="decoded">{decoded}</code>}{" "}
        <span class="tag">{tag === 0n ? "no tag" : `tag ${formatTag(tag)}`}</span> {formatBytes(sizeBytes)}{" "}
        {sender}
        {decoded === undefined && text !== undefined && <span class="payload-text">“{text}”</span>}
      </summary>
      <table class="payload">
        <tbody>
          {payloadLines(head).map((line) => (
            <tr key={line.offset}>
              <td>{line.offset}</td>
              <td>{line.hex}</td>
              <td>{line.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {sizeBytes > head.length && <p class="muted">the first {head.length} bytes</p>}
    </details>
  );
}
