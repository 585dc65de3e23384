import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import { joinArguments } from "../run/splitArguments.ts";
import { formatProgramLink, parseProgramLink } from "../share/programLink.ts";
import { loadCatalog, type Program } from "./catalog.ts";

/** Which program is chosen and how it would be started; the page's address follows it and leads it. */
export interface ProgramSelection {
  /** Empty until the catalog is there. Visitors' own programs come last. */
  readonly programs: ReadonlySignal<readonly Program[]>;
  readonly selected: ReadonlySignal<Program | undefined>;
  /** The line of the arguments field. */
  readonly args: ReadonlySignal<string>;
  /** Why there are no programs, or not the one a link asked for. */
  readonly error: ReadonlySignal<unknown>;
  select(name: string): void;
  setArgs(line: string): void;
  /** Takes a visitor's program off the list; the first of the page takes its place if it was chosen. */
  remove(name: string): void;
  /** Puts a program in the place of the one with its name; what is chosen, and its arguments, stay as they are. */
  replace(program: Program): void;
  /** Adds a visitor's program, or puts it in the place of the one with its name, and chooses it. */
  add(program: Program): void;
}

/** Where the address is kept and changes of it are heard of: the window. */
export interface AddressBar {
  readonly location: { readonly hash: string };
  readonly history: { replaceState(data: unknown, unused: string, url: string): void };
  addEventListener(type: "hashchange", listener: () => void): void;
}

/** @param openShared makes a program of the project in a link */
export function createProgramSelection(
  bar: AddressBar,
  load: () => Promise<readonly Program[]> = loadCatalog,
  openShared: (project: string) => Promise<Program> = () =>
    Promise.reject(new Error("No links with projects here")),
): ProgramSelection {
  const programs = signal<readonly Program[]>([]);
  const name = signal<string | undefined>(undefined);
  const args = signal("");
  const error = signal<unknown>(undefined);
  const selected = computed(() => programs.value.find((program) => program.name === name.value));

  function choose(program: Program, line?: string): void {
    batch(() => {
      name.value = program.name;
      args.value = line ?? joinArguments(program.args);
      error.value = undefined;
    });
  }

  async function followSharedProject(shared: string, line: string | undefined): Promise<void> {
    const { hash } = bar.location;
    try {
      const program = await openShared(shared);
      // Something else may have been chosen while it was unpacked.
      if (bar.location.hash !== hash) return;
      programs.value = withProgram(program);
      choose(program, line);
    } catch (thrown) {
      if (name.value === undefined) chooseFirst();
      error.value = thrown;
    }
  }

  function withProgram(added: Program): Program[] {
    return [...programs.value.filter((one) => one.name !== added.name), added];
  }

  function chooseFirst(): void {
    const first = programs.value.find(({ group }) => group !== "own");
    if (first) choose(first);
  }

  function followAddress(): void {
    const link = parseProgramLink(bar.location.hash);
    if (link.project !== undefined) void followSharedProject(link.project, link.args);
    if (link.lesson !== undefined) {
      const wanted = programs.value.find(({ lesson }) => lesson?.entry.name === link.lesson);
      if (wanted) choose(wanted, link.args);
      else error.value = new Error(`The link asks for a lesson "${link.lesson}", which is not offered here.`);
    }
    if (link.program === undefined) return;
    const wanted = programs.value.find((program) => program.name === link.program);
    if (wanted) choose(wanted, link.args);
    else error.value = new Error(`The link asks for a program "${link.program}", which is not offered here.`);
  }

  function writeAddress(): void {
    const program = selected.value;
    if (!program) return;
    // A visitor's own module is in this tab only: a link to it would lead nowhere.
    const isModule = program.group === "own" && !program.loadProject;
    const line = args.value === joinArguments(program.args) ? undefined : args.value;
    const hash = formatProgramLink({
      program: isModule || program.lesson || program.sharedAs !== undefined ? undefined : program.name,
      lesson: program.lesson?.entry.name,
      project: program.sharedAs,
      args: isModule ? undefined : line,
    });
    bar.history.replaceState(null, "", hash === "" ? "#" : hash);
  }

  async function start(): Promise<void> {
    try {
      const loaded = await load();
      programs.value = [...loaded, ...programs.value];
      // A shared project is shown when it is unpacked; another program in its place would only flash by.
      if (name.value === undefined && parseProgramLink(bar.location.hash).project === undefined)
        chooseFirst();
      followAddress();
    } catch (thrown) {
      error.value = thrown;
    }
  }

  bar.addEventListener("hashchange", followAddress);
  void start();

  return {
    programs,
    selected,
    args,
    error,
    select(wanted) {
      const program = programs.value.find((one) => one.name === wanted);
      if (!program) return;
      choose(program);
      writeAddress();
    },
    setArgs(line) {
      args.value = line;
      writeAddress();
    },
    remove(removed) {
      programs.value = programs.value.filter((one) => one.name !== removed);
      if (name.value !== removed) return;
      chooseFirst();
      writeAddress();
    },
    replace(program) {
      programs.value = programs.value.map((one) => (one.name === program.name ? program : one));
    },
    add(program) {
      programs.value = withProgram(program);
      choose(program);
      writeAddress();
    },
  };
}
