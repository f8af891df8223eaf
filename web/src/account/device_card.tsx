import { useState } from "preact/hooks";
import { openDevice } from "../api/account";
import { TextField } from "../controls/text_field";
import { AccountForm } from "../controls/account_form";
import { useSending } from "../controls/sending";
import { becomeDevice } from "../session/session_keeper";

const fields = ["device"];

/** Makes this browser a screen that staff share. */
export function DeviceCard() {
  const [name, setName] = useState("");
  const sending = useSending();
  const open = async () => becomeDevice(await openDevice(name));
  return (
    <section class="card stack" aria-labelledby="device-title">
      <h2 id="device-title">Use this browser as a shared kiosk screen</h2>
      <p>It locks itself when nobody touches it, and everybody unlocks it with their own PIN. You are signed out here.</p>
      <AccountForm
        sending={sending}
        fields={fields}
        rejection="It is no shared screen yet"
        submit="Make it a shared screen"
        submitting="One moment…"
        onSubmit={open}
      >
        <TextField
          id="device-name"
          label="Name of the screen"
          hint="Where it stands, e.g. Storage hall"
          autocomplete="off"
          value={name}
          errors={sending.errorsOf("device")}
          onInput={setName}
        />
      </AccountForm>
    </section>
  );
}
