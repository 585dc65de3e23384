import { useSignal } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { useEffect } from "preact/hooks";
import { explainError } from "../run/plainError.ts";

/**
 * A component whose code is loaded when it is shown first: visitors who never open it do not download it.
 * @param load settles with the component; asked again after a failure
 */
export function lazyComponent<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
): FunctionComponent<Props> {
  let loaded: FunctionComponent<Props> | undefined;
  return function Lazy(props: Props) {
    const state = useSignal<{ readonly failure?: string }>({});
    useEffect(() => {
      if (loaded) return;
      load().then(
        (component) => {
          loaded = component;
          state.value = {};
        },
        (thrown: unknown) => {
          state.value = { failure: explainError(thrown).detail };
        },
      );
    }, [state]);
    const { failure } = state.value;
    if (failure !== undefined) return <p class="description">This part of the page is missing: {failure}</p>;
    if (!loaded) return <p class="description">loading…</p>;
    const Component = loaded;
    return <Component {...props} />;
  };
}
