/**
 * The rules of the tree as data. docs/architecture.md gives the reasons; a folder that is missing here fails the
 * check, so a new one states what it may use before it is used.
 */

/**
 * @typedef {object} Layer
 * @property {readonly string[]} [imports] folders it may import values and types from
 * @property {readonly string[]} [types]   folders it may only `import type` from
 * @property {readonly string[]} [workers] folders whose files it may start as a worker by `new URL(…, import.meta.url)`
 */

/**
 * What each folder (or file) of a package's `src` may use beside itself.
 * @type {Readonly<Record<string, Readonly<Record<string, Layer>>>>}
 */
export const LAYERS = {
  "packages/runtime-web/src": {
    instrument: {},
    inspect: {},
    storage: {},
    disk: { imports: ["storage"] },
    mailbox: { types: ["kernel"] },
    kernel: { imports: ["inspect"] },
    abi: { imports: ["kernel", "inspect"] },
    wasi: { imports: ["storage", "abi", "kernel"] },
    scheduler: { imports: ["kernel", "inspect", "instrument", "abi", "wasi"] },
    protocol: { imports: ["kernel", "inspect", "mailbox"], types: ["instrument", "abi", "storage"] },
    sqlite: { imports: ["abi", "disk", "mailbox", "protocol", "storage"] },
    files: { imports: ["disk", "protocol", "storage"] },
    storageWorker: { imports: ["files", "protocol", "storage"] },
    executor: {
      imports: [
        "abi",
        "files",
        "inspect",
        "instrument",
        "kernel",
        "mailbox",
        "protocol",
        "scheduler",
        "sqlite",
        "storage",
        "wasi",
      ],
    },
    hub: {
      imports: ["protocol", "kernel", "instrument", "inspect", "storage", "mailbox", "abi"],
    },
    page: {
      imports: ["protocol", "inspect", "kernel", "scheduler", "instrument", "storage"],
      types: ["hub"],
      workers: ["hub", "executor", "sqlite", "storageWorker"],
    },
    "index.ts": {
      imports: ["page", "kernel", "instrument", "inspect", "storage"],
      types: ["hub"],
    },
  },
  "packages/sdk": {
    transform: { imports: ["trace"] },
    compiler: { imports: ["transform", "trace"] },
    editor: { imports: ["transform"] },
    trace: {},
  },
};

/** Files that users of their package get, and so may import only what it depends on. */
export const SHIPPED = [/^packages\/[^/]+\/src\//, /^packages\/sdk\/(transform|compiler|editor|trace)\//];

/** Programs in AssemblyScript: .ts files that are not TypeScript (decorators on functions), so no tool here reads them. */
export const GUEST_SOURCES = [
  /^packages\/sdk\/assembly\//,
  /^guests\/as\//,
  /^apps\/playground\/examples\//,
  /^apps\/playground\/lessons\/[^/]+\/(start|solution)\//,
];

/** Folders that are a package of their own: nothing outside reaches into them, they reach out by package name. */
export const PACKAGE_ROOTS = ["packages/*", "apps/*", "e2e", "bench", "scripts"];

/** Programs and their prebuilt modules are data, not a package: everyone may read them by path. */
export const DATA_ROOTS = ["guests"];

/** Where `postMessage` may be called; the rule holds for what ships, which is everything under these roots. */
export const POSTING = {
  roots: ["packages", "apps"],
  allowedIn: [
    "packages/runtime-web/src/protocol",
    "apps/playground/src/embed/protocol",
    "apps/playground/src/offline/protocol",
  ],
};

export const MAX_LINES = 400;

/** Words that say nothing about what a file holds. Each part of a camelCase or hyphenated name counts. */
export const BANNED_NAME_WORDS = ["util", "utils", "helper", "helpers", "manager", "managers", "misc"];

/** Never ours: installed, built or generated. */
export const IGNORED_FOLDERS = [
  "node_modules",
  ".git",
  "dist",
  "target",
  "prebuilt",
  "test-results",
  ".vite",
  ".cache",
];

/** Files that count as written by us, and so have a length limit. */
export const AUTHORED_EXTENSIONS = [
  ".ts",
  ".tsx",
  ".mjs",
  ".js",
  ".css",
  ".html",
  ".rs",
  ".sh",
  ".wat",
  ".c",
];

/** Files whose imports are read. */
export const MODULE_EXTENSIONS = [".ts", ".tsx", ".mjs", ".js"];
