/** @returns HTML of a frame that shows what the link leads to; isolated, and so on several cores, where its host is */
export function embedSnippet(link: string, title: string): string {
  return `<iframe src="${escapeAttribute(link)}" title="${escapeAttribute(title)}" width="100%" height="700" loading="lazy" allow="cross-origin-isolated; clipboard-write" style="border: 0"></iframe>`;
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
