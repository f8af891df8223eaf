import assert from "node:assert/strict";
import { test } from "node:test";
import { choicesOf, isLoopback, parseAddress } from "../src/network/sheet_addresses";

test("an address is printed in one form, however it was typed", () => {
  for (const [typed, printed] of [
    [" https://Desk.local:8081 ", "https://desk.local:8081/"],
    ["http://192.168.1.20:8081/?x=1#y", "http://192.168.1.20:8081/"],
    ["https://[fd00::20]:8081/", "https://[fd00::20]:8081/"],
    ["https://shop.example/hss", "https://shop.example/hss/"],
    ["https://shop.example:443//", "https://shop.example/"],
  ] as const) {
    assert.equal(parseAddress(typed), printed);
  }
  for (const typed of ["", "desk.local", "ftp://desk.local/", "https://", "javascript:alert(1)"])
    assert.equal(parseAddress(typed), null, typed);
});

test("only other machines' addresses are offered, the page's own before those that the server knows", () => {
  const known = ["https://desk.local:8081/", "https://192.168.1.20:8081/"];
  assert.deepEqual(choicesOf("https://localhost:8081/", known), known);
  assert.deepEqual(choicesOf("https://192.168.1.20:8081/", known), ["https://192.168.1.20:8081/", "https://desk.local:8081/"]);
  for (const own of ["http://127.0.0.1:8081/", "http://127.1.2.3/", "http://[::1]:8081/", "http://hss.localhost/"])
    assert.ok(isLoopback(own), own);
  for (const own of ["http://desk.local/", "http://10.127.0.1/", "http://[fd00::1]/"]) assert.ok(!isLoopback(own), own);
});
