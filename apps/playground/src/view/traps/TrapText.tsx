import { parseTrap } from "@lunatic-web/runtime/inspect";

/** A trap's message and the guest functions it went through, innermost first. */
export function TrapText({ text }: { readonly text: string }) {
  const { message, frames } = parseTrap(text);
  return (
    <div class="trap-text">
      <p class="trap-message">{message}</p>
      {frames.length > 0 && (
        <ol class="trap-stack" aria-label="Stack, innermost function first">
          {frames.map(({ name }, index) => (
            <li key={index}>{name}</li>
          ))}
        </ol>
      )}
    </div>
  );
}
