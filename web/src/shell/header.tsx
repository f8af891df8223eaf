import { roleHome } from "../app/route";
import { Icon } from "../controls/icon";
import { useStore } from "../lib/store";
import { sessionStore, type Role } from "../session/session";
import { Brand } from "./brand";
import { Navigation } from "./navigation";
import { RoleSwitch } from "./role_switch";
import { Visitor } from "./visitor";

export function Header({ path, role }: { path: string; role: Role }) {
  const session = useStore(sessionStore);
  return (
    <header class="header">
      <div class="header-row">
        <a class="brand" href={roleHome[role]}>
          <Brand />
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
