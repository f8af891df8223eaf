import { CopyLine } from "../../controls/copy_line";
import { Notice } from "../../controls/notice";
import { formatClock } from "../../lib/time";
import { apiBaseStore } from "../../session/session";

export interface OneTimeLink {
  /** Follows the server's address. */
  path: string;
  expires_at: string;
}

/** A one-time link, which cannot be seen again. */
export function AccountLinkNotice({ name, link }: { name: string; link: OneTimeLink }) {
  return (
    <div class="stack">
      <Notice kind="good" title={`Hand this link to ${name}`}>
        <p>It sets a password, once, until {formatClock(Date.parse(link.expires_at))}. It cannot be shown again.</p>
      </Notice>
      <CopyLine id="account-link" label="Link" text={new URL(link.path, apiBaseStore.get() || window.location.origin).href} />
    </div>
  );
}
