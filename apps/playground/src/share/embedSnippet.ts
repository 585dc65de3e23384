/**
 * HTML that shows in any page what a link leads to.
 * @param link  that the share dialog made
 * @param home  folder of the playground, with a slash at its end
 */
export function embedSnippet(link: string, title: string, home: string): string {
  const script = `<script async src="${escapeAttribute(`${home}embed.js`)}"></script>`;
  const hash = escapeAttribute(link.slice(link.indexOf("#")));
  return `${script}\n<lunatic-playground title="${escapeAttribute(title)}" link="${hash}"></lunatic-playground>`;
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
