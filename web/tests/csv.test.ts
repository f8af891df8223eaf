import assert from "node:assert/strict";
import { test } from "node:test";
import "./browser";
import type { Booking } from "../src/api/booking";
import { csvHead, csvOf } from "../src/admin/bookings/booking_csv";
import { csvCell, csvLine } from "../src/lib/csv";

const booking = {
  id: "HSS-7K3M9QX2VD",
  status: "in_storage",
  customer_name: 'Thandi "TT" Mokoena',
  email: "thandi@tuks.co.za",
  pickup_date: "2026-12-01",
  pickup_window: "08:00 – 11:00",
  address: "12 Burnett Street,\nHatfield",
  item_count: 3,
  duration_months: 2,
  monthly_subtotal: 455.5,
  handling_fee: 150,
  total: 1061,
  payment_reference: null,
  created_at: "2026-11-28T22:30:00Z",
  updated_at: "2026-11-29T06:00:00Z",
  phone: "082 555 0123",
  due_on: "2027-02-01",
  return_date: null,
  return_window: null,
} as Booking;

test("texts stand in quotes, with theirs doubled; numbers are bare", () => {
  assert.equal(csvCell('12 "A", Burnett\nStreet'), '"12 ""A"", Burnett\nStreet"');
  assert.equal(csvCell(1061.5), "1061.5");
});

test("a text that a spreadsheet would take for a formula stays a text", () => {
  for (const text of ["=1+1", "+27 82", "-1", "@here", "\t=1", "\r=1", "\n=1"]) assert.equal(csvCell(text), `"'${text}"`);
  assert.equal(csvCell("a=b"), '"a=b"');
  assert.equal(csvCell(-1), "-1");
});

test("a line ends as RFC 4180 has it", () => {
  assert.equal(csvLine(["a", 1]), '"a",1\r\n');
});

test("the file begins so that Excel reads it as UTF-8, with the names of its columns", () => {
  assert.ok(csvHead().startsWith('\uFEFF"Reference","State","Customer"'));
  assert.equal(csvHead().split(",").length, 19);
});

test("a booking is a line, with its times in South African time", () => {
  assert.equal(
    csvOf([booking]),
    '"HSS-7K3M9QX2VD","In storage","Thandi ""TT"" Mokoena","thandi@tuks.co.za","2026-12-01","08:00 – 11:00",' +
      '"12 Burnett Street,\nHatfield",3,2,455.5,150,1061,"","2026-11-29 00:30:00","2026-11-29 08:00:00","082 555 0123","2027-02-01","",""\r\n',
  );
  assert.equal(csvOf([]), "");
});
