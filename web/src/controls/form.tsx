import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ApiError } from "../api/error";
import { Button } from "./button";
import { RejectionNotice } from "./notice";
import { useSending, type Sending } from "./sending";
import { showErrors } from "./show_errors";

type Values<V> = { [Name in keyof V]: string };

/** The values of a form's fields, by their names in the API, and the state of its sending. */
export interface FormState<V extends Values<V>> extends Sending {
  values: V;
  set(changes: Partial<V>): void;
  /** The props of a field's control. */
  field(name: keyof V & string): { value: string; errors: readonly string[]; onInput: (value: string) => void };
  /** The error without what the fields show. */
  rest: ApiError | null;
}

/** `aliases` names further errors of the API that a field shows. */
export function useForm<V extends Values<V>>(initial: V, aliases: Record<string, string> = {}): FormState<V> {
  const [values, setValues] = useState(initial);
  const sending = useSending();
  const set = (changes: Partial<V>) => setValues((now) => ({ ...now, ...changes }));
  return {
    ...sending,
    values,
    set,
    field: (name) => ({
      value: values[name],
      errors: [name, aliases[name]].flatMap((one) => (one ? sending.errorsOf(one) : [])),
      onInput: (value) => set({ [name]: value } as Partial<V>),
    }),
    rest: sending.restOf([...Object.keys(initial), ...Object.values(aliases)]),
  };
}

interface FormFrameProps {
  class?: string;
  /** The first error takes the focus whenever this changes, unless it is falsy. */
  error?: unknown;
  children: ComponentChildren;
  onSubmit: () => void;
}

export function FormFrame({ class: classes = "stack", error, children, onSubmit }: FormFrameProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error) showErrors(form.current);
  }, [error]);
  return (
    <form
      ref={form}
      class={classes}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}

interface FormProps {
  form: Pick<FormState<object>, "error" | "rest" | "isBusy" | "run">;
  /** The title of an error that no field explains. */
  rejection: string;
  submit: string;
  /** The submit button's words while it is busy. */
  submitting: string;
  children: ComponentChildren;
  /** Further buttons beside the submit button. */
  others?: ComponentChildren;
  onSubmit: () => Promise<unknown>;
}

/** A form that is sent as one, with the server's answer to it. */
export function Form({ form: { error, rest, isBusy, run }, rejection, submit, submitting, children, others, onSubmit }: FormProps) {
  return (
    <FormFrame error={error} onSubmit={() => void run(onSubmit)}>
      {children}
      {rest && <RejectionNotice title={rejection} error={rest} />}
      <div class="actions">
        <Button kind="primary" type="submit" busy={isBusy}>
          {isBusy ? submitting : submit}
        </Button>
        {others}
      </div>
    </FormFrame>
  );
}
