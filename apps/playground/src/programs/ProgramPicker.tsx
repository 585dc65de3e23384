import type { Program, ProgramGroup } from "./catalog.ts";
import type { ProgramSelection } from "./selection.ts";

const GROUPS: readonly (readonly [ProgramGroup, string])[] = [
  ["own", "Yours"],
  ["lesson", "Lessons"],
  ["project", "Examples to edit"],
  ["example", "Examples in Rust"],
  ["load", "Load"],
];

export function ProgramPicker({ selection }: { readonly selection: ProgramSelection }) {
  const programs = selection.programs.value;
  return (
    <label class="field program-field">
      <span>Program</span>
      <select
        data-testid="program"
        value={selection.selected.value?.listedAs ?? selection.selected.value?.name ?? ""}
        disabled={programs.length === 0}
        onChange={(event) => selection.select(event.currentTarget.value)}
      >
        {GROUPS.map(([group, title]) => (
          <ProgramOptions
            key={group}
            title={title}
            programs={programs.filter((one) => one.group === group && one.listedAs === undefined)}
          />
        ))}
      </select>
    </label>
  );
}

function ProgramOptions({ title, programs }: { title: string; programs: readonly Program[] }) {
  if (programs.length === 0) return null;
  return (
    <optgroup label={title}>
      {programs.map((program) => (
        <option key={program.name} value={program.name}>
          {program.title}
        </option>
      ))}
    </optgroup>
  );
}
