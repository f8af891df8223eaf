import { openDevice } from "../api/account";
import { Form, useForm } from "../controls/form";
import { TextField } from "../controls/text_field";
import { becomeDevice } from "../session/session_keeper";

/** Makes this browser a screen that staff share. */
export function DeviceCard() {
  const form = useForm({ device: "" });
  const open = async () => becomeDevice(await openDevice(form.values.device));
  return (
    <section class="card stack" aria-labelledby="device-title">
      <h2 id="device-title">Use this browser as a shared kiosk screen</h2>
      <p>It locks itself when nobody touches it, and everybody unlocks it with their own PIN. You are signed out here.</p>
      <Form form={form} rejection="It is no shared screen yet" submit="Make it a shared screen" submitting="One moment…" onSubmit={open}>
        <TextField
          id="device-name"
          label="Name of the screen"
          hint="Where it stands, e.g. Storage hall"
          autocomplete="off"
          {...form.field("device")}
        />
      </Form>
    </section>
  );
}
