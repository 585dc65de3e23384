/** Which browsers this machine has; plain JavaScript, as scripts/ensureBrowsers.mjs runs on Node 20 without a build. */
export * from "@lunatic-web/cli/browsers";
