import { Icon } from "../controls/icon";
import { useStore } from "../lib/store";
import { sessionStore } from "../session/session";
import { isOpenDemo } from "./open_demo";

/** Warns where a demo can be reached from other machines. */
export function DemoBanner() {
  const session = useStore(sessionStore);
  if (!session || !isOpenDemo(session.mode, window.location.hostname)) return null;
  return (
    <p class="demo-banner" role="note">
      <Icon name="warning" />
      <span>
        <strong>Demo mode:</strong> anybody who reaches this address can act as staff.
      </span>
    </p>
  );
}
