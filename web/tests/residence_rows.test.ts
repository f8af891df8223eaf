// A pasted list of residences.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../src/api/error";
import { errorOfEntry, errorOfPasted, parseResidences, withPasted } from "../src/admin/residences/residence_rows";

const names = (text: string) => parseResidences(text).map(({ name }) => name);

test("a line is a residence, its cells between commas, semicolons or a spreadsheet's tabs", () => {
  for (const separator of [",", ";", "\t"]) {
    const [first, second] = parseResidences(["Tuksdorp", "Hatfield 0083", "2026-12-04"].join(separator) + "\r\nMopanie\n\n");
    assert.equal(first?.name, "Tuksdorp");
    assert.equal(first.suburb, "Hatfield 0083");
    assert.equal(first.closes_on, "2026-12-04");
    assert.equal(first.gate, "");
    assert.equal(second?.name, "Mopanie");
  }
});

test("quotes keep commas and quotes, and a line of headings is none", () => {
  assert.deepEqual(names('\uFEFFName,Suburb\n"The ""Fields"", East",Hatfield'), ['The "Fields", East']);
  assert.deepEqual(names("Namens House"), ["Namens House"]);
  assert.deepEqual(names(" \n , ,\n"), []);
});

test("a day is read as spreadsheets write it", () => {
  const days = parseResidences("A,,4/12/2026,2027/1/20\nB,,2026-12-04,soon");
  assert.deepEqual(
    days.map(({ closes_on, reopens_on }) => [closes_on, reopens_on]),
    [
      ["2026-12-04", "2027-01-20"],
      ["2026-12-04", "soon"],
    ],
  );
});

test("a fault is told by the residence's name where a list was pasted, and by the field where one was changed", () => {
  const rejection = (...details: string[]) => new ApiError("validation_error", "The residences have faults", 400, details);
  const list = withPasted([], parseResidences("Mopanie\nTuksdorp,,soon"));
  const fault = "residences[2].closes_on must be a calendar date as YYYY-MM-DD";
  assert.deepEqual(errorOfPasted(rejection(fault), list).details, ["Tuksdorp: the last day must be a calendar date as YYYY-MM-DD"]);
  assert.deepEqual(errorOfEntry(rejection(fault), 1).details, ["closes_on must be a calendar date as YYYY-MM-DD"]);
  assert.deepEqual(errorOfEntry(rejection("residences must have the name 'A' once"), 1).details, [
    "name must be one that no other residence has",
  ]);
});

test("one that is there already keeps its id and what the pasted line leaves out", () => {
  const present = {
    id: "RES-0123456789",
    name: "Tuksdorp",
    suburb: "Hatfield",
    closes_on: null,
    reopens_on: null,
    gate: "Roper Street",
    stairs: "",
    parking: "",
    caretaker_phone: "",
  };
  const [tuksdorp, mopanie] = withPasted([present], parseResidences("Tuksdorp,Brooklyn\nMopanie"));
  assert.equal(tuksdorp?.id, "RES-0123456789");
  assert.equal(tuksdorp.suburb, "Brooklyn");
  assert.equal(tuksdorp.gate, "Roper Street");
  assert.equal(mopanie?.name, "Mopanie");
  assert.equal(mopanie.id, undefined);
});
