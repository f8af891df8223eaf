import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

interface Rule {
  /** A folder, or a file where it has rules of its own. */
  of: string;
  /** The folders and files that it imports, besides itself. */
  imports: readonly string[];
  /** The folders and files of which it imports types alone, which are gone once it runs. */
  types?: readonly string[];
}

// The names that every part has for a booking's states and for its reference.
const words = ["booking/lifecycle", "booking/reference"];
const below = ["lib", "api", "live", "controls", "session", "app/route", ...words];
const labels = ["booking/payment_method", "booking/status_chip"];

const everything = "*";

/** The first rule that fits a file is the one that it keeps. A page's folder without one imports what all pages do. */
const rules: readonly Rule[] = [
  { of: "lib", imports: [] },
  { of: "booking/lifecycle", imports: ["lib"], types: ["api/booking"] },
  { of: "booking/reference", imports: [] },
  // The server's address, the tokens and the role, which every request carries.
  { of: "session/session", imports: ["lib"], types: ["api/client"] },
  { of: "api/error", imports: [], types: ["api/openapi"] },
  { of: "api", imports: ["lib", "session/session", "booking/lifecycle"] },
  { of: "live", imports: ["lib", "api", "session/session"] },
  { of: "controls", imports: ["lib", "api/error"], types: ["live/query"] },
  { of: "app/installation", imports: ["lib"] },
  { of: "app/route", imports: ["lib", "session/session", "booking/reference", "app/installation"] },
  // Whoever leaves first sends what they did, and is asked about what cannot be sent.
  { of: "session", imports: [...below, "staff/outbox/outbox", "staff/outbox/sender"] },
  { of: "shell", imports: below },
  { of: "network", imports: below },
  { of: "account", imports: below },
  { of: "photos", imports: below },
  { of: "booking", imports: [...below, "photos/part", "changing/part"] },
  { of: "changing", imports: [...below, "book/pickup_slots", "book/pickup_window", "book/stop_address_fields"] },
  {
    of: "book",
    imports: [...below, "booking/flow_steps", "booking/item_list", "booking/device_bookings", "photos/choose_photos", "photos/part"],
  },
  {
    of: "staff",
    imports: [
      ...below,
      ...labels,
      "booking/payment_method_choice",
      "booking/booking_items",
      "booking/booking_price",
      "booking/booking_messages",
      "booking/change_words",
      "booking/item_list",
      "booking/return_words",
      "booking/agreed_facts",
      "booking/claim_code",
      "book/agreement",
      "book/booking_draft",
      "book/items_step",
      "book/price_summary",
      "book/quote",
      "book/stop_address_fields",
      "book/validation_errors",
      "changing/part",
      "changing/when_fields",
      "photos",
    ],
  },
  { of: "admin", imports: [...below, ...labels, "booking/change_words", "booking/due_note"] },
  { of: "app", imports: [everything] },
];

interface Import {
  from: string;
  to: string;
  isType: boolean;
}

const source = "../src";
const statement = /^(?:import|export)(?<type> type)?\b[^;"]*?"(?<path>\.[^"]+)"|(?<typeof>typeof )?import\("(?<lazy>\.[^"]+)"\)/gm;
const withoutExtension = (path: string) => path.replace(/\.tsx?$/, "");

function importsOf(from: string, text: string): Import[] {
  return [...text.matchAll(statement)].map(({ groups = {} }) => ({
    from,
    to: join(from, "..", groups["path"] ?? groups["lazy"] ?? ""),
    isType: Boolean(groups["type"] ?? groups["typeof"]),
  }));
}

const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name) && !name.endsWith(".d.ts"));
const imports = files.flatMap((name) => importsOf(withoutExtension(name), readFileSync(join(source, name), "utf8")));

const isIn = (path: string, place: string) => path === place || path.startsWith(`${place}/`);

function breaks({ from, to, isType }: Import): boolean {
  const rule: Rule = rules.find(({ of }) => isIn(from, of)) ?? { of: from.slice(0, from.indexOf("/")), imports: below };
  const allowed = [rule.of, ...rule.imports, ...(isType ? (rule.types ?? []) : [])];
  return !allowed.some((place) => place === everything || isIn(to, place));
}

test("each folder imports only what its rule names", () => {
  assert.ok(imports.length > 500);
  assert.deepEqual(
    imports.filter(breaks).map(({ from, to }) => `${from} imports ${to}`),
    [],
  );
});

test("a rule names nothing that is not imported", () => {
  const unused = rules.flatMap(({ of, imports: named, types = [] }) =>
    [...named, ...types]
      .filter((place) => place !== everything && !below.includes(place))
      .filter((place) => !imports.some(({ from, to }) => isIn(from, of) && isIn(to, place)))
      .map((place) => `${of}: ${place}`),
  );
  assert.deepEqual(unused, []);
});

test("an import against the direction is found, however it is written", () => {
  const texts = [
    'import { act } from "../staff/outbox/outbox";',
    'import {\n  act,\n} from "../staff/outbox/outbox";',
    'import "../staff/outbox/outbox";',
    'export { act } from "../staff/outbox/outbox";',
    'const later = import("../staff/outbox/outbox");',
  ];
  for (const text of texts) assert.deepEqual(importsOf("lib/money", text).map(breaks), [true], text);
  assert.deepEqual(importsOf("controls/notice", 'import type { Query } from "../live/query";').map(breaks), [false]);
  assert.deepEqual(importsOf("controls/notice", 'import { useQuery } from "../live/query";').map(breaks), [true]);
});

test("no file imports itself by way of others", () => {
  const running = imports.filter(({ isType }) => !isType);
  const reached = (from: string, seen = new Set<string>()): Set<string> => {
    for (const { to } of running.filter((one) => one.from === from && !seen.has(one.to))) reached(to, seen.add(to));
    return seen;
  };
  assert.deepEqual(
    files.map(withoutExtension).filter((name) => reached(name).has(name)),
    [],
  );
});
