import { claimBooking } from "../api/booking";
import { ApiError } from "../api/error";
import { bookingPath, navigate } from "../app/route";
import { Form, useForm } from "../controls/form";
import { InputField } from "../controls/text_field";
import { readReference } from "./reference";

/** Takes a booking that staff made into the account that is signed in, with the code on its receipt. */
export function ClaimBooking() {
  const form = useForm({ reference: "", code: "" });
  const claim = async () => {
    const { reference, code } = form.values;
    const id = readReference(reference);
    if (!id) throw new ApiError("validation_error", "There is no reference in this", 400, ["reference is required"]);
    const booking = await claimBooking(id, code.trim());
    navigate(bookingPath(booking.id));
  };
  return (
    <details class="card claim">
      <summary>Did we book for you at our counter?</summary>
      <p class="hint">The receipt has a reference and a code. With both, the booking is among yours.</p>
      <Form form={form} rejection="Not added" submit="Add to my bookings" submitting="Adding…" onSubmit={claim}>
        <InputField
          id="claim-reference"
          label="Booking reference"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          placeholder="HSS-"
          {...form.field("reference")}
        />
        <InputField
          id="claim-code"
          label="Code"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          {...form.field("code")}
        />
      </Form>
    </details>
  );
}
