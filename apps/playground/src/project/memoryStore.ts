import type { ProjectStore, SavedProject } from "./projectStore.ts";

/** A store that lives as long as the page: edits in another page's frame are nobody's to keep. */
export function createMemoryStore(): ProjectStore {
  const projects = new Map<string, SavedProject>();
  return {
    load: async (id) => projects.get(id),
    listOwn: async () => [...projects.values()].filter(({ own }) => own !== undefined),
    save: async (project) => {
      projects.set(project.id, project);
    },
    remove: async (id) => {
      projects.delete(id);
    },
  };
}
