import { useState } from "preact/hooks";
import { AccountForm } from "../account/account_form";
import { RoleField } from "./accounts_role";
import { useSending } from "../account/sending";
import { createAccount } from "../api/account";
import { sendOnce } from "../attempt";
import { Button } from "../controls/button";
import { Dialog } from "../controls/dialog";
import { TextField } from "../controls/text_field";
import type { Role } from "../session";
import { LinkToHandOver, type HandedLink } from "./accounts_link";

const fields = ["name", "email", "role"];

/** Makes an account and shows the link with which its owner sets a password. */
export function AddAccountDialog({ onAdded, onClose }: { onAdded: () => void; onClose: () => void }) {
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("staff");
  const [link, setLink] = useState<HandedLink | null>(null);
  const sending = useSending();
  const add = async () => {
    const { answer } = await sendOnce("account", { name, email, role }, createAccount);
    setLink({ path: answer.link, expires_at: answer.link_expires_at });
    onAdded();
  };
  return (
    <Dialog title={link ? "The account is made" : "Add an account"} onClose={onClose}>
      {link ? (
        <div class="stack">
          <LinkToHandOver name={name.trim()} link={link} />
          <div class="actions">
            <Button kind="primary" onPress={onClose}>
              Done
            </Button>
          </div>
        </div>
      ) : (
        <AccountForm sending={sending} fields={fields} refusal="No account was made" submit="Add account" submitting="Adding…" onSubmit={add}>
          <TextField id="account-name" label="Name" autocomplete="off" value={name} faults={sending.faultsOf("name")} onInput={setName} />
          <TextField
            id="account-email"
            label="E-mail"
            type="email"
            autocomplete="off"
            value={email}
            faults={sending.faultsOf("email")}
            onInput={setEmail}
          />
          <RoleField role={role} onChange={setRole} />
        </AccountForm>
      )}
    </Dialog>
  );
}
