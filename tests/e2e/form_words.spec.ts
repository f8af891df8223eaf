import type { Locator, Page } from "@playwright/test";
import type { Visitor } from "./fixtures";
import { bookThroughApi } from "./seeded_booking";
import { thandi } from "./booking_form";
import { expect, test } from "./fixtures";

test.use({ auth: "accounts" });

// What the API says to programs: names with underscores, "is required", "must be".
const machine = /[a-z]_[a-z]|\b(is required|is invalid|is not right|must|faults)\b/;

interface Form {
  name: string;
  as: Visitor;
  path: (booking: string) => string;
  /** Brings the form up, and fills in what will not do. */
  fill?: (page: Page) => Promise<void>;
  submit: string;
  says: readonly (string | RegExp)[];
}

const typed = async (page: Page, label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text);

const forms: Form[] = [
  { name: "sign-in", as: "nobody", path: () => "/sign-in", submit: "Sign in", says: ["Write the e-mail address.", "Type the password."] },
  {
    name: "registration",
    as: "nobody",
    path: () => "/register",
    submit: "Create account",
    says: ["Write the name.", "Write the e-mail address.", "Type the password."],
  },
  {
    name: "registration with what will not do",
    as: "nobody",
    path: () => "/register",
    fill: async (page) => {
      await typed(page, "Name", "x".repeat(121));
      await typed(page, "E-mail", "thandi at tuks");
      await typed(page, "Password", "short");
    },
    submit: "Create account",
    says: [
      "The name can have at most 120 characters.",
      /^This does not look like an e-mail address/,
      "The password needs at least 10 characters.",
    ],
  },
  {
    name: "password",
    as: "staff",
    path: () => "/account",
    submit: "Change password",
    says: ["Type the password that you have now.", "Type a new password."],
  },
  {
    name: "PIN",
    as: "staff",
    path: () => "/account",
    fill: async (page) => {
      await typed(page, "New PIN", "123456");
      await typed(page, "Your password", "three blue suitcases");
    },
    submit: "Set PIN",
    says: [/^This PIN is easy to guess/],
  },
  {
    name: "new account",
    as: "admin",
    path: () => "/admin/accounts",
    fill: (page) => page.getByRole("button", { name: "Add account" }).click(),
    submit: "Add account",
    says: ["Write the name.", "Write the e-mail address."],
  },
  {
    name: "webhook",
    as: "admin",
    path: () => "/admin/events",
    fill: (page) => page.getByRole("button", { name: "Add webhook" }).click(),
    submit: "Add webhook",
    says: ["Write the address of the receiver."],
  },
  { name: "message", as: "staff", path: (id) => `/staff/bookings/${id}`, submit: "Send message", says: ["Write the message first."] },
  {
    name: "decline",
    as: "staff",
    path: (id) => `/staff/bookings/${id}`,
    fill: (page) => page.getByRole("button", { name: "Decline" }).click(),
    submit: "Decline booking",
    says: ["Give a reason first."],
  },
];

/** The dialog that is open, or the page. */
async function topmost(page: Page): Promise<Locator> {
  const dialog = page.getByRole("dialog");
  return (await dialog.count()) > 0 ? dialog : page.locator("main");
}

for (const { name, as, path, fill, submit, says } of forms) {
  test(`the form of a ${name} tells its faults to people, where they look`, async ({ server, visitors, request }) => {
    const booking = await bookThroughApi(request, server.url, thandi);
    const page = await (await visitors.open({ as, viewport: { width: 360, height: 740 } })).newPage();
    await page.goto(path(booking));
    await expect(page.locator(".loading")).toHaveCount(0);
    await fill?.(page);
    const place = await topmost(page);
    await place.getByRole("button", { name: submit, exact: true }).click();
    const errors = place.locator(".faults li");
    await expect(errors).toHaveText([...says]);
    await expect(errors.first()).toBeInViewport({ ratio: 1 });
    await expect(place.locator('[aria-invalid="true"]').first()).toBeFocused();
    expect(await place.innerText()).not.toMatch(machine);
  });
}

test("what became of a booking meanwhile is told in a person's words", async ({ server, visitors, request }) => {
  const id = await bookThroughApi(request, server.url, thandi);
  const page = await (await visitors.open({ as: "staff" })).newPage();
  await page.goto(`/staff/bookings/${id}`);
  await expect(page.getByRole("button", { name: "Approve" })).toBeVisible();
  await page.route("**/approve", (route) =>
    route.fulfill({
      status: 409,
      json: {
        error: {
          code: "conflict",
          message: "Invalid status transition: in_storage -> approved",
          details: ["paid is reached by a payment alone"],
        },
        request_id: "r1",
      },
    }),
  );
  await page.getByRole("button", { name: "Approve" }).click();
  const rejection = page.getByRole("alert");
  await expect(rejection).toContainText("This booking is “In storage” by now, so it cannot become “Approved”.");
  await expect(rejection).not.toContainText("in_storage");
});
