import { useState } from "preact/hooks";
import { bookingPath, navigate } from "../app/route";
import { Button } from "../controls/button";
import { Page } from "../controls/page";
import { InputField } from "../controls/text_field";
import { hasAccounts } from "../session/session";
import { DeviceBookings } from "./device_booking_list";
import { OwnBookingsPage } from "./own_bookings_page";
import { readReference } from "./reference";

export function FindBookingPage() {
  if (hasAccounts()) return <OwnBookingsPage />;
  return (
    <Page title="My booking" lead="See how far it is, pay, cancel, or print the receipt.">
      <div class="my-booking">
        <FindForm />
        <DeviceBookings />
      </div>
    </Page>
  );
}

function FindForm() {
  const [text, setText] = useState("");
  const [errors, setErrors] = useState<string[]>([]);
  return (
    <form
      class="card find"
      role="search"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const id = readReference(text);
        if (id) navigate(bookingPath(id));
        else {
          setErrors([text.trim() ? "There is no reference in this. It looks like HSS‑7K3M9QX2VD." : "Type your reference first."]);
          event.currentTarget.querySelector("input")?.focus();
        }
      }}
    >
      <InputField
        id="reference"
        label="Booking reference"
        hint="It stands on the page you saw after booking, e.g. HSS‑7K3M9QX2VD"
        errors={errors}
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        placeholder="HSS-"
        value={text}
        onInput={(typed) => {
          setText(typed);
          setErrors([]);
        }}
      />
      <Button kind="primary" type="submit">
        Show booking
      </Button>
    </form>
  );
}
