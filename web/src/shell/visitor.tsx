import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { locationStore, parseRoute, signInPath } from "../app/route";
import { Breakable } from "../controls/breakable";
import { Button } from "../controls/button";
import { Icon } from "../controls/icon";
import { useStore } from "../lib/store";
import { roleLabels } from "../session/role_labels";
import type { Account, Session } from "../session/session";
import { lock } from "../session/session_keeper";
import { requestSignOut } from "../session/sign_out";

/** Accounts mode: shows the account signed in, and the buttons to sign in or out. */
export function Visitor({ session: { account, device } }: { session: Session }) {
  const location = useStore(locationStore);
  const page = parseRoute(location.split("?")[0] ?? "").page;
  if (!account) {
    if (page === "sign_in" || page === "register" || page === "welcome") return null;
    return (
      <a class="button" href={signInPath(location)}>
        Sign in
      </a>
    );
  }
  if (!device) return <AccountMenu account={account} />;
  return (
    <div class="visitor">
      <a class="visitor-name" href="/account">
        <Icon name="person" />
        <span>{account.name}</span>
      </a>
      <Button kind="primary" onPress={lock}>
        <Icon name="lock" />
        Lock
      </Button>
    </div>
  );
}

function AccountMenu({ account }: { account: Account }) {
  const [isOpen, setOpen] = useState(false);
  const area = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const location = useStore(locationStore);

  useEffect(() => setOpen(false), [location]);
  // A layout effect is in time for an Escape ahead of the next frame.
  useLayoutEffect(() => {
    if (!isOpen) return;
    const onPress = ({ target }: Event) => {
      if (target instanceof Node && !area.current?.contains(target)) setOpen(false);
    };
    const onKey = ({ key }: KeyboardEvent) => {
      if (key !== "Escape") return;
      setOpen(false);
      opener.current?.focus();
    };
    document.addEventListener("pointerdown", onPress);
    document.addEventListener("focusin", onPress);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", onPress);
      document.removeEventListener("focusin", onPress);
      document.removeEventListener("keydown", onKey);
    };
  }, [isOpen]);

  return (
    <div class="visitor" ref={area}>
      <button
        ref={opener}
        type="button"
        class="visitor-name"
        aria-expanded={isOpen}
        aria-controls="visitor-menu"
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="person" />
        <span>{account.name}</span>
      </button>
      <div id="visitor-menu" class="visitor-menu" hidden={!isOpen}>
        <p>
          <strong>{account.name}</strong>
          <span class="hint">
            <Breakable text={account.email} />
          </span>
          <span class="hint">{roleLabels[account.role]}</span>
        </p>
        <a href="/account">My account</a>
        <button type="button" onClick={requestSignOut}>
          Sign out
        </button>
      </div>
    </div>
  );
}
