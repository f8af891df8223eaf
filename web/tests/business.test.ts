import assert from "node:assert/strict";
import { test } from "node:test";
import "./browser";
import type { Business } from "../src/api/business";
import { changedValues, changeOf, valuesOf } from "../src/admin/business/business_values";
import { mailHref, phoneHref, whatsappHref } from "../src/lib/business";

test("a number of South Africa is dialled as the world does, and one without its area as it is", () => {
  for (const [typed, tel, whatsapp] of [
    ["082 555 0134", "tel:+27825550134", "https://wa.me/27825550134"],
    ["+27 (0)82 555-0134", "tel:+27825550134", "https://wa.me/27825550134"],
    ["0027 82 555 0134", "tel:+27825550134", "https://wa.me/27825550134"],
    ["+44 20 7946 0000", "tel:+442079460000", "https://wa.me/442079460000"],
    ["555 0134", "tel:5550134", "https://wa.me/5550134"],
  ] as const) {
    assert.equal(phoneHref(typed), tel);
    assert.equal(whatsappHref(typed), whatsapp);
  }
});

test("an e-mail's link is to that address alone", () => {
  assert.equal(mailHref("hello@boxes.co.za"), "mailto:hello@boxes.co.za");
  assert.equal(mailHref("a?cc=b@boxes.co.za"), "mailto:a%3Fcc%3Db@boxes.co.za");
});

const business: Business = {
  name: "Menlyn Boxes",
  legal_name: "",
  registration_number: "",
  vat_number: "",
  phone: "012 555 0134",
  whatsapp: "",
  email: "",
  address: "",
  opening: "",
  privacy: "",
  prohibited: "",
  terms: { text: "Be kind.", version: 2, date: "2026-11-30" },
  liability_cap: 5000,
  payment_methods: ["card", "eft"],
  photo_uploads: true,
  request_id: "1",
};

test("only what was changed is sent, in the server's form", () => {
  const values = valuesOf(business);
  assert.deepEqual(changedValues(values, { ...values, name: "Menlyn Boxes " }), {});
  const typed = { ...values, phone: "", terms: "Be kinder.", liability_cap: "R 6 000,50", payment_methods: "card" };
  assert.deepEqual(changeOf(changedValues(values, typed)), {
    phone: "",
    terms: { text: "Be kinder." },
    liability_cap: 6000.5,
    payment_methods: ["card"],
  });
});

test("a liability cap is cleared by an empty field, and what is no amount is left to the server to refuse", () => {
  assert.deepEqual(changeOf({ liability_cap: " " }), { liability_cap: "" });
  assert.deepEqual(changeOf({ liability_cap: "a lot" }), { liability_cap: "a lot" });
});
