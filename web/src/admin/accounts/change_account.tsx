import { useState } from "preact/hooks";
import { changeAccount, createAccountLink, type Account } from "../../api/account";
import { Breakable } from "../../controls/breakable";
import { Button } from "../../controls/button";
import { Dialog } from "../../controls/dialog";
import { Form, useForm } from "../../controls/form";
import { TextField } from "../../controls/text_field";
import type { Role } from "../../session/session";
import { AccountLinkNotice, type OneTimeLink } from "./account_link";
import { RoleField } from "./role_field";

const roleWords: Record<Role, string> = { customer: "a customer", staff: "staff", admin: "an administrator" };

interface ChangeAccountDialogProps {
  account: Account;
  onChanged: () => void;
  onClose: () => void;
}

/** Changes an account: its name and role, a new link, enabled or disabled. */
export function ChangeAccountDialog({ account, onChanged, onClose }: ChangeAccountDialogProps) {
  const [link, setLink] = useState<OneTimeLink | null>(null);
  const [raised, setRaised] = useState<Account | null>(null);
  const form = useForm({ name: account.name, role: account.role });
  const { name, role } = form.values;
  const change = async (changes: Parameters<typeof changeAccount>[1]) => {
    const changed = await changeAccount(account.id, changes).finally(onChanged);
    if (!changed.link || !changed.link_expires_at) return onClose();
    setRaised(changed);
    setLink({ path: changed.link, expires_at: changed.link_expires_at });
  };
  if (link && raised) return <RaisedDialog account={raised} link={link} onClose={onClose} />;
  return (
    <Dialog title={account.name} onClose={onClose}>
      <div class="stack">
        <p class="hint">
          <Breakable text={account.email} />
        </p>
        <Form
          form={form}
          rejection="Nothing was changed"
          submit="Save"
          submitting="Saving…"
          onSubmit={() => change({ ...(name.trim() !== account.name && { name }), ...(role !== account.role && { role }) })}
        >
          <TextField id="account-name" label="Name" autocomplete="off" {...form.field("name")} />
          <RoleField role={role} onChange={(chosen) => form.set({ role: chosen })} />
          <p class="hint">Another role signs {account.name} out at once. One with more rights also asks for a new password.</p>
        </Form>
        <section class="stack account-more" aria-labelledby="more-title">
          <h3 id="more-title">Getting in</h3>
          {link ? (
            <AccountLinkNotice name={account.name} link={link} />
          ) : (
            <p class="actions">
              {account.enabled && (
                <Button
                  onPress={() =>
                    void form.run(async () => {
                      const { path, expires_at } = await createAccountLink(account.id);
                      setLink({ path, expires_at });
                    })
                  }
                >
                  New link to set a password
                </Button>
              )}
              {account.enabled ? (
                <Button kind="danger" onPress={() => void form.run(() => change({ enabled: false }))}>
                  Disable account
                </Button>
              ) : (
                <Button onPress={() => void form.run(() => change({ enabled: true }))}>Enable account</Button>
              )}
            </p>
          )}
          <p class="hint">A disabled account is signed out everywhere at once. Its bookings and its part in the audit trail stay.</p>
        </section>
      </div>
    </Dialog>
  );
}

/** Shows the link after a change to a role with more rights, which takes the old password away. */
function RaisedDialog({ account: { name, email, role }, link, onClose }: { account: Account; link: OneTimeLink; onClose: () => void }) {
  return (
    <Dialog title={`${name} is ${roleWords[role]} now`} onClose={onClose}>
      <div class="stack">
        <p class="hint">{email}</p>
        <p>With more rights comes a new password. The old one and the PIN no longer work, and {name} was signed out everywhere.</p>
        <AccountLinkNotice name={name} link={link} />
        <div class="actions">
          <Button kind="primary" onPress={onClose}>
            Done
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
