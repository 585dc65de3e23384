import { COMMANDS, type CommandSpec, type OptionSpec } from "./specs.ts";

export type Shell = "bash" | "zsh" | "fish";

export function completionScript(shell: Shell): string {
  return { bash, zsh, fish }[shell]();
}

/** Bash 3.2, which macOS still has, knows no associative arrays: hence a case. */
function bash(): string {
  const cases = COMMANDS.map((command) => `    ${command.name}) words="${flags(command).join(" ")}" ;;`);
  const values = optionsWithChoices().map(
    ({ name, choices }) =>
      `    --${name}) COMPREPLY=($(compgen -W "${choices.join(" ")}" -- "$current")); return ;;`,
  );
  return `_lunatic_web() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}" words
  case "$previous" in
${values.join("\n")}
  esac
  case "\${COMP_WORDS[1]}" in
${cases.join("\n")}
    *) words="${COMMANDS.map(({ name }) => name).join(" ")} --help --version" ;;
  esac
  if [[ "$current" == -* || $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  fi
  [[ \${#COMPREPLY[@]} -gt 0 ]] || COMPREPLY=($(compgen -f -- "$current"))
}
complete -o filenames -F _lunatic_web lunatic-web
`;
}

function zsh(): string {
  const commands = COMMANDS.map(({ name, summary }) => `    '${name}:${quoted(summary)}'`);
  const cases = COMMANDS.map((command) => {
    const specs = command.options.map((option) => `'${zshOption(option)}'`);
    return `    ${command.name}) _arguments ${specs.join(" ")} '*:file:_files' ;;`;
  });
  return `#compdef lunatic-web
_lunatic_web() {
  local -a commands=(
${commands.join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    _files -g '*.wasm'
    return
  fi
  local command="\${words[2]}"
  shift words
  (( CURRENT-- ))
  case "$command" in
${cases.join("\n")}
    *) _files ;;
  esac
}
_lunatic_web "$@"
`;
}

function zshOption({ name, value, choices, isRepeatable, help }: OptionSpec): string {
  const text = quoted(help).replace(/[[\]]/g, "");
  const action =
    value === undefined ? "" : `:value:${choices === undefined ? "_files" : `(${choices.join(" ")})`}`;
  return `${isRepeatable ? "*" : ""}--${name}[${text}]${action}`;
}

function fish(): string {
  const names = COMMANDS.map(({ name }) => name).join(" ");
  const commands = COMMANDS.map(
    ({ name, summary }) =>
      `complete -c lunatic-web -n "not __fish_seen_subcommand_from ${names}" -a ${name} -d '${quoted(summary)}'`,
  );
  const options = COMMANDS.flatMap((command) =>
    command.options.map((option) => {
      const short = option.short === undefined ? "" : ` -s ${option.short}`;
      const choices = option.choices === undefined ? "" : ` -x -a '${option.choices.join(" ")}'`;
      const value = option.value !== undefined && option.choices === undefined ? " -r" : choices;
      return `complete -c lunatic-web -n "__fish_seen_subcommand_from ${command.name}" -l ${option.name}${short}${value} -d '${quoted(option.help)}'`;
    }),
  );
  return `${[...commands, ...options].join("\n")}\n`;
}

function flags({ options }: CommandSpec): string[] {
  return options.flatMap(({ name, short }) => [`--${name}`, ...(short === undefined ? [] : [`-${short}`])]);
}

function optionsWithChoices(): { name: string; choices: readonly string[] }[] {
  const found = new Map<string, readonly string[]>();
  for (const { name, choices } of COMMANDS.flatMap(({ options }) => options)) {
    if (choices !== undefined) found.set(name, choices);
  }
  return Array.from(found, ([name, choices]) => ({ name, choices }));
}

/** For single quotes of all three shells. */
function quoted(text: string): string {
  return text.replaceAll("'", "’");
}
