import { useState } from "preact/hooks";
import { createAccount } from "../../api/account";
import { Breakable } from "../../controls/breakable";
import { Button } from "../../controls/button";
import { Dialog } from "../../controls/dialog";
import { Form, useForm } from "../../controls/form";
import { TextField } from "../../controls/text_field";
import type { Role } from "../../session/session";
import { AccountLinkNotice, type OneTimeLink } from "./account_link";
import { RoleField } from "./role_field";

/** The account as the server made it. */
interface Made {
  name: string;
  email: string;
  link: OneTimeLink;
}

/** Makes an account and shows the link with which its owner sets a password. */
export function AddAccountDialog({ onAdded, onClose }: { onAdded: () => void; onClose: () => void }) {
  const [made, setMade] = useState<Made | null>(null);
  const form = useForm<{ name: string; email: string; role: Role }>({ name: "", email: "", role: "staff" });
  const add = async () => {
    // Each try sends the fields as they are now. A lost one shows in the list, and the server rejects its e-mail again.
    const made = await createAccount(form.values).finally(onAdded);
    setMade({ name: made.name, email: made.email, link: { path: made.link, expires_at: made.link_expires_at } });
  };
  return (
    <Dialog title={made ? "The account is made" : "Add an account"} onClose={onClose}>
      {made ? (
        <div class="stack">
          <p class="hint">
            <Breakable text={made.email} />
          </p>
          <AccountLinkNotice name={made.name} link={made.link} />
          <div class="actions">
            <Button kind="primary" onPress={onClose}>
              Done
            </Button>
          </div>
        </div>
      ) : (
        <Form form={form} rejection="No account was made" submit="Add account" submitting="Adding…" onSubmit={add}>
          <TextField id="account-name" label="Name" autocomplete="off" {...form.field("name")} />
          <TextField id="account-email" label="E-mail" type="email" autocomplete="off" {...form.field("email")} />
          <RoleField role={form.values.role} onChange={(role) => form.set({ role })} />
        </Form>
      )}
    </Dialog>
  );
}
