import { useEffect, useState } from "preact/hooks";
import { Button } from "../../controls/button";
import { lock } from "../../session/session_keeper";

const inputEvents = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;
const maxWarningSeconds = 10;
const checkEveryMs = 250;

/** Locks a shared screen after some time without input, and warns before. */
export function IdleLock({ seconds }: { seconds: number }) {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    let touchedAt = Date.now();
    const touch = () => {
      touchedAt = Date.now();
      setLeft(seconds);
    };
    // Comparing times, and not counting, locks a machine that wakes up from sleep.
    const timer = setInterval(() => {
      const now = Math.ceil(seconds - (Date.now() - touchedAt) / 1_000);
      if (now <= 0) lock();
      else setLeft(now);
    }, checkEveryMs);
    for (const type of inputEvents) document.addEventListener(type, touch, { passive: true, capture: true });
    return () => {
      clearInterval(timer);
      for (const type of inputEvents) document.removeEventListener(type, touch, { capture: true });
    };
  }, [seconds]);
  const isNear = left <= Math.min(maxWarningSeconds, seconds / 2);
  return (
    <div class="idle-lock-place" role="status">
      {isNear && (
        <div class="idle-lock">
          <span class="visually-hidden">This screen locks soon.</span>
          <span aria-hidden="true">
            Locks in <strong>{left}</strong> s
          </span>
          <Button>Stay</Button>
        </div>
      )}
    </div>
  );
}
