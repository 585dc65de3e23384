import { CHOOSABLE_COLORS, type ColorChoices, parseTheme } from "../../appearance/theme.ts";
import type { BroughtProgram, FrameMessage } from "../protocol/messages.ts";
import { frameAddress, readSettings } from "./address.ts";
import { type FrameLine, openFrameLine } from "./frameLine.ts";
import { readInlineFiles } from "./inlineFiles.ts";
import { createFailure, createFrame, createPoster, createStyle } from "./shadow.ts";

/** The frame is made when the element is so near to what is seen. */
const NEAR = "300px";
const LOADING_ATTRIBUTES = [
  "embed",
  "program",
  "link",
  "src",
  "args",
  "run",
  "height",
  "playground",
] as const;
const COLOR_ATTRIBUTES = ["theme", "accent"] as const;

/**
 * `<lunatic-playground>`: the playground in a page, in a frame that is made when it comes near to what is seen.
 * Attributes, events and methods are in docs/embedPlayground.md.
 */
export class LunaticPlayground extends HTMLElement {
  static readonly observedAttributes = [...LOADING_ATTRIBUTES, ...COLOR_ATTRIBUTES];
  /** Folder of the playground, for elements that name none: where embed.js came from. */
  static home = "";

  readonly #shadow = this.attachShadow({ mode: "open" });
  #frame: HTMLIFrameElement | undefined;
  #line: FrameLine | undefined;
  #observer: IntersectionObserver | undefined;
  readonly #scheme = matchMedia("(prefers-color-scheme: dark)");
  readonly #onScheme = () => this.#sayColors();

  connectedCallback(): void {
    const poster = createPoster(this.#title);
    poster.button.onclick = () => void this.load().then(() => this.#frame?.focus());
    this.#shadow.replaceChildren(createStyle(), poster.element);
    this.#scheme.addEventListener("change", this.#onScheme);
    const when = this.getAttribute("loading");
    if (when === "eager") void this.load();
    else if (when !== "click") this.#loadWhenNear();
  }

  disconnectedCallback(): void {
    this.#unload();
    this.#scheme.removeEventListener("change", this.#onScheme);
  }

  attributeChangedCallback(name: string): void {
    if (!this.#frame) return;
    if ((COLOR_ATTRIBUTES as readonly string[]).includes(name)) this.#sayColors();
    else {
      this.#unload();
      void this.load();
    }
  }

  /** Makes the frame now, if it is not there. The event `ready` tells when its program can run. */
  async load(): Promise<void> {
    // Files inside the element may not have been parsed yet.
    if (document.readyState === "loading") {
      await new Promise((resolve) => addEventListener("DOMContentLoaded", resolve, { once: true }));
    }
    if (this.#frame || !this.isConnected) return;
    this.#observer?.disconnect();
    const files = readInlineFiles(this.querySelectorAll("script"));
    const settings = readSettings((name) => this.getAttribute(name), files.length > 0);
    const playground = new URL(this.getAttribute("playground") ?? LunaticPlayground.home, document.baseURI)
      .href;
    this.#frame = createFrame(frameAddress(playground, settings), this.#title);
    this.#line = openFrameLine(this.#frame, new URL(playground).origin, (message) => this.#receive(message));
    this.#shadow.replaceChildren(createStyle(), this.#frame);
    this.#sayColors();
    if (settings.isBrought) await this.#bring(files);
  }

  /** Runs the program, from its start; loads the frame if need be. */
  async run(): Promise<void> {
    await this.load();
    this.#line?.say({ type: "run" });
  }

  /** Ends the run. */
  stop(): void {
    this.#line?.say({ type: "stop" });
  }

  get #title(): string {
    return this.getAttribute("title") ?? this.getAttribute("program") ?? "Lunatic playground";
  }

  #loadWhenNear(): void {
    this.#observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) void this.load();
      },
      { rootMargin: NEAR },
    );
    this.#observer.observe(this);
  }

  #unload(): void {
    this.#observer?.disconnect();
    this.#line?.close();
    this.#line = undefined;
    this.#frame?.remove();
    this.#frame = undefined;
  }

  async #bring(files: ReturnType<typeof readInlineFiles>): Promise<void> {
    const line = this.#line!;
    const title = this.#title;
    const args = this.getAttribute("args") ?? "";
    const src = this.getAttribute("src");
    if (src === null) {
      const texts = files.map(({ path, text }) => [path, text] as const);
      line.say({
        type: "program",
        program: { kind: "project", title, files: texts, entry: files[0]!.path, args },
      });
      return;
    }
    try {
      // Fetched here, not in the frame: the page's own files need no CORS here.
      const program: BroughtProgram = { kind: "module", title, bytes: await fetchModule(src), args };
      line.say({ type: "program", program });
    } catch (thrown) {
      const detail = thrown instanceof Error ? thrown.message : String(thrown);
      this.#shadow.replaceChildren(createStyle(), createFailure(detail));
      this.#receive({ type: "error", title: "The module could not be loaded", detail });
    }
  }

  #sayColors(): void {
    const style = getComputedStyle(this);
    const colors: Record<string, string> = {};
    for (const name of CHOOSABLE_COLORS) {
      const value = style.getPropertyValue(`--lunatic-${name}`).trim();
      if (value !== "") colors[name] = value;
    }
    const accent = this.getAttribute("accent");
    if (accent !== null) colors.accent = accent;
    const theme = parseTheme(this.getAttribute("theme")) ?? "auto";
    this.#line?.say({ type: "colors", theme, colors: colors satisfies ColorChoices });
  }

  #receive(message: FrameMessage): void {
    switch (message.type) {
      case "output":
        for (const printed of message.output) this.#tell("output", printed);
        break;
      case "height":
        this.style.height = `${message.pixels + this.#borderPixels()}px`;
        break;
      case "ready":
      case "exit":
      case "error": {
        const { type, ...detail } = message;
        this.#tell(type, detail);
        break;
      }
      default:
        message satisfies never;
    }
  }

  #borderPixels(): number {
    return this.offsetHeight - this.clientHeight;
  }

  #tell(type: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** @throws Error with the address and what the server said */
async function fetchModule(src: string): Promise<ArrayBuffer> {
  const url = new URL(src, document.baseURI).href;
  const response = await fetch(url).catch((error: unknown) => {
    throw new Error(`Cannot load ${url}: ${error instanceof Error ? error.message : String(error)}`);
  });
  if (!response.ok) throw new Error(`Cannot load ${url}: the server answered ${response.status}`);
  return response.arrayBuffer();
}
