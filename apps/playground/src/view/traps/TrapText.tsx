import { parseTrap } from "@lunatic-web/runtime/inspect";

/** A trap's message and the guest functions it went through, innermost first. */
export function TrapText({ text }: { readonly text: string }) {
  return (
    <div class="trap-text">
      <p class="trap-message">{parseTrap(text).message}</p>
      <TrapStack text={text} />
    </div>
  );
}

/** The guest functions of a trap's text, without its message. */
export function TrapStack({ text }: { readonly text: string }) {
  const { frames } = parseTrap(text);
  if (frames.length === 0) return null;
  return (
    <ol class="trap-stack" aria-label="Stack, innermost function first">
      {frames.map(({ name }, index) => (
        <li key={index}>{name}</li>
      ))}
    </ol>
  );
}
