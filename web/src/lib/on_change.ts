import type { ReadonlySignal } from "@preact/signals";

/** Calls `listener` at each change of the signal from now on. */
export function onChange(signal: ReadonlySignal<unknown>, listener: () => void): () => void {
  let isFirst = true;
  return signal.subscribe(() => {
    if (!isFirst) listener();
    isFirst = false;
  });
}
