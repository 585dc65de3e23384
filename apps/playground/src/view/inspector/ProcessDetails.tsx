import { type ObservedProcess, parseTrap, type SystemModel } from "@lunatic-web/runtime/inspect";
import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useMessageTypes } from "../../compile/useMessageTypes.ts";
import { type SourceLinks, useSourceLinks } from "../../compile/useSourceLinks.ts";
import { ConsoleLineView } from "../../console/ConsoleLineView.tsx";
import { InjectForm } from "../../control/inject/InjectForm.tsx";
import type { Session } from "../../run/session.ts";
import { formatBytes, formatCount, formatDuration } from "../format.ts";
import { explainState, nameProcess } from "../processText.ts";
import { StackList } from "../traps/StackList.tsx";
import type { ViewContext } from "../viewContext.ts";
import { ContentsView } from "./ContentsView.tsx";
import { Fact } from "./Fact.tsx";
import { HistoryList } from "./HistoryList.tsx";
import { useContents } from "./useContents.ts";
import { WaitingStack } from "./WaitingStack.tsx";

/** Related processes named one by one; of the others only the number. */
const RELATED_SHOWN = 24;
const PAST =
  "What waited in its mailbox, its config and its stack are known of the present only: go live to see them.";
/** Last lines of its output. */
const OUTPUT_SHOWN = 12;

/** All that is known of the chosen process. */
export function ProcessDetails(context: ViewContext) {
  const { session, workbench, timeLine, control, focus } = context;
  const links = useSourceLinks(workbench);
  const messages = useMessageTypes(session);
  session.frames.frame.value;
  const { model } = timeLine;
  const pid = focus.value;
  const isLive = timeLine.moment.value === undefined && session.phase.value === "running";
  const contents = useContents(session, pid ?? 0, isLive && pid !== undefined);
  if (pid === undefined) return null;
  const process = model.process(pid);
  const close = () => {
    focus.value = undefined;
  };
  if (!process) {
    return (
      <DetailsFrame title={`Process ${pid}`} onClose={close}>
        <p class="description">It ended so long ago that it is no longer kept.</p>
      </DetailsFrame>
    );
  }
  const related = (pids: Iterable<number>) => <Related model={model} focus={focus} pids={[...pids]} />;
  const children = [...model.processes.values()]
    .filter((other) => other.parent === pid)
    .map((other) => other.pid);
  return (
    <DetailsFrame title={nameProcess(process)} onClose={close}>
      <div class="state-line">
        <p class={process.state}>{explainState(process)}</p>
        {isLive && process.state !== "ended" && (
          <button type="button" class="danger" onClick={() => void session.kill(pid)}>
            Kill
          </button>
        )}
      </div>
      <dl>
        <Facts process={process} />
        {process.parent !== 0 && <Fact title="Parent">{related([process.parent])}</Fact>}
        {children.length > 0 && <Fact title="Children">{related(children)}</Fact>}
        {process.links.size > 0 && <Fact title="Links">{related(process.links)}</Fact>}
        {process.monitors.size > 0 && <Fact title="Monitors">{related(process.monitors)}</Fact>}
        {process.monitoredBy.size > 0 && <Fact title="Monitored by">{related(process.monitoredBy)}</Fact>}
      </dl>
      {isLive && process.state !== "ended" && (
        <InjectForm control={control} pid={pid} contents={contents.value} />
      )}
      {process.trapText !== "" && <Trap text={process.trapText} session={session} onPlace={links.open} />}
      {contents.value?.pid === pid && (
        <WaitingStack
          contents={contents.value}
          state={process.state}
          session={session}
          onPlace={links.open}
        />
      )}
      {contents.value?.pid === pid && (
        <ContentsView
          contents={contents.value}
          decode={({ tag, head, sizeBytes }) =>
            messages.value.decode({
              receiver: process.label,
              tag,
              bytes: head,
              isWhole: head.length === sizeBytes,
            })
          }
        />
      )}
      {!isLive && process.state !== "ended" && session.phase.value !== "idle" && (
        <p class="description">{PAST}</p>
      )}
      <LastOutput session={session} pid={pid} />
      <HistoryList {...context} pid={pid} />
    </DetailsFrame>
  );
}

interface TrapProps {
  readonly text: string;
  readonly session: Session;
  readonly onPlace: SourceLinks["open"];
}

/** A trap's message and the guest functions it went through. */
function Trap({ text, session, onPlace }: TrapProps) {
  const { message, frames } = parseTrap(text);
  return (
    <div class="trap-text">
      <p class="trap-message">{message}</p>
      <StackList {...{ session, frames, onPlace }} />
    </div>
  );
}

function DetailsFrame(props: { title: string; onClose: () => void; children: ComponentChildren }) {
  return (
    <aside class="details" aria-label="Details of the chosen process" data-testid="details">
      <div class="details-bar">
        <h3>{props.title}</h3>
        <button type="button" class="quiet" aria-label="Close details" onClick={props.onClose}>
          ×
        </button>
      </div>
      {props.children}
    </aside>
  );
}

function Facts({ process }: { readonly process: ObservedProcess }) {
  const { spawnedMs, endedMs, executor } = process;
  return (
    <>
      {process.label !== "" && <Fact title="Runs">{process.label}</Fact>}
      {process.names.size > 0 && <Fact title="Names">{[...process.names].join(", ")}</Fact>}
      <Fact title="Mailbox">{formatCount(process.mailboxDepth)} waiting</Fact>
      <Fact title="Messages">
        {formatCount(process.messagesReceived)} in, {formatCount(process.messagesSent)} out
      </Fact>
      <Fact title="Memory">{formatBytes(process.memoryBytes)}</Fact>
      <Fact title="Fuel">{formatCount(process.fuelUsed)} instructions</Fact>
      {process.restarts > 0 && <Fact title="Restarts">{process.restarts}</Fact>}
      {executor !== undefined && <Fact title="Executor">{executor}</Fact>}
      {spawnedMs !== undefined && <Fact title="Spawned">at {formatDuration(spawnedMs)}</Fact>}
      {endedMs !== undefined && (
        <Fact title="Ended">
          at {formatDuration(endedMs)}
          {spawnedMs !== undefined && `, after ${formatDuration(Math.max(0, endedMs - spawnedMs))}`}
        </Fact>
      )}
    </>
  );
}

function Related({
  model,
  focus,
  pids,
}: {
  model: SystemModel;
  focus: Signal<number | undefined>;
  pids: number[];
}) {
  const more = pids.length - RELATED_SHOWN;
  return (
    <span class="related">
      {pids.slice(0, RELATED_SHOWN).map((pid) => {
        const process = model.process(pid);
        return (
          <button
            type="button"
            key={pid}
            class={process?.state === "ended" ? "chip ended" : "chip"}
            disabled={!process}
            onClick={() => {
              focus.value = pid;
            }}
          >
            {process ? nameProcess(process) : pid}
          </button>
        );
      })}
      {more > 0 && <span>and {formatCount(more)} more</span>}
    </span>
  );
}

function LastOutput({ session, pid }: { session: Session; pid: number }) {
  const { lines } = session.output;
  const last = [];
  for (let i = lines.length - 1; i >= 0 && last.length < OUTPUT_SHOWN; i--) {
    if (lines[i]!.pid === pid) last.unshift(lines[i]!);
  }
  if (last.length === 0) return null;
  return (
    <>
      <h4>Output</h4>
      <div class="last-output">
        {last.map((line) => (
          <ConsoleLineView key={line.id} line={line} />
        ))}
      </div>
    </>
  );
}
