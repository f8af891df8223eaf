import { networkInterfaces } from "node:os";
import type { Page } from "@playwright/test";
import { isOpenDemo } from "../../web/src/shell/open_demo";
import { emailOf, type SignedIn } from "./accounts";
import { bookedReference, fillBooking, next, requestButton, thandi } from "./booking_form";
import { bookThroughApi, seedBooking } from "./seeded_booking";
import { expect, test } from "./fixtures";
import { cutNetwork, mendNetwork, networkGone } from "./kiosk_page";
import { startServer } from "./server";

test.use({ auth: "accounts", visitor: "nobody" });

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const heading = (page: Page) => page.getByRole("heading", { level: 1 });

async function signIn(page: Page, { account, password }: SignedIn): Promise<void> {
  await page.getByLabel("E-mail", { exact: true }).fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await press(page, "Sign in");
}

/** Everything this browser keeps of the page. */
function kept(page: Page): Promise<string> {
  return page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
}

test.describe("one-time links", () => {
  test("the first administrator begins with the link, whose secret leaves the address bar at once", async ({ server, visitors }) => {
    const page = await (await visitors.open()).newPage();
    await page.goto("/sign-in");
    await expect(page.getByText("There is no administrator yet")).toBeVisible();
    await page.goto(server.link);
    await expect(page).toHaveURL(`${server.url}/welcome`);
    await page.getByLabel("Name", { exact: true }).fill("Lerato Nkosi");
    await page.getByLabel("E-mail", { exact: true }).fill("lerato@hss.example");
    await page.getByLabel("New password", { exact: true }).fill("short");
    await press(page, "Begin");
    await expect(page.locator(".field").filter({ hasText: "New password" })).toContainText("at least 10 characters");
    await expect(page.getByLabel("New password", { exact: true })).toBeFocused();
    await page.getByLabel("New password", { exact: true }).fill("three blue suitcases");
    await press(page, "Begin");
    await expect(heading(page)).toHaveText("Overview");
    await expect(page.getByRole("button", { name: "Lerato Nkosi" })).toBeVisible();
    expect(await kept(page)).not.toContain(server.link.split("#")[1]);

    const other = await (await visitors.open()).newPage();
    await other.goto(server.link);
    await other.getByLabel("New password", { exact: true }).fill("another good one");
    await press(other, "Set password and sign in");
    await expect(other.getByRole("alert")).toContainText("This link has been used or has expired");
  });

  test("an administrator adds staff and hands over a link, with which they begin", async ({ visitors }) => {
    const admin = await (await visitors.open({ as: "admin" })).newPage();
    await admin.goto("/admin");
    await admin.getByRole("link", { name: "Accounts", exact: true }).click();
    await press(admin, "Add account");
    const dialog = admin.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Sipho Dlamini");
    await dialog.getByLabel("E-mail").fill("sipho@hss.example");
    await dialog.getByRole("button", { name: "Add account" }).click();
    await expect(dialog).toContainText("Hand this link to Sipho Dlamini");
    const link = await dialog.getByLabel("Link").inputValue();
    await press(admin, "Done");
    const row = admin.getByRole("row", { name: /Sipho Dlamini/ });
    await expect(row).toContainText("Has no password yet");

    const sipho = await (await visitors.open()).newPage();
    await sipho.goto(link);
    await sipho.getByLabel("New password", { exact: true }).fill("a bicycle and a bed");
    await press(sipho, "Set password and sign in");
    await expect(heading(sipho)).toHaveText("Today");
    await expect(row).toContainText("Active");
  });

  test("the page says so where the link's secret is missing", async ({ visitors }) => {
    const page = await (await visitors.open()).newPage();
    await page.goto("/welcome");
    await expect(page.getByText("Please open your link again")).toBeVisible();
  });
});

test.describe("signing in", () => {
  test("leads on to the page that was asked for, by keyboard alone", async ({ visitors, accounts }) => {
    const person = await accounts.get("staff");
    const page = await (await visitors.open()).newPage();
    await page.goto("/admin/audit?event_type=payment_captured");
    await expect(heading(page)).toHaveText("Sign in");
    await page.getByLabel("E-mail", { exact: true }).focus();
    await page.keyboard.type(person.account.email);
    await page.keyboard.press("Tab");
    await page.keyboard.type(person.password);
    await page.keyboard.press("Enter");
    await expect(heading(page)).toHaveText("Audit trail");
    await expect(page).toHaveURL(/event_type=payment_captured$/);
    await page.reload();
    await expect(heading(page)).toHaveText("Audit trail");
    await expect(page.getByLabel("View as")).toHaveCount(0);
  });

  test("from the header comes back to where the visitor was, and never leaves this site", async ({ visitors, accounts }) => {
    const person = await accounts.get("customer");
    const page = await (await visitors.open()).newPage();
    await page.goto("/settings");
    await page.getByRole("link", { name: "Sign in" }).click();
    await signIn(page, person);
    await expect(heading(page)).toHaveText("Settings");
    for (const next of ["//evil.example", "/\\evil.example", "https://evil.example"]) {
      await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
      await signIn(page, person);
      await expect(heading(page)).toHaveText("Book a pickup");
    }
  });

  test("says the same of a wrong password and an unknown e-mail, and after many tries when to try again", async ({
    visitors,
    accounts,
  }) => {
    const { account } = await accounts.get("customer");
    const page = await (await visitors.open()).newPage();
    await page.goto("/sign-in");
    const rejection = page.getByRole("alert");
    const fill = (email: string) => page.getByLabel("E-mail", { exact: true }).fill(email);
    await fill("nobody@hss.example");
    await page.getByLabel("Password", { exact: true }).fill("wrong password");
    await press(page, "Sign in");
    await expect(rejection).toContainText("The e-mail or the password is not right");
    await fill(account.email);
    for (let tries = 0; tries < 12 && !(await rejection.getByText("You can try again in").isVisible()); tries++) {
      const answer = page.waitForResponse("**/auth/login");
      await press(page, "Sign in");
      await answer;
      await expect(rejection).toBeVisible();
    }
    await expect(rejection).toContainText(/You can try again in \d+ (second|minute)/);
  });

  test("shows a password on demand and lets password managers fill it in", async ({ visitors }) => {
    const page = await (await visitors.open()).newPage();
    await page.goto("/sign-in");
    const password = page.getByLabel("Password", { exact: true });
    await expect(page.getByLabel("E-mail")).toHaveAttribute("autocomplete", "username");
    await expect(password).toHaveAttribute("autocomplete", "current-password");
    await password.fill("hidden");
    await expect(password).toHaveAttribute("type", "password");
    await press(page, "Show password");
    await expect(password).toHaveAttribute("type", "text");
    await expect(password).toHaveValue("hidden");
    await page.getByRole("link", { name: "Create an account" }).click();
    await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute("autocomplete", "new-password");
  });

  test("a page for another role says whom it is for", async ({ visitors }) => {
    const customer = await (await visitors.open({ as: "customer" })).newPage();
    await customer.goto("/staff");
    await expect(customer.getByText("This page is for our staff")).toBeVisible();
    const staff = await (await visitors.open({ as: "staff" })).newPage();
    await staff.goto("/admin/accounts");
    await expect(staff.getByText("This page is for administrators")).toBeVisible();
  });
});

test.describe("booking", () => {
  test("asks for an account only at the end, keeps the form, and books with the same press", async ({ visitors, accounts }) => {
    const page = await (await visitors.open()).newPage();
    await page.goto("/");
    await fillBooking(page, thandi);
    await requestButton(page).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByLabel("Name")).toHaveValue(thandi.name);
    await press(page, "Close");
    await expect(page.getByText("Study lamp")).toBeVisible();
    await requestButton(page).click();
    await dialog.getByLabel("Password", { exact: true }).fill("two boxes of books");
    await press(page, "Create account");
    const id = await bookedReference(page);
    await expect(page.getByText("Study lamp")).toBeVisible();
    await page.getByRole("link", { name: "My bookings" }).click();
    await expect(page.locator(".own-booking")).toHaveCount(1);
    await expect(page.getByRole("link", { name: id })).toContainText("Submitted");
    await page.goto("/");
    await page.getByRole("button", { name: "Bed: one more" }).click();
    await next(page);
    await expect(page.getByLabel("E-mail", { exact: true })).toHaveValue(thandi.email);

    const stranger = await accounts.register("Johan Botha");
    const other = await (await visitors.open({ storageState: accounts.browserWith(stranger) })).newPage();
    await other.goto(`/booking/${id}`);
    await expect(other.getByRole("alert")).toContainText("We do not know this reference");
    await other.goto("/booking");
    await expect(other.getByText("You have no bookings yet")).toBeVisible();
  });

  test("who has an account signs in over the form and books once", async ({ visitors, accounts }) => {
    const person = await accounts.get("customer");
    const page = await (await visitors.open()).newPage();
    await page.goto("/");
    await fillBooking(page, thandi);
    await requestButton(page).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio", { name: "I have an account" }).check({ force: true });
    await dialog.getByLabel("E-mail").fill(person.account.email);
    await dialog.getByLabel("Password", { exact: true }).fill(person.password);
    await press(page, "Sign in");
    const id = await bookedReference(page);
    expect(await accounts.bookings(person.token)).toEqual([expect.objectContaining({ id })]);
  });
});

test.describe("a session that ends", () => {
  test("in the middle of a form is taken up again with everything in place", async ({ visitors, accounts, request, server }) => {
    const id = await bookThroughApi(request, server.url, thandi);
    const person = await accounts.get("staff");
    const page = await (await visitors.open({ as: "staff" })).newPage();
    await page.goto(`/staff/bookings/${id}`);
    await press(page, `Decline ${id}`);
    await page.getByLabel("Reason").fill("Outside our area");
    await accounts.end(person.token);
    const dialog = page.getByRole("dialog", { name: "You were signed out" });
    await expect(dialog).toBeVisible();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect(dialog).toBeVisible();
    await expect(dialog.getByLabel("E-mail")).toHaveValue(person.account.email);
    await dialog.getByLabel("Password", { exact: true }).fill(person.password);
    await press(page, "Sign in");
    await expect(dialog).toHaveCount(0);
    await expect(page.getByLabel("Reason")).toHaveValue("Outside our area");
    await press(page, "Decline booking");
    await expect(page.getByText("We declined this booking.")).toBeVisible();
  });

  test("holds a booking back until its customer is there again, and then books it once", async ({ visitors, accounts }) => {
    const person = await accounts.get("customer");
    const page = await (await visitors.open({ as: "customer" })).newPage();
    await page.goto("/");
    await fillBooking(page, thandi);
    await accounts.end(person.token);
    await requestButton(page).click();
    const dialog = page.getByRole("dialog", { name: "You were signed out" });
    await dialog.getByLabel("Password", { exact: true }).fill(person.password);
    await press(page, "Sign in");
    const id = await bookedReference(page);
    await page.getByRole("link", { name: "My bookings" }).click();
    await expect(page.locator(".own-booking")).toHaveText([new RegExp(id)]);
  });

  test("holds back what staff did, which then happens once", async ({ visitors, accounts, request, server }) => {
    const id = await bookThroughApi(request, server.url, thandi);
    const person = await accounts.get("staff");
    const page = await (await visitors.open({ as: "staff" })).newPage();
    await page.goto("/staff");
    await page.getByRole("button", { name: `Approve ${id}` }).waitFor();
    await page.route(
      "**/approve",
      async (route) => {
        await accounts.end(person.token);
        await route.continue();
      },
      { times: 1 },
    );
    await press(page, `Approve ${id}`);
    const dialog = page.getByRole("dialog", { name: "You were signed out" });
    await dialog.getByLabel("Password", { exact: true }).fill(person.password);
    await press(page, "Sign in");
    await expect(page.getByRole("button", { name: `Undo approval ${id}` })).toBeVisible();
    await expect(page.getByText("was refused")).toHaveCount(0);
  });

  test("because the account was disabled ends at once, and lets nobody in again", async ({ visitors, accounts }) => {
    const person = await accounts.get("staff");
    const staff = await (await visitors.open({ as: "staff" })).newPage();
    await staff.goto("/staff");
    await expect(staff.getByText(/^Live, updated/)).toBeVisible();
    const admin = await (await visitors.open({ as: "admin" })).newPage();
    await admin.goto("/admin/accounts");
    await press(admin, `Change ${person.account.name}`);
    await press(admin, "Disable account");
    await expect(admin.getByRole("row", { name: new RegExp(person.account.name) })).toContainText("Disabled");
    const dialog = staff.getByRole("dialog", { name: "You were signed out" });
    await dialog.getByLabel("Password", { exact: true }).fill(person.password);
    await press(staff, "Sign in");
    await expect(dialog.getByRole("alert")).toContainText("The e-mail or the password is not right");
    await press(staff, "Leave this page");
    await expect(heading(staff)).toHaveText("Sign in");
  });

  test("is not brought back by opening the page again", async ({ visitors, accounts }) => {
    const person = await accounts.get("staff");
    const page = await (await visitors.open({ as: "staff" })).newPage();
    await accounts.end(person.token);
    await page.goto("/staff");
    await expect(heading(page)).toHaveText("Sign in");
  });
});

test("signing out ends the token, in every tab, and forgets what this browser kept of customers", async ({
  visitors,
  accounts,
  request,
  server,
}) => {
  const id = await seedBooking(request, server.url, { name: "Priya Naidoo" });
  const person = await accounts.get("staff");
  const context = await visitors.open({ storageState: accounts.browserWith(person) });
  const page = await context.newPage();
  await page.goto(`/staff/bookings/${id}`);
  await expect(heading(page)).toHaveText("Priya Naidoo");
  const other = await context.newPage();
  await other.goto("/staff");
  await expect(other.getByText("Priya Naidoo")).toBeVisible();
  await page.bringToFront();
  await press(page, person.account.name);
  await press(page, "Sign out");
  await expect(heading(page)).toHaveText("Sign in");
  await expect(heading(other)).toHaveText("Sign in");
  await expect(other.getByText("Priya Naidoo")).toHaveCount(0);
  for (const word of ["Priya Naidoo", id, person.account.email, person.token]) expect(await kept(page)).not.toContain(word);
  await page.goBack();
  await expect(heading(page)).toHaveText("Sign in");
  await expect
    .poll(() =>
      accounts.bookings(person.token).then(
        () => "seen",
        () => "refused",
      ),
    )
    .toBe("refused");
});

test("signing out forgets customers also where no other tab is open to do it", async ({ visitors, accounts, request, server }) => {
  const id = await seedBooking(request, server.url, { name: "Priya Naidoo" });
  const person = await accounts.get("staff");
  const page = await (await visitors.open({ storageState: accounts.browserWith(person) })).newPage();
  await page.goto("/staff");
  await expect(page.getByText("Priya Naidoo")).toBeVisible();
  await expect.poll(() => kept(page)).toContain(id);
  await press(page, person.account.name);
  await press(page, "Sign out");
  await expect(heading(page)).toHaveText("Sign in");
  for (const word of ["Priya Naidoo", id]) expect(await kept(page)).not.toContain(word);
});

test("the menu of an account opens and closes by keyboard", async ({ visitors, accounts }) => {
  const { account } = await accounts.get("customer");
  const page = await (await visitors.open({ as: "customer" })).newPage();
  await page.goto("/");
  const opener = page.getByRole("button", { name: account.name });
  await opener.focus();
  await page.keyboard.press("Enter");
  await expect(opener).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Escape");
  await expect(opener).toBeFocused();
  await expect(page.getByRole("link", { name: "My account" })).toBeHidden();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "My account" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText("My account");
  await expect(page.locator("main")).toContainText(account.email);
});

test("a password is changed by who knows the old one, and signs out every other browser", async ({ visitors, accounts }) => {
  const person = await accounts.get("customer");
  const page = await (await visitors.open({ as: "customer" })).newPage();
  await page.goto("/account");
  await page.getByLabel("Current password", { exact: true }).fill("not this one");
  await page.getByLabel("New password", { exact: true }).fill("four green bicycles");
  await press(page, "Change password");
  await expect(page.locator(".field").filter({ hasText: "Current password" })).toContainText("This is not your password.");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByLabel("Current password", { exact: true }).fill(person.password);
  await press(page, "Change password");
  await expect(page.getByText("Your password is changed.")).toBeVisible();
  await page.reload();
  await expect(heading(page)).toHaveText("My account");
  await expect
    .poll(() =>
      accounts.bookings(person.token).then(
        () => "seen",
        () => "refused",
      ),
    )
    .toBe("refused");
});

test("roles change at once, and the last administrator stays one", async ({ visitors, accounts }) => {
  const staff = await accounts.get("staff");
  const admin = await (await visitors.open({ as: "admin" })).newPage();
  await admin.goto("/admin/accounts");
  await press(admin, "Change Lerato Nkosi");
  await admin.getByRole("radio", { name: "Staff" }).check({ force: true });
  await press(admin, "Save");
  await expect(admin.getByRole("alert")).toContainText("last administrator");
  await press(admin, "Close");
  await press(admin, `Change ${staff.account.name}`);
  await admin.getByRole("radio", { name: "Customer" }).check({ force: true });
  await press(admin, "Save");
  await expect(admin.getByRole("row", { name: new RegExp(staff.account.name) })).toContainText("Customer");
  await admin.getByRole("link", { name: "Audit" }).click();
  await expect(admin.locator(".event").first()).toContainText(`changed the account of ${staff.account.email}: role customer`);
});

test("a new link takes the place of a forgotten password", async ({ visitors, accounts }) => {
  const customer = await accounts.get("customer");
  const admin = await (await visitors.open({ as: "admin" })).newPage();
  await admin.goto("/admin/accounts");
  await press(admin, `Change ${customer.account.name}`);
  await press(admin, "New link to set a password");
  const link = await admin.getByLabel("Link").inputValue();
  const page = await (await visitors.open()).newPage();
  await page.goto(link);
  await page.getByLabel("New password", { exact: true }).fill("a red kettle again");
  await press(page, "Set password and sign in");
  await expect(page.getByRole("button", { name: customer.account.name })).toBeVisible();
  await expect(heading(page)).toHaveText("Book a pickup");
});

test("a page of a server with accounts asks no other server, whatever address was kept", async ({ visitors, accounts }) => {
  const person = await accounts.get("customer");
  const context = await visitors.open({ as: "customer" });
  const page = await context.newPage();
  await page.goto("/settings");
  await page.evaluate(() => localStorage.setItem("hss-api-base", JSON.stringify("http://localhost:9")));
  await page.reload();
  await expect(page.getByText("Connected")).toBeVisible();
  await expect(page.getByLabel("API address")).toHaveCount(0);
  await expect(page.getByRole("button", { name: person.account.name })).toBeVisible();
});

test("an address kept from before there were accounts goes as soon as the server says that there are", async ({ visitors, accounts }) => {
  visitors.expected.push(/request to http:\/\/localhost:9|ERR_|console: |CSP/);
  await accounts.get("admin");
  const page = await (await visitors.open()).newPage();
  await page.route("http://localhost:9/**", (route) => route.abort());
  await page.addInitScript(() => {
    if (!sessionStorage.getItem("set")) localStorage.setItem("hss-api-base", JSON.stringify("http://localhost:9"));
    sessionStorage.setItem("set", "1");
  });
  await page.goto("/booking");
  await expect(heading(page)).toHaveText("Sign in");
  await page.goto("/settings");
  await expect(page.getByText("Connected")).toBeVisible();
  expect(await kept(page)).not.toContain("localhost:9");
});

test("the browser shows its mark when the same person signs in again, and keeps it when they sign out", async ({ visitors, accounts }) => {
  const person = await accounts.get("customer");
  const page = await (await visitors.open()).newPage();
  const marks: unknown[] = [];
  await page.route("**/auth/login", async (route) => {
    marks.push((route.request().postDataJSON() as Record<string, unknown>)["device_mark"]);
    const answer = await route.fetch();
    const body = (await answer.json()) as object;
    await route.fulfill({ response: answer, json: answer.ok() ? { ...body, device_mark: "mark-of-this-browser" } : body });
  });
  await page.goto("/sign-in");
  await signIn(page, person);
  await press(page, person.account.name);
  await press(page, "Sign out");
  await expect(heading(page)).toHaveText("Sign in");
  expect(await kept(page)).not.toContain(person.account.email);
  await signIn(page, { ...person, account: { ...person.account, email: person.account.email.toUpperCase() } });
  await expect(page.getByRole("button", { name: person.account.name })).toBeVisible();
  await press(page, person.account.name);
  await press(page, "Sign out");
  await signIn(page, { ...person, account: { ...person.account, email: "johan@hss.example" } });
  await expect(page.getByRole("alert")).toBeVisible();
  expect(marks).toEqual([undefined, "mark-of-this-browser", undefined]);
});

test("signing out asks once while something waits to be sent, and it goes out when the same person is back", async ({
  visitors,
  accounts,
  request,
  server,
}) => {
  visitors.expected.push(networkGone);
  const id = await bookThroughApi(request, server.url, thandi);
  const anna = await accounts.add("Anna Smit", "staff");
  const ben = await accounts.add("Ben Venter", "staff");
  const context = await visitors.open({ storageState: accounts.browserWith(anna) });
  const page = await context.newPage();
  const bearers: (string | undefined)[] = [];
  await page.goto("/staff");
  await page.getByRole("button", { name: `Approve ${id}` }).waitFor();
  await cutNetwork(context);
  await expect(page.getByText(/^No connection\. Shown/)).toBeVisible();
  await press(page, `Approve ${id}`);
  await press(page, anna.account.name);
  await press(page, "Sign out");
  const question = page.getByRole("dialog");
  await expect(question).toContainText("1 action has not been sent yet");
  await press(page, "Stay signed in");
  await expect(heading(page)).toHaveText("Board");
  await press(page, anna.account.name);
  await press(page, "Sign out");
  await question.getByRole("button", { name: "Sign out" }).click();
  await expect(heading(page)).toHaveText("Sign in");
  await mendNetwork(context);
  await page.route("**/approve", (route) => {
    bearers.push(route.request().headers()["authorization"]);
    return route.continue();
  });

  await signIn(page, ben);
  await expect(heading(page)).toHaveText("Today");
  await expect(page.getByText("1 action waits for Anna Smit to sign in")).toBeVisible();
  await expect(page.getByText(/^Live, updated/)).toBeVisible();
  expect(bearers).toEqual([]);
  await press(page, ben.account.name);
  await press(page, "Sign out");
  await signIn(page, anna);
  await page.getByRole("link", { name: "Board" }).click();
  await expect(page.getByRole("button", { name: `Undo approval ${id}` })).toBeVisible();
  expect(bearers).toHaveLength(1);
});

test("what one person asks for does not go out as somebody whom another tab has signed in a moment ago", async ({
  visitors,
  accounts,
  request,
  server,
}) => {
  const id = await bookThroughApi(request, server.url, thandi);
  const anna = await accounts.add("Anna Smit", "staff");
  const ben = await accounts.add("Ben Venter", "staff");
  const page = await (await visitors.open({ storageState: accounts.browserWith(anna) })).newPage();
  let sent = 0;
  await page.route("**/approve", (route) => {
    sent++;
    return route.continue();
  });
  await page.goto("/staff");
  const approve = page.getByRole("button", { name: `Approve ${id}` });
  await approve.waitFor();
  // Storage events go to the other tabs alone, so this one does not hear of it.
  await page.evaluate((kept) => localStorage.setItem("hss-login", kept), JSON.stringify({ token: ben.token, account: ben.account }));
  await approve.click();
  await expect(page.getByText("1 action waits for the network")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: ben.account.name })).toBeVisible();
  await expect(page.getByText("1 action waits for Anna Smit to sign in")).toBeVisible();
  expect(sent).toBe(0);
});

test("a form that is sent when somebody else has signed in says who has to", async ({ visitors, accounts }) => {
  const other = await accounts.add("Ben Venter", "admin");
  const page = await (await visitors.open({ as: "admin" })).newPage();
  await page.goto("/admin/accounts");
  await press(page, "Add account");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Sipho Dlamini");
  await dialog.getByLabel("E-mail").fill("sipho@hss.example");
  await page.evaluate((kept) => localStorage.setItem("hss-login", kept), JSON.stringify({ token: other.token, account: other.account }));
  await dialog.getByRole("button", { name: "Add account" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Sign in as Lerato Nkosi to do it.");
  await page.reload();
  await expect(page.getByRole("row", { name: /Ben Venter/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /Sipho Dlamini/ })).toHaveCount(0);
});

test("what a visitor has filled in goes on for whoever signs in, and a customer's form for nobody else", async ({ visitors, accounts }) => {
  const johan = await accounts.register("Johan Botha");
  const priya = await accounts.register("Priya Naidoo");
  const context = await visitors.open();
  const page = await context.newPage();
  await page.goto("/");
  await fillBooking(page, thandi);
  const signInAs = async (person: SignedIn | null) => {
    const other = await context.newPage();
    await other.goto("/settings");
    await other.evaluate(
      (kept) => (kept ? localStorage.setItem("hss-login", kept) : localStorage.removeItem("hss-login")),
      person && JSON.stringify({ token: person.token, account: person.account }),
    );
    await other.close();
  };
  await signInAs(johan);
  await expect(page.getByRole("button", { name: "Johan Botha" })).toBeVisible();
  await expect(page.getByText("Study lamp")).toBeVisible();
  await signInAs(priya);
  await expect(page.getByRole("button", { name: "Priya Naidoo" })).toBeVisible();
  await expect(heading(page)).toHaveText("Book a pickup");
  await expect(page.getByText("Study lamp")).toHaveCount(0);
  expect(await kept(page)).not.toContain(thandi.email);
});

test("a session that ended while the page was closed takes along what was kept of customers", async ({
  visitors,
  accounts,
  request,
  server,
}) => {
  await seedBooking(request, server.url, { name: "Priya Naidoo" });
  const person = await accounts.get("staff");
  const context = await visitors.open({ storageState: accounts.browserWith(person) });
  const page = await context.newPage();
  await page.goto("/staff");
  await expect(page.getByText("Priya Naidoo")).toBeVisible();
  await page.evaluate(() =>
    sessionStorage.setItem("hss-attempt-booking", JSON.stringify({ key: "k", requests: ['{"customer_name":"Priya Naidoo"}'] })),
  );
  expect(await kept(page)).toContain("hss-board");
  await page.goto("about:blank");
  await accounts.end(person.token);
  await page.goto("/staff");
  await expect(heading(page)).toHaveText("Sign in");
  await expect.poll(() => kept(page)).not.toContain("Priya Naidoo");
  expect(await kept(page)).not.toContain("hss-attempt-booking");
});

test("an account whose first try got lost is made as it was put right, and what is shown is what was made", async ({ visitors }) => {
  visitors.expected.push(networkGone);
  const admin = await (await visitors.open({ as: "admin" })).newPage();
  await admin.goto("/admin/accounts");
  await admin.route("**/admin/accounts", async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    await route.fetch();
    await route.abort("connectionreset");
  });
  await press(admin, "Add account");
  const dialog = admin.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Siphho Dlamini");
  await dialog.getByLabel("E-mail").fill("siphho@hss.example");
  await dialog.getByRole("button", { name: "Add account" }).click();
  await expect(dialog.getByRole("alert")).toContainText("We did not hear back");
  await admin.unrouteAll();
  await dialog.getByLabel("Name").fill("Sipho Dlamini");
  await dialog.getByLabel("E-mail").fill("sipho@hss.example");
  await dialog.getByRole("button", { name: "Add account" }).click();
  await expect(dialog).toContainText("Hand this link to Sipho Dlamini");
  await expect(dialog).toContainText("sipho@hss.example");
  const link = await dialog.getByLabel("Link").inputValue();
  await press(admin, "Done");
  await expect(admin.getByRole("row", { name: /siphho@hss\.example/ })).toBeVisible();
  const page = await (await visitors.open()).newPage();
  await page.goto(link);
  await page.getByLabel("New password", { exact: true }).fill("a bicycle and a bed");
  await press(page, "Set password and sign in");
  await expect(heading(page)).toHaveText("Today");
  await press(page, "Sipho Dlamini");
  await expect(page.getByText("sipho@hss.example")).toBeVisible();
});

test("with more rights comes a new password, and the link to set it", async ({ visitors, accounts }) => {
  const staff = await accounts.get("staff");
  const admin = await (await visitors.open({ as: "admin" })).newPage();
  await admin.goto("/admin/accounts");
  await press(admin, `Change ${staff.account.name}`);
  await admin.getByRole("radio", { name: "Administrator" }).check({ force: true });
  await press(admin, "Save");
  const dialog = admin.getByRole("dialog", { name: `${staff.account.name} is an administrator now` });
  await expect(dialog).toContainText("With more rights comes a new password");
  const link = await dialog.getByLabel("Link").inputValue();
  await press(admin, "Done");
  await expect(admin.getByRole("row", { name: new RegExp(staff.account.name) })).toContainText("Has no password yet");
  const page = await (await visitors.open()).newPage();
  await page.goto(link);
  await page.getByLabel("New password", { exact: true }).fill("a bicycle and a bed");
  await press(page, "Set password and sign in");
  await expect(heading(page)).toHaveText("Overview");
});

test("an administrator sees the shared screens and ends one, after being asked once", async ({ visitors, accounts }) => {
  const admin = await (await visitors.open({ as: "admin" })).newPage();
  await admin.goto("/admin/accounts");
  await expect(admin.getByRole("row", { name: /Lerato Nkosi/ })).toBeVisible();
  await expect(admin.getByRole("heading", { name: "Shared screens" })).toHaveCount(0);
  const kiosk = await (await visitors.open({ as: "nobody", storageState: await accounts.deviceBrowser(60) })).newPage();
  await kiosk.goto("/staff");
  await expect(kiosk.getByRole("heading", { level: 1 })).toHaveText("Storage hall");
  const screens = admin.getByRole("region", { name: "Shared screens" });
  await expect(screens.getByRole("row", { name: /Storage hall/ })).toContainText("lerato.nkosi@hss.example");
  await press(admin, "End Storage hall");
  await press(admin, "Keep it");
  await press(admin, "End Storage hall");
  await press(admin, "End screen");
  await expect(screens).toHaveCount(0);
  await kiosk.reload();
  await expect(heading(kiosk)).toHaveText("Sign in");
  await admin.goto("/admin/audit");
  await expect(admin.getByText("opened the shared screen Storage hall")).toBeVisible();
  await expect(admin.getByText("ended the shared screen Storage hall")).toBeVisible();
});

test("a demo that others can reach says so, one on the own machine does not", async () => {
  for (const host of ["localhost", "127.0.0.1", "127.1.2.3", "[::1]", "hss.localhost"]) expect(isOpenDemo("demo", host), host).toBe(false);
  for (const host of ["192.168.1.20", "hss.example", "localhost.example", "127.0.0.1.example", "[fe80::1]"]) {
    expect(isOpenDemo("demo", host), host).toBe(true);
    expect(isOpenDemo("accounts", host), host).toBe(false);
  }
});

test("a demo server that listens to everybody warns who comes from elsewhere", async ({ browser }) => {
  const open = await startServer({ auth: "demo", host: "0.0.0.0" });
  const port = new URL(open.url).port;
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const outside = addresses.find(({ internal, family }) => !internal && family === "IPv4")?.address;
  const page = await browser.newPage();
  const banner = page.locator(".demo-banner");
  await page.goto(open.url);
  await expect(heading(page)).toHaveText("Book a pickup");
  await expect(banner).toHaveCount(0);
  if (outside) {
    await page.goto(`http://${outside}:${port}`);
    await expect(banner).toBeVisible();
  }
  await page.close();
  await open.stop();
});

test("an invited person's e-mail is the one they were invited by", async ({ visitors, accounts }) => {
  const link = await accounts.invite("Zanele Zulu", "staff");
  const page = await (await visitors.open()).newPage();
  await page.goto(link);
  await expect(page.getByLabel("E-mail")).toHaveCount(0);
  await page.getByLabel("New password", { exact: true }).fill("a lamp and a fridge");
  await press(page, "Set password and sign in");
  await expect(heading(page)).toHaveText("Today");
  await press(page, "Zanele Zulu");
  await expect(page.getByText(emailOf("Zanele Zulu"))).toBeVisible();
});
