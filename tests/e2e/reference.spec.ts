import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { findReference, parseReference } from "../../web/src/booking/reference";

interface Row {
  text: string;
  /** Whether it is nothing but a reference; which one, where no longer text would hold it. */
  whole: boolean;
  parsed?: string;
  found: string | null;
}

const rows = JSON.parse(readFileSync(new URL("../references.json", import.meta.url), "utf8")) as Row[];

test("a reference is found in any dress, as the server finds it", () => {
  expect(rows.length).toBeGreaterThan(50);
  for (const { text, whole, parsed, found } of rows) {
    expect(findReference(text), text).toBe(found);
    expect(parseReference(text), text).toBe(whole ? (parsed ?? found) : null);
  }
});
