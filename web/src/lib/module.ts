import { useEffect, useState } from "preact/hooks";

/** A part of the script that is fetched once something shows it; null until it is there, and where it cannot be fetched. */
export function useModule<T extends object>(load: () => Promise<T>, isWanted = true): T | null {
  const [module, setModule] = useState<T | null>(null);
  useEffect(() => {
    if (!isWanted) return;
    let isShown = true;
    load().then(
      (loaded) => isShown && setModule(loaded),
      () => undefined,
    );
    return () => {
      isShown = false;
    };
  }, [isWanted]);
  return module;
}
