// Where a pickup or a return is: what forms show of a residence, and what they send.
import assert from "node:assert/strict";
import { test } from "node:test";
import "./browser";
import type { Booking } from "../src/api/booking";
import type { Catalog } from "../src/api/catalog";
import { bookingRequest, newDraft } from "../src/book/booking_draft";
import { draftErrors, sortErrors, withoutErrorsOf } from "../src/book/validation_errors";
import { changeWords } from "../src/booking/change_words";
import { pickupAddress, returnAddress, returnAddressChange } from "../src/changing/stop_address";
import { validationErrorWords } from "../src/lib/error_words";

const tuksdorp = "RES-0123456789";
const mopanie = "RES-1123456789";
const catalog = { items: [], photo_uploads: false } as unknown as Catalog;
const inTuksdorp = { ...newDraft(), residence_id: tuksdorp, residence_name: "Tuksdorp", room: "214", address: "typed before" };

const bookingIn = (changes: Partial<Booking>) =>
  ({ address: "Tuksdorp, room 214, Hatfield", residence_id: tuksdorp, room: "214", return_address: null, ...changes }) as Booking;

test("a booking in a residence is sent with it and its room, and not with an address", () => {
  const sent: Record<string, unknown> = bookingRequest(inTuksdorp, catalog, null);
  assert.equal(sent["residence_id"], tuksdorp);
  assert.equal(sent["room"], "214");
  assert.equal("address" in sent, false);
  assert.equal("room" in bookingRequest({ ...inTuksdorp, room: "" }, catalog, null), false);
  const elsewhere: Record<string, unknown> = bookingRequest({ ...inTuksdorp, residence_id: "" }, catalog, null);
  assert.equal(elsewhere["address"], "typed before");
  assert.equal("room" in elsewhere, false);
});

test("somewhere else needs an address, a residence none, and its room is short", () => {
  const errorsOf = (changes: Partial<typeof inTuksdorp>) => draftErrors({ ...inTuksdorp, address: "", ...changes }, catalog).fields;
  assert.deepEqual(errorsOf({}).address, []);
  assert.deepEqual(errorsOf({ residence_id: "" }).address, ["address is required"]);
  assert.deepEqual(errorsOf({ room: "x".repeat(41) }).room, ["room must be at most 40 characters"]);
});

test("what is said of an address is gone once a residence is chosen", () => {
  const elsewhere = { ...inTuksdorp, residence_id: "", address: "" };
  const errors = sortErrors(["address is required", "residence_id must be that of a residence"], elsewhere, catalog);
  assert.equal(errors.fields.residence_id.length, 1);
  const left = withoutErrorsOf(errors, elsewhere, { ...elsewhere, residence_id: tuksdorp });
  assert.deepEqual([left.fields.address, left.fields.residence_id], [[], []]);
  assert.equal(withoutErrorsOf(errors, elsewhere, { ...elsewhere, email: "t@x.co.za" }).fields.address.length, 1);
});

test("a form begins with the residence that the booking has, also where the list has it no more", () => {
  assert.deepEqual(pickupAddress(bookingIn({})), { address: "", residence_id: tuksdorp, residence_name: "Tuksdorp", room: "214" });
  const street = pickupAddress(bookingIn({ address: "12 Burnett Street", residence_id: null, room: "" }));
  assert.deepEqual(street, { address: "12 Burnett Street", residence_id: "", residence_name: "", room: "" });
  assert.deepEqual(returnAddress(bookingIn({ return_address: "" })), pickupAddress(bookingIn({})));
  const back = bookingIn({ return_address: "Mopanie, room 7", return_residence_id: mopanie, return_room: "7" });
  assert.deepEqual(returnAddress(back), { address: "", residence_id: mopanie, residence_name: "Mopanie", room: "7" });
});

test("a return to where the things were collected says so, and else where it goes", () => {
  const booking = bookingIn({});
  const there = pickupAddress(booking);
  assert.deepEqual(returnAddressChange(there, booking), { return_address: "" });
  assert.deepEqual(returnAddressChange({ ...there, room: "9" }, booking), { return_residence_id: tuksdorp, return_room: "9" });
  assert.deepEqual(returnAddressChange({ ...there, residence_id: "", address: "14 Hilda Street" }, booking), {
    return_address: "14 Hilda Street",
  });
  const street = bookingIn({ address: "12 Burnett Street", residence_id: null, room: "" });
  assert.deepEqual(returnAddressChange(pickupAddress(street), street), { return_address: "" });
});

test("people read of a residence and not of its id", () => {
  const fields = [{ name: "address" }, { name: "residence_id", from: "", to: tuksdorp }, { name: "room" }];
  assert.equal(changeWords(fields), "pickup address, residence, room");
  assert.equal(changeWords([{ name: "return_residence_id", from: mopanie, to: "" }]), "residence of the return");
  for (const name of ["residence_id", "return_residence_id"]) {
    assert.match(validationErrorWords(`${name} must be that of a residence`) ?? "", /^This residence is no longer in our list/);
  }
});
