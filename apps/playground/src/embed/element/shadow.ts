/** Shown until the frame is there: what it will be, and a way to have it at once. */
export interface Poster {
  readonly element: HTMLElement;
  readonly button: HTMLButtonElement;
}

const STYLE = `
:host { display: block; height: 480px; min-width: 0; color-scheme: light dark;
  border: 1px solid light-dark(#dcdfe7, #2b303c); border-radius: 10px; overflow: hidden; }
:host([theme="light"]) { color-scheme: light; }
:host([theme="dark"]) { color-scheme: dark; }
:host([hidden]) { display: none; }
iframe { display: block; width: 100%; height: 100%; border: 0; }
.poster { display: grid; place-content: center; justify-items: center; gap: 12px; height: 100%; padding: 16px;
  box-sizing: border-box; background: light-dark(#f3f4f7, #0f1116); color: light-dark(#1b1e26, #e4e7ee);
  font: 14px/1.45 system-ui, sans-serif; text-align: center; }
button { min-height: 40px; padding: 0 18px; border: 1px solid light-dark(#4a4fc9, #a5aaff); border-radius: 7px;
  background: light-dark(#4a4fc9, #a5aaff); color: light-dark(#ffffff, #12142e); font: inherit; font-weight: 600;
  cursor: pointer; }
button:focus-visible { outline: 2px solid; outline-offset: 2px; }
p { margin: 0; }
[role="alert"] { color: light-dark(#b3261e, #ff9a90); }
`;

export function createStyle(): HTMLStyleElement {
  const style = document.createElement("style");
  style.textContent = STYLE;
  return style;
}

export function createPoster(title: string): Poster {
  const element = document.createElement("div");
  element.className = "poster";
  element.part.add("poster");
  const text = document.createElement("p");
  text.textContent = title;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Open the playground";
  element.append(text, button);
  return { element, button };
}

/** In place of the frame, what went wrong. */
export function createFailure(text: string): HTMLElement {
  const element = document.createElement("div");
  element.className = "poster";
  const paragraph = document.createElement("p");
  paragraph.setAttribute("role", "alert");
  paragraph.textContent = text;
  element.append(paragraph);
  return element;
}

export function createFrame(address: string, title: string): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  frame.title = title;
  // Isolation is passed on where the page has it; the clipboard serves the share dialog.
  frame.allow = "cross-origin-isolated; clipboard-write";
  frame.src = address;
  return frame;
}
