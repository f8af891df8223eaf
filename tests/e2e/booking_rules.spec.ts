import { bookingErrors, type CheckedBooking } from "../../web/src/book/booking_rules";
import { comingDate, thandi } from "./booking_form";
import { expect, test } from "./fixtures";

const good: CheckedBooking = {
  customer_name: thandi.name,
  email: thandi.email,
  pickup_date: comingDate(),
  pickup_window: "08:00 – 11:00",
  address: "12 Burnett Street, Hatfield",
  items: [{}, { name: "Study lamp" }],
};

const texts = {
  empty: "",
  spaces: " \t ",
  "Unicode's spaces": "\u0085\u200b\u00a0\ufeff",
  "one letter": "T",
  "one letter between spaces": "\u200b T \u0085",
  "two letters outside the basic plane": "😀😀",
  "one letter outside the basic plane": "😀",
  "80 characters": "é".repeat(80),
  "81 characters": "é".repeat(81),
  "121 characters": "x".repeat(121),
  "120 characters outside the basic plane": "😀".repeat(120),
  "255 characters of an address": `${"e".repeat(246)}@tuks.za`,
  "254 characters of an address": `${"e".repeat(246)}@tuk.za`,
  "501 characters": "x".repeat(501),
  "a line break": "Room 1\nHatfield",
  "a tab": "Room\t1",
  "a control character": "Room\u0007 1",
  "a delete character": "Room\u007f 1",
  "a C1 control character": "Room\u0090 1",
  "a line separator": "Room\u2028 1",
};

const emails = [
  "thandi",
  "@tuks.co.za",
  "thandi@",
  "a@b@tuks.co.za",
  "thandi@tuks",
  "thandi@.za",
  "thandi@tuks.",
  "thandi@tuks..za",
  "tha ndi@tuks.za",
  "tha\u00a0ndi@tuks.za",
  "thandi@tuks.za\u0001",
  " THANDI@TUKS.ZA ",
];

test("the form knows each fault in exactly the server's words", async ({ server, request }) => {
  const drafts: [string, CheckedBooking][] = [
    ["nothing wrong", good],
    ["everything empty", { customer_name: "", email: "", pickup_date: "", pickup_window: "", address: "", items: [] }],
    ...emails.map((email): [string, CheckedBooking] => [`e-mail ${email}`, { ...good, email }]),
    ...Object.entries(texts).flatMap(([name, text]): [string, CheckedBooking][] => [
      [`name of ${name}`, { ...good, customer_name: text }],
      [`e-mail of ${name}`, { ...good, email: text }],
      [`address of ${name}`, { ...good, address: text }],
      [`descriptions of ${name}`, { ...good, items: [{ name: text }, {}, { name: text }] }],
    ]),
  ];
  for (const [what, draft] of drafts) {
    const items = draft.items.map((item) => ({ type: "box", ...item }));
    const answer = await request.post(`${server.url}/api/v1/bookings`, { data: { ...draft, items, pricing: { duration: 3 } } });
    const { error } = (await answer.json()) as { error?: { details: string[] } };
    expect(bookingErrors(draft), what).toEqual(error?.details ?? []);
  }
});
