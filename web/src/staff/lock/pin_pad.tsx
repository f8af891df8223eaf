import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { unlockDevice, type DevicePerson } from "../../api/account";
import { asApiError } from "../../api/error";
import { Button } from "../../controls/button";
import { Icon } from "../../controls/icon";
import { waitText } from "../../lib/time";
import { unlockWith } from "../../session/session_keeper";

const pinLength = 6;
const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"] as const;
/** Digits within this time after a letter come from a scanner, and are no PIN. */
const scanMs = 1_000;

interface PinPadProps {
  person: DevicePerson;
  /** The last scan; digits typed before it are discarded. */
  scanned: string | null;
  /** Switches to the password, as a PIN may be locked. */
  onPassword: () => void;
  onBack: () => void;
}

/** Six digits by touch or keyboard; the sixth unlocks. */
export function PinPad({ person, scanned, onPassword, onBack }: PinPadProps) {
  const [pin, setPin] = useState("");
  const [message, setMessage] = useState("");
  const [isBusy, setBusy] = useState(false);
  const wait = useWait();
  const heading = useRef<HTMLHeadingElement>(null);
  const isOpen = !isBusy && wait.seconds === 0;

  const unlock = async (whole: string) => {
    setBusy(true);
    try {
      await unlockWith(await unlockDevice(person.account_id, { pin: whole }));
    } catch (reason) {
      const error = asApiError(reason);
      if (error.retry_after) wait.start(error.retry_after);
      setMessage(error.retry_after ? `${error.message} You can try again in ${waitText(error.retry_after)}.` : error.message);
      setPin("");
      setBusy(false);
    }
  };
  const press = (digit: string) => {
    if (!isOpen || pin.length >= pinLength) return;
    setMessage("");
    const typed = pin + digit;
    setPin(typed);
    if (typed.length === pinLength) void unlock(typed);
  };
  const erase = () => setPin((typed) => typed.slice(0, -1));

  useLayoutEffect(() => heading.current?.focus(), []);
  // A layout effect runs before a first digit that comes ahead of the next frame.
  useLayoutEffect(() => setPin(""), [scanned]);
  const actions = useRef({ press, erase, onBack });
  actions.current = { press, erase, onBack };
  // A layout effect is in time for a first digit ahead of the next frame.
  useLayoutEffect(() => {
    let letterAt = -scanMs;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^\d$/.test(event.key)) {
        if (event.timeStamp - letterAt > scanMs) actions.current.press(event.key);
      } else if (event.key === "Backspace") actions.current.erase();
      else if (event.key === "Escape") actions.current.onBack();
      else if (event.key.length === 1 && event.key !== " ") letterAt = event.timeStamp;
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  return (
    <section class="pin-pad" aria-labelledby="pin-title">
      <h2 id="pin-title" ref={heading} tabIndex={-1}>
        {person.name}
      </h2>
      <p id="pin-hint">Your PIN</p>
      <p class={`pin-dots ${message ? "pin-wrong" : ""}`} role="status" aria-label={`${pin.length} of ${pinLength} digits`}>
        {Array.from({ length: pinLength }, (_, index) => (
          <span key={index} class={index < pin.length ? "pin-dot pin-dot-set" : "pin-dot"} />
        ))}
      </p>
      <div class="pin-fault" role="alert">
        {message}
      </div>
      {wait.seconds > 0 && (
        <p class="hint" aria-hidden="true">
          {waitText(wait.seconds)} left
        </p>
      )}
      <div class="pin-keys" role="group" aria-label="PIN pad">
        {digits.map((digit) => (
          <button key={digit} type="button" aria-disabled={!isOpen} onClick={() => press(digit)}>
            {digit}
          </button>
        ))}
        <button type="button" class="pin-erase" aria-label="Erase the last digit" onClick={erase}>
          <Icon name="erase" />
        </button>
      </div>
      <div class="actions">
        <Button onPress={onBack}>Somebody else</Button>
        <Button onPress={onPassword}>Sign in with your password</Button>
      </div>
    </section>
  );
}

/** Counts down the seconds until another try. */
function useWait(): { seconds: number; start: (seconds: number) => void } {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(Date.now());
  const seconds = Math.max(0, Math.ceil((until - now) / 1_000));
  useEffect(() => {
    if (seconds === 0) return;
    const timer = setTimeout(() => setNow(Date.now()), 500);
    return () => clearTimeout(timer);
  }, [seconds, now]);
  return {
    seconds,
    start: (length) => {
      setNow(Date.now());
      setUntil(Date.now() + length * 1_000);
    },
  };
}
