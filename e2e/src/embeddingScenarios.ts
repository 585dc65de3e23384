import { createRuntime, type RunningEnvironment, type RunOptions, type Runtime } from "@lunatic-web/runtime";
import { EventKind } from "@lunatic-web/runtime/inspect";

/** What an embedding page may ask of processes; each scenario runs in a page of its own, with an environment that waits. */
export interface Stage {
  readonly runtime: Runtime;
  readonly environment: RunningEnvironment;
  /** The module of fixtures/guests/pagePeer.wat, again. */
  readonly peer: Awaited<ReturnType<Runtime["compile"]>>;
  /** What processes have printed so far. */
  output(): string;
}

const bytesOf = (pid: number): Uint8Array => new Uint8Array(new BigUint64Array([BigInt(pid)]).buffer);
/** Waits for something that happens on other threads and tells nobody. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** A guest finds a process written in TypeScript by its name, asks, and prints the answer. */
export async function guestAsksPage({ environment, output }: Stage): Promise<unknown> {
  const asker = environment.spawn("ask");
  const server = await environment.spawn(
    async (self) => {
      const request = await self.receive({ tags: [7] });
      if (request.type !== "data") throw new Error(`expected data, got ${request.type}`);
      const from = Number(new BigUint64Array(request.bytes.buffer)[0]);
      self.send(from, 8, new TextEncoder().encode(`hello ${from === request.from}`));
    },
    { name: "page" },
  );
  const report = await server.ended;
  await until(() => output() !== "");
  return { reason: report.reason, output: output(), asker: (await asker) > 0 };
}

/** The page finds a guest by its name and asks it many times at once; answers come to the receives they are for. */
export async function pageAsksGuest({ environment }: Stage): Promise<unknown> {
  await environment.spawn("serve");
  await using page = await environment.attach();
  let server = await environment.lookup("server");
  while (server === undefined) server = await environment.lookup("server");
  const tags = Array.from({ length: 20 }, (_, index) => BigInt(index + 1));
  const answers = tags.map((tag) => page.receive({ tags: [tag] }));
  for (const tag of tags.toReversed()) page.send(server, tag, bytesOf(page.pid));
  return (await Promise.all(answers)).map((answer) =>
    answer.type === "data" ? Number(new BigUint64Array(answer.bytes.buffer)[1]) : answer.type,
  );
}

/** A guest that fails tells the page it is linked to and the page that monitors it. */
export async function guestFails({ environment }: Stage): Promise<unknown> {
  await using linked = await environment.attach();
  await using watching = await environment.attach();
  linked.dieWhenLinkDies(false);
  const guest = await linked.spawn("fail", { link: 3n });
  watching.monitor(guest);
  // From the one that monitors: what it says to the guest arrives after its wish to monitor it.
  watching.send(guest, 0, new Uint8Array());
  const [link, monitor] = await Promise.all([linked.receive(), watching.receive()]);
  return { link: `${link.type} ${"tag" in link && link.tag} ${link.from === guest}`, monitor: monitor.type };
}

/** A TypeScript process that throws takes linked guests along, or tells those that do not die with links. */
export async function pageFails({ environment, output }: Stage): Promise<unknown> {
  const failing = await environment.spawn(async (self) => {
    await self.spawn("survive", { params: [BigInt(self.pid)] });
    await self.spawn("fail", { link: 1 });
    await self.receive();
    throw new Error("the page gave up");
  });
  await using page = await environment.attach();
  let links = 0;
  for await (const { snapshot, events } of environment.inspect({ kinds: [EventKind.Link] })) {
    const pids = (snapshot?.processes ?? []).filter(({ links: all }) => all.includes(failing.pid));
    links += pids.length + events.filter(({ other }) => other === failing.pid).length;
    if (links >= 2) break;
  }
  page.send(failing.pid, 0, new Uint8Array());
  const { reason, cause } = await failing.ended;
  await until(() => output() !== "");
  return { reason, cause: cause.type === "threw" && cause.message, output: output() };
}

/** A kill from outside reaches code on the page. */
export async function killedPage({ environment }: Stage): Promise<unknown> {
  const seen: string[] = [];
  const victim = await environment.spawn(async (self) => {
    self.signal.addEventListener("abort", () => seen.push((self.signal.reason as Error).name));
    await self.receive().catch((error: Error) => seen.push(error.name));
  });
  const found = await environment.kill(victim.pid);
  const { cause } = await victim.ended;
  return { found, cause: cause.type, seen, again: await environment.kill(victim.pid) };
}

/** A module travels from the page to a guest, which starts a process of it. */
export async function moduleInMessage({ environment, peer }: Stage): Promise<unknown> {
  const hirer = await environment.spawn("hire");
  await using page = await environment.attach();
  page.send(hirer, 0, new Uint8Array(), [peer]);
  let server = await environment.lookup("server");
  while (server === undefined) server = await environment.lookup("server");
  page.send(server, 4, bytesOf(page.pid));
  const answer = await page.receive({ tags: [4] });
  return answer.type;
}

/** Thousands of messages each way keep their order. */
export async function orderAtLoad({ environment }: Stage): Promise<unknown> {
  const COUNT = 3000;
  await environment.spawn("serve", { name: "early" });
  const server = await environment.lookup("early");
  await using page = await environment.attach();
  for (let tag = 1; tag <= COUNT; tag++) page.send(server!, tag, bytesOf(page.pid));
  let expected = 1n;
  for await (const message of page) {
    if (message.type !== "data" || message.tag !== expected) return `${expected}: got ${message.type}`;
    if (expected === BigInt(COUNT)) break;
    expected++;
  }
  return "in order";
}

/** Views of the system show processes of the page as such. */
export async function inspected({ environment }: Stage): Promise<unknown> {
  await using page = await environment.attach({ name: "front desk" });
  const guest = await page.spawn("fail", { link: 2 });
  void page.receive().catch(() => {});
  for await (const { snapshot } of environment.inspect()) {
    const shown = snapshot?.processes.find(({ pid }) => pid === page.pid);
    if (shown === undefined) continue;
    const { label, module, names, links, memoryBytes } = shown;
    return { label, module, names, isLinked: links.includes(guest), memoryBytes };
  }
  return "never shown";
}

/** The end of the environment, and of the runtime, ends what waits on the page. */
export async function endings({ runtime, environment, peer }: Stage): Promise<unknown> {
  const page = await environment.attach();
  const waiting = page.receive().catch((error: Error) => error.name);
  await environment.stop();
  const other = await runtime.run(peer, {});
  const late = await other.attach();
  const lateReceive = late.receive().catch((error: Error) => error.message);
  await runtime.close();
  return {
    waiting: await waiting,
    cause: (await page.ended).cause.type,
    attach: await environment.attach().catch((error: Error) => error.name),
    lateReceive: await lateReceive,
    exited: (await other.exited).cause.type,
  };
}

/** What is made before the root is there when it runs. */
export async function prepared({ runtime, peer }: Stage): Promise<unknown> {
  let output = "";
  const options: RunOptions = {
    entry: "ask",
    onOutput: ({ text }) => {
      output += text;
    },
    prepare: async (environment) => {
      await environment.spawn(
        async (self) => {
          for await (const message of self) self.send(message.from, 8, new TextEncoder().encode("ready"));
        },
        { name: "page" },
      );
    },
  };
  const environment = await runtime.run(peer, options);
  const { reason } = await environment.exited;
  const failing = runtime.run(peer, { prepare: () => Promise.reject(new Error("not prepared")) });
  return { reason, output, rootPid: environment.rootPid, failing: await failing.catch(textOfError) };
}

const textOfError = (error: Error): string => error.message;

export const scenarios = {
  guestAsksPage,
  pageAsksGuest,
  guestFails,
  pageFails,
  killedPage,
  moduleInMessage,
  orderAtLoad,
  inspected,
  endings,
  prepared,
};

/** Runs one of them in a runtime of its own. */
export async function play(
  name: keyof typeof scenarios,
  base64: string,
  executors: number,
): Promise<unknown> {
  const bytes = Uint8Array.from(atob(base64), (digit) => digit.charCodeAt(0));
  await using runtime = await createRuntime({ moduleCache: "none", executors });
  const peer = await runtime.compile(bytes, { name: "pagePeer.wasm" });
  let printed = "";
  const environment = await runtime.run(peer, {
    onOutput: ({ text }) => {
      printed += text;
    },
  });
  // Awaited here: the runtime is to be closed after the scenario, not during it.
  return await scenarios[name]({ runtime, environment, peer, output: () => printed });
}
