import { useState } from "preact/hooks";
import { AccountForm } from "../account/account_form";
import { useSending } from "../account/sending";
import { changeAccount, createAccountLink, type Account } from "../api/account";
import { Button } from "../controls/button";
import { Dialog } from "../controls/dialog";
import { TextField } from "../controls/text_field";
import { LinkToHandOver, type HandedLink } from "./accounts_link";
import { RoleField } from "./accounts_role";

const fields = ["name", "role"];

interface ChangeAccountDialogProps {
  account: Account;
  onChanged: () => void;
  onClose: () => void;
}

/** What an administrator can do with an account. */
export function ChangeAccountDialog({ account, onChanged, onClose }: ChangeAccountDialogProps) {
  const [name, setName] = useState(account.name);
  const [role, setRole] = useState(account.role);
  const [link, setLink] = useState<HandedLink | null>(null);
  const sending = useSending();
  const change = async (changes: Parameters<typeof changeAccount>[1]) => {
    await changeAccount(account.id, changes);
    onChanged();
    onClose();
  };
  return (
    <Dialog title={account.name} onClose={onClose}>
      <div class="stack">
        <p class="hint">{account.email}</p>
        <AccountForm
          sending={sending}
          fields={fields}
          refusal="Nothing was changed"
          submit="Save"
          submitting="Saving…"
          onSubmit={() => change({ ...(name.trim() !== account.name && { name }), ...(role !== account.role && { role }) })}
        >
          <TextField id="account-name" label="Name" autocomplete="off" value={name} faults={sending.faultsOf("name")} onInput={setName} />
          <RoleField role={role} onChange={setRole} />
          <p class="hint">Another role signs {account.name} out at once.</p>
        </AccountForm>
        <section class="stack account-more" aria-labelledby="more-title">
          <h3 id="more-title">Getting in</h3>
          {link ? (
            <LinkToHandOver name={account.name} link={link} />
          ) : (
            <p class="actions">
              {account.enabled && (
                <Button
                  onPress={() =>
                    void sending.run(async () => {
                      const { path, expires_at } = await createAccountLink(account.id);
                      setLink({ path, expires_at });
                    })
                  }
                >
                  New link to set a password
                </Button>
              )}
              {account.enabled ? (
                <Button kind="danger" onPress={() => void sending.run(() => change({ enabled: false }))}>
                  Disable account
                </Button>
              ) : (
                <Button onPress={() => void sending.run(() => change({ enabled: true }))}>Enable account</Button>
              )}
            </p>
          )}
          <p class="hint">A disabled account is signed out everywhere at once. Its bookings and its part in the audit trail stay.</p>
        </section>
      </div>
    </Dialog>
  );
}
