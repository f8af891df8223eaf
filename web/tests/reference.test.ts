import assert from "node:assert/strict";
import { test } from "node:test";
import rows from "../../tests/references.json";
import { findReference, namedReference, parseReference, readReference, searchedText } from "../src/booking/reference";

interface Row {
  text: string;
  /** Whether it is nothing but a reference; which one, where no longer text would hold it. */
  whole: boolean;
  parsed?: string;
  found: string | null;
}

test("a reference is found in any dress, as the server finds it", () => {
  assert.ok(rows.length > 50);
  for (const { text, whole, parsed, found } of rows as Row[]) {
    assert.equal(findReference(text), found, text);
    assert.equal(parseReference(text), whole ? (parsed ?? found) : null, text);
  }
});

test("behind the name a reference is found in a sentence, and without it it has to stand alone", () => {
  assert.equal(namedReference("Please look at HSS-7K3M9QX2VD for me"), "HSS-7K3M9QX2VD");
  assert.equal(namedReference("Please look at 7K3M9QX2VD for me"), null);
});

test("where a reference is asked for, one of ten letters alone is one, too", () => {
  assert.equal(readReference("kzmqxvdabc"), "HSS-KZMQXVDABC");
  assert.equal(readReference("about HSS-7K3M9QX2VD, please"), "HSS-7K3M9QX2VD");
  assert.equal(readReference("about kzmqxvdabc, please"), null);
});

test("the beginning that all references have searches for nothing yet", () => {
  for (const text of ["h", "HS", "hss", "HSS-"]) assert.equal(searchedText(text), "", text);
  for (const text of ["HSS-7", "ha", "Thandi"]) assert.equal(searchedText(text), text);
});
