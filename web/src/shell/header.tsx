import { roleHome } from "../app/route";
import { Icon } from "../controls/icon";
import { useStore } from "../lib/store";
import { sessionStore, type Role } from "../session/session";
import { Navigation } from "./navigation";
import { RoleSwitch } from "./role_switch";
import { Visitor } from "./visitor";

export function Header({ path, role }: { path: string; role: Role }) {
  const session = useStore(sessionStore);
  return (
    <header class="header">
      <div class="header-row">
        <a class="brand" href={roleHome[role]}>
          <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <rect width="32" height="32" rx="7" />
            <path d="M16 6.5 25 11v10l-9 4.5L7 21V11zM7 11l9 4.5 9-4.5M16 15.5v10" />
          </svg>
          <span class="brand-name">
            Hatfield <span class="brand-rest">Storage Solutions</span>
          </span>
        </a>
        {session?.mode === "demo" && <RoleSwitch role={role} />}
        {session?.mode === "accounts" && <Visitor session={session} />}
        <a class="icon-button" href="/settings" aria-label="Settings" aria-current={path === "/settings" ? "page" : undefined}>
          <Icon name="settings" />
        </a>
      </div>
      <Navigation path={path} role={role} />
    </header>
  );
}
