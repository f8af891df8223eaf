import type { ComponentChildren } from "preact";
import { ErrorList } from "../../controls/field";
import type { FormState } from "../../controls/form";
import { InputField, TextAreaField, TextField } from "../../controls/text_field";
import type { BusinessValues } from "./business_values";

interface FieldsProps {
  form: FormState<BusinessValues>;
}

export function BusinessFields({ form }: FieldsProps) {
  return (
    <>
      <ContactFields form={form} />
      <CompanyFields form={form} />
      <PaymentFields form={form} />
      <DocumentFields form={form} />
    </>
  );
}

function Section({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return (
    <section class="card stack" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div>{children}</div>
    </section>
  );
}

function ContactFields({ form }: FieldsProps) {
  return (
    <Section id="contact-title" title="Name and contact">
      <TextField
        id="business-name"
        label="Name"
        autocomplete="organization"
        placeholder="Hatfield Storage Solutions"
        {...form.field("name")}
      />
      <div class="field-row">
        <InputField
          id="business-phone"
          label="Telephone"
          autocomplete="tel"
          inputMode="tel"
          placeholder="012 555 0134"
          {...form.field("phone")}
        />
        <InputField
          id="business-whatsapp"
          label="WhatsApp"
          autocomplete="off"
          inputMode="tel"
          placeholder="082 555 0134"
          {...form.field("whatsapp")}
        />
      </div>
      <TextField
        id="business-email"
        label="E-mail"
        type="email"
        autocomplete="email"
        placeholder="hello@hss.co.za"
        {...form.field("email")}
      />
      <TextAreaField
        id="business-address"
        label="Address"
        hint="Where customers find you."
        rows={3}
        placeholder={"1122 Burnett Street\nHatfield, Pretoria, 0083"}
        {...form.field("address")}
      />
      <TextAreaField
        id="business-opening"
        label="Opening hours"
        rows={2}
        placeholder={"Monday to Friday 08:00 to 17:00\nSaturday 09:00 to 12:00"}
        {...form.field("opening")}
      />
    </Section>
  );
}

function CompanyFields({ form }: FieldsProps) {
  return (
    <Section id="company-title" title="Company">
      <TextField
        id="business-legal-name"
        label="Registered name"
        hint="It stands on receipts."
        autocomplete="off"
        placeholder="Hatfield Storage Solutions (Pty) Ltd"
        {...form.field("legal_name")}
      />
      <div class="field-row">
        <InputField
          id="business-registration-number"
          label="Registration number"
          autocomplete="off"
          placeholder="2019/123456/07"
          {...form.field("registration_number")}
        />
        <InputField id="business-vat-number" label="VAT number" autocomplete="off" placeholder="4123456789" {...form.field("vat_number")} />
      </div>
    </Section>
  );
}

const methods = [
  { method: "card", label: "Card" },
  { method: "eft", label: "EFT" },
  { method: "cash", label: "Cash" },
] as const;

function PaymentFields({ form }: FieldsProps) {
  const { value, errors, onInput } = form.field("payment_methods");
  const chosen = value.split(",").filter(Boolean);
  const isChosen = (method: string) => chosen.includes(method);
  const toggle = (toggled: string) =>
    onInput(
      methods
        .map(({ method }) => method)
        .filter((method) => isChosen(method) !== (method === toggled))
        .join(","),
    );
  return (
    <Section id="payment-title" title="Payment and liability">
      <fieldset
        class={`field ${errors.length > 0 ? "has-faults" : ""}`}
        aria-describedby={errors.length > 0 ? "methods-faults" : undefined}
      >
        <legend class="label">Ways to pay</legend>
        <div class="choices">
          {methods.map(({ method, label }) => (
            <label key={method} class="choice">
              <input type="checkbox" checked={isChosen(method)} onChange={() => toggle(method)} />
              <span>{label}</span>
            </label>
          ))}
        </div>
        <ErrorList id="methods-faults" errors={errors} />
      </fieldset>
      <InputField
        id="business-liability-cap"
        label="Most that you pay for loss or damage, in rand"
        hint="For one booking. Empty: no limit is named."
        autocomplete="off"
        inputMode="decimal"
        placeholder="5000"
        {...form.field("liability_cap")}
      />
    </Section>
  );
}

function DocumentFields({ form }: FieldsProps) {
  return (
    <Section id="documents-title" title="Texts">
      <p class="hint">Each has a page of its own, linked at the foot of every page. An empty line begins a new paragraph.</p>
      <TextAreaField
        id="business-terms"
        label="Terms"
        hint="Saving another text makes it the next version, with today's date. Earlier versions are kept."
        rows={10}
        placeholder="We collect, store and return what you book, at the price that you were shown…"
        {...form.field("terms")}
      />
      <TextAreaField
        id="business-privacy"
        label="Privacy"
        rows={8}
        placeholder="We keep your name, address and telephone number for as long as we keep your belongings, and a year longer…"
        {...form.field("privacy")}
      />
      <TextAreaField
        id="business-prohibited"
        label="What you do not store"
        rows={5}
        placeholder="Food, plants and animals, gas bottles, anything that burns or leaks, money and jewellery."
        {...form.field("prohibited")}
      />
    </Section>
  );
}
