import { Breakable } from "../controls/breakable";
import { Notice } from "../controls/notice";
import { Page } from "../controls/page";
import { useStore } from "../lib/store";
import { LeaveDeviceCard } from "../session/leave_device";
import { roleLabels } from "../session/role_labels";
import { sessionStore } from "../session/session";
import { DeviceCard } from "./device_card";
import { PasswordCard } from "./password_card";
import { PinCard } from "./pin_card";

export function AccountPage() {
  const session = useStore(sessionStore);
  if (!session?.account) return null;
  const { account, device } = session;
  const isStaff = account.role !== "customer";
  return (
    <Page title="My account">
      <div class="account-cards">
        <section class="card stack" aria-labelledby="who-title">
          <h2 id="who-title">You</h2>
          <dl class="facts">
            <dt>Name</dt>
            <dd>{account.name}</dd>
            <dt>E-mail</dt>
            <dd>
              <Breakable text={account.email} />
            </dd>
            <dt>Role</dt>
            <dd>{roleLabels[account.role]}</dd>
          </dl>
        </section>
        {device ? (
          <>
            <Notice kind="info">
              <p>Change your password and PIN in your own browser, where nobody looks over your shoulder.</p>
            </Notice>
            <LeaveDeviceCard name={device.name} />
          </>
        ) : (
          <>
            <PasswordCard />
            {isStaff && <PinCard hasPin={account.has_pin} />}
            {isStaff && <DeviceCard />}
          </>
        )}
      </div>
    </Page>
  );
}
