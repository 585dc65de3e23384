/**
 * A function that runs a task after the event loop had its turn; one task at a time. A MessageChannel to oneself is
 * the fastest way to the back of the event loop: setTimeout is clamped to 4 ms.
 */
export function createMacrotaskPoster(): (task: () => void) => void {
  const { port1, port2 } = new MessageChannel();
  let posted: (() => void) | undefined;
  port1.onmessage = () => {
    const task = posted;
    posted = undefined;
    task?.();
  };
  return (task) => {
    posted = task;
    port2.postMessage(undefined);
  };
}
