import { useEffect, useState } from "preact/hooks";
import { linkStore } from "../app/route";
import { DesktopFailure, fetchDesktop, redeemCode, type Desktop } from "./desktop";

export interface StartQuery {
  desktop: Desktop | null;
  failure: DesktopFailure | null;
  refresh(): void;
}

const pauseMs = 700;

let redeeming: Promise<void> | null = null;

/** A code is good for one time, however often the page is mounted. */
function redeemOnce(): Promise<void> {
  const code = linkStore.get();
  if (code) {
    linkStore.set(null);
    redeeming = redeemCode(code);
  }
  return redeeming ?? Promise.resolve();
}

/** What runs on this computer: read again while it starts, and whenever the tab is shown. */
export function useDesktop(): StartQuery {
  const [desktop, setDesktop] = useState<Desktop | null>(null);
  const [failure, setFailure] = useState<DesktopFailure | null>(null);
  const [reads, setReads] = useState(0);
  const refresh = () => setReads((count) => count + 1);

  useEffect(() => {
    let isShown = true;
    redeemOnce()
      .then(fetchDesktop)
      .then(
        (found) => {
          if (!isShown) return;
          setFailure(null);
          setDesktop(found);
        },
        (error: unknown) => {
          if (isShown) setFailure(error instanceof DesktopFailure ? error : new DesktopFailure("refused"));
        },
      );
    return () => {
      isShown = false;
    };
  }, [reads]);

  useEffect(() => {
    if (desktop?.business.state !== "starting" || failure) return;
    const timer = setTimeout(refresh, pauseMs);
    return () => clearTimeout(timer);
  }, [desktop, failure]);

  useEffect(() => {
    const onShown = () => {
      if (!document.hidden) refresh();
    };
    document.addEventListener("visibilitychange", onShown);
    return () => document.removeEventListener("visibilitychange", onShown);
  }, []);

  return { desktop, failure, refresh };
}
