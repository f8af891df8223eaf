import { useState } from "preact/hooks";
import { Button } from "../controls/button";
import { Field } from "../controls/field";
import { bookingPath, navigate } from "../route";
import { Page } from "../shell/page";
import { parseReference } from "./reference";

export function FindBookingPage() {
  const [text, setText] = useState("");
  const [faults, setFaults] = useState<string[]>([]);
  return (
    <Page
      title="Find a booking"
      lead={
        <>
          Your reference stands on the page you saw after booking. It looks like <span class="code">HSS-7K3M9QX2VD</span>.
        </>
      }
    >
      <form
        class="card find"
        role="search"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const id = parseReference(text);
          if (id) navigate(bookingPath(id));
          else setFaults(["Type your reference first."]);
        }}
      >
        <Field id="reference" label="Booking reference" faults={faults}>
          {(control) => (
            <input
              {...control}
              type="text"
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              placeholder="HSS-"
              value={text}
              onInput={({ currentTarget }) => setText(currentTarget.value)}
            />
          )}
        </Field>
        <Button kind="primary" type="submit">
          Show booking
        </Button>
      </form>
    </Page>
  );
}
