import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Button } from "./button";
import { ErrorNotice } from "./notice";
import { showErrors } from "./show_errors";
import type { Sending } from "./sending";

interface AccountFormProps {
  sending: Sending;
  /** The fields, by their names in the API, that show their own errors. */
  fields: readonly string[];
  /** What is said above a refusal that no field explains. */
  rejection: string;
  submit: string;
  /** The submit button's words while it is busy. */
  submitting: string;
  children: ComponentChildren;
  /** Further ways on, beside the submit button. */
  others?: ComponentChildren;
  onSubmit: () => Promise<unknown>;
}

/** A form that is sent as one, with what the server says of it. */
export function AccountForm({ sending, fields, rejection, submit, submitting, children, others, onSubmit }: AccountFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const { error, isBusy } = sending;
  const rest = sending.restOf(fields);
  useEffect(() => {
    if (error) showErrors(form.current);
  }, [error]);
  return (
    <form
      ref={form}
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void sending.run(onSubmit);
      }}
    >
      {children}
      {rest && <ErrorNotice title={rest.outcomeUnknown ? "We did not hear back" : rejection} error={rest} />}
      <div class="actions">
        <Button kind="primary" type="submit" busy={isBusy}>
          {isBusy ? submitting : submit}
        </Button>
        {others}
      </div>
    </form>
  );
}
