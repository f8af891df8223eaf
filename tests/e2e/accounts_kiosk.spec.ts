import type { BrowserContext, Page } from "@playwright/test";
import type { Accounts } from "./accounts";
import { thandi } from "./booking_form";
import { bookThroughApi } from "./seeded_booking";
import { expect, test as base } from "./fixtures";
import { cutNetwork, mendNetwork, networkGone, scan } from "./kiosk_page";

const aisha = { name: "Aisha Patel", pin: "739152" };
const sipho = { name: "Sipho Dlamini", pin: "284061" };
const lockAfter = 10;

interface Fixtures {
  kiosk: BrowserContext;
  page: Page;
}

/** A locked screen in the storage hall, and one booking. */
const test = base.extend<Fixtures>({
  kiosk: async ({ visitors, accounts }, use) => {
    const storageState = await accounts.deviceBrowser(lockAfter);
    await use(await visitors.open({ as: "nobody", storageState, viewport: { width: 1280, height: 800 }, hasTouch: true }));
  },
  page: async ({ kiosk, accounts }, use) => {
    await accounts.addWithPin(aisha.name, aisha.pin);
    await accounts.addWithPin(sipho.name, sipho.pin);
    await use(await kiosk.newPage());
  },
});

test.use({ auth: "accounts", lockAfter });

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const isLocked = (page: Page) => expect(page.getByRole("heading", { name: "Who are you?" })).toBeVisible();

async function unlock(page: Page, { name, pin }: { name: string; pin: string }): Promise<void> {
  await press(page, name);
  for (const digit of pin) await press(page, digit);
}

/** A booking's status as an administrator sees it. */
const statusOf = (accounts: Accounts, id: string) => async () =>
  (await accounts.bookings((await accounts.get("admin")).token)).find((booking) => booking.id === id)?.status;

test("staff set a PIN and make a browser a shared screen, which is locked from then on", async ({ visitors, accounts }) => {
  const person = await accounts.get("staff");
  const page = await (await visitors.open({ as: "staff" })).newPage();
  await page.goto("/account");
  await page.getByLabel("New PIN").fill("111111");
  await page.getByLabel("Your password", { exact: true }).fill(person.password);
  await press(page, "Set PIN");
  await expect(page.locator(".field").filter({ hasText: "New PIN" }).locator(".faults")).toBeVisible();
  await page.getByLabel("New PIN").fill(aisha.pin);
  await press(page, "Set PIN");
  await expect(page.getByText("Your PIN is set.")).toBeVisible();
  await page.getByLabel("Name of the screen").fill("Storage hall");
  await press(page, "Make it a shared screen");
  await isLocked(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Storage hall");
  await page.reload();
  await isLocked(page);
  await page.goto("/admin");
  await isLocked(page);
  await expect
    .poll(() =>
      accounts.bookings(person.token).then(
        () => "seen",
        () => "refused",
      ),
    )
    .toBe("refused");
});

test("on the narrowest phone the button that locks is read in one line, and an e-mail breaks at its marks alone", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto("/staff");
  await unlock(page, aisha);
  const lock = page.getByRole("button", { name: "Lock", exact: true });
  expect((await lock.boundingBox())!.height).toBeLessThanOrEqual(50);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await page.goto("/account");
  const email = page.locator("dd", { hasText: "@" });
  await expect(email).toBeVisible();
  await expect(email.locator("wbr").first()).toBeAttached();
});

test("a PIN unlocks the board, each action carries the person, and Lock locks", async ({ page, accounts, request, server }) => {
  const id = await bookThroughApi(request, server.url, thandi);
  await page.goto("/staff");
  await unlock(page, aisha);
  await expect(page.getByRole("banner")).toContainText(aisha.name);
  await press(page, `Approve ${id}`);
  await expect(page.getByText(`Approved: ${thandi.name}`)).toBeVisible();
  await page.getByRole("searchbox").fill("thandi");
  await expect(page).toHaveURL(/q=thandi/);
  await press(page, "Lock");
  await isLocked(page);
  await expect(page).toHaveURL(/\/staff$/);
  await expect(page.getByText(thandi.name)).toHaveCount(0);
  await expect(page).toHaveTitle(/^Locked/);

  await unlock(page, sipho);
  await expect(page.getByRole("banner")).toContainText(sipho.name);
  const answer = await request.get(`${server.url}/api/v1/audit?booking_id=${id}&event_type=status_updated`);
  const { events } = (await answer.json()) as { events: { actor: string }[] };
  expect(events.map(({ actor }) => actor)).toEqual(["aisha.patel@hss.example"]);
  expect(await statusOf(accounts, id)()).toBe("approved");
});

test("the keyboard enters a PIN, a wrong one is told in words, and too many have to wait", async ({ page }) => {
  await page.goto("/staff");
  await press(page, aisha.name);
  await expect(page.getByRole("heading", { name: aisha.name })).toBeFocused();
  await page.keyboard.type("12", { delay: 20 });
  await page.keyboard.press("Backspace");
  await expect(page.getByRole("status", { name: "1 of 6 digits" })).toBeVisible();
  await page.keyboard.press("Backspace");
  const alert = page.getByRole("alert");
  for (let tries = 1; tries <= 5; tries++) {
    const answer = page.waitForResponse("**/kiosk/unlock");
    await page.keyboard.type("905173", { delay: 20 });
    await answer;
    await expect(alert).not.toBeEmpty();
    await expect(page.getByRole("status", { name: "0 of 6 digits" })).toBeVisible();
    if (tries < 5) await expect(alert).toHaveText("The PIN is not right");
  }
  for (let tries = 0; tries < 2 && !(await page.getByText("left", { exact: false }).isVisible()); tries++) {
    const answer = page.waitForResponse("**/kiosk/unlock");
    await page.keyboard.type("905173", { delay: 20 });
    await answer;
    await expect(page.getByRole("status", { name: "0 of 6 digits" })).toBeVisible();
  }
  await expect(alert).toContainText(/You can try again in \d+ seconds/);
  await expect(page.getByRole("button", { name: "1", exact: true })).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Escape");
  await unlock(page, sipho);
  await expect(page.getByRole("banner")).toContainText(sipho.name);
});

test("a screen that nobody touches counts down and locks, and a touch keeps it open", async ({ page, request, server }) => {
  const id = await bookThroughApi(request, server.url, thandi);
  await page.clock.install();
  await page.goto("/staff");
  await unlock(page, aisha);
  await page.getByRole("link", { name: id }).click();
  await press(page, `Decline ${id}`);
  await page.getByLabel("Reason").fill("Half writ");
  await page.clock.runFor(7_000);
  await expect(page.getByText(/^Locks in \d s$/)).toBeVisible();
  await page.keyboard.type("t");
  await expect(page.getByText(/^Locks in \d s$/)).toHaveCount(0);
  await page.clock.runFor(7_000);
  await page.clock.runFor(4_000);
  await isLocked(page);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await unlock(page, aisha);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Board");
  await expect(page.getByText("Half writ")).toHaveCount(0);
});

test("a locked screen shows nothing of customers, not even without a network", async ({ page, kiosk, visitors, request, server }) => {
  visitors.expected.push(networkGone);
  const id = await bookThroughApi(request, server.url, thandi);
  await page.goto("/staff");
  await unlock(page, aisha);
  await expect(page.getByText(thandi.name)).toBeVisible();
  await press(page, "Lock");
  await isLocked(page);
  await cutNetwork(kiosk);
  await page.goto(`/staff/bookings/${id}`);
  await expect(page.getByRole("alert")).toContainText("This screen cannot be unlocked now");
  await expect(page.getByText(thandi.name)).toHaveCount(0);
  await page.goBack();
  await expect(page.getByText(thandi.name)).toHaveCount(0);
});

test("a scan while locked opens the booking once unlocked, and is no PIN", async ({ page, request, server }) => {
  const id = await bookThroughApi(request, server.url, thandi);
  await page.goto("/staff");
  await press(page, aisha.name);
  await page.getByRole("heading", { name: aisha.name }).waitFor();
  let tries = 0;
  await page.route("**/kiosk/unlock", (route) => {
    tries++;
    return route.continue();
  });
  await scan(page, id);
  await expect(page.getByText(`Unlock to open ${id}`)).toBeVisible();
  await expect(page.getByRole("status", { name: "0 of 6 digits" })).toBeVisible();
  expect(tries).toBe(0);
  for (const digit of aisha.pin) await press(page, digit);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(thandi.name);
});

test("what one person did without a network waits for that person, and nobody else sends it", async ({
  page,
  kiosk,
  visitors,
  accounts,
  request,
  server,
}) => {
  visitors.expected.push(networkGone);
  const id = await bookThroughApi(request, server.url, thandi);
  await page.goto("/staff");
  await unlock(page, aisha);
  await page.getByRole("button", { name: `Approve ${id}` }).waitFor();
  await cutNetwork(kiosk);
  await expect(page.getByText(/^No connection\. Shown/)).toBeVisible();
  await press(page, `Approve ${id}`);
  await expect(page.getByText("1 action waits for the network")).toBeVisible();
  await press(page, "Lock");
  await mendNetwork(kiosk);
  await page.reload();
  await expect(page.getByRole("button", { name: aisha.name })).toContainText("1 action waits for you");
  await unlock(page, sipho);
  await expect(page.getByText(`1 action waits for ${aisha.name} to sign in`)).toBeVisible();
  await expect(page.getByText(/^Live, updated/)).toBeVisible();
  expect(await statusOf(accounts, id)()).toBe("submitted");
  await press(page, "Lock");
  await page.getByRole("button", { name: aisha.name }).click();
  for (const digit of aisha.pin) await press(page, digit);
  await expect.poll(statusOf(accounts, id)).toBe("approved");
  await expect(page.getByText("waits for")).toHaveCount(0);
});

test("an action whose refusal comes when somebody else has unlocked the screen waits for who took it", async ({
  page,
  accounts,
  request,
  server,
}) => {
  const id = await bookThroughApi(request, server.url, thandi);
  await page.goto("/staff");
  await unlock(page, aisha);
  await page.getByRole("button", { name: `Approve ${id}` }).waitFor();
  const bearers: (string | undefined)[] = [];
  let deliver = () => {};
  const stalled = new Promise<void>((go) => (deliver = go));
  await page.route("**/approve", async (route) => {
    bearers.push(route.request().headers()["authorization"]);
    if (bearers.length === 1) await stalled;
    await route.continue();
  });
  await press(page, `Approve ${id}`);
  await expect.poll(() => bearers.length).toBe(1);
  await press(page, "Lock");
  await isLocked(page);
  await unlock(page, sipho);
  await expect(page.getByText(/^Live, updated/)).toBeVisible();
  const late = page.waitForResponse("**/approve");
  deliver();
  expect((await late).status()).toBe(401);
  await expect(page.getByText(`1 action waits for ${aisha.name} to sign in`)).toBeVisible();
  await page.reload();
  await expect(page.getByRole("banner")).toContainText(sipho.name);
  await expect(page.getByText(`1 action waits for ${aisha.name} to sign in`)).toBeVisible();
  expect(bearers).toHaveLength(1);
  expect(await statusOf(accounts, id)()).toBe("submitted");

  await press(page, "Lock");
  await page.getByRole("button", { name: aisha.name }).click();
  for (const digit of aisha.pin) await press(page, digit);
  await expect.poll(statusOf(accounts, id)).toBe("approved");
  expect(new Set(bearers).size).toBe(2);
});

test("a password unlocks the screen as well, as a PIN may be locked", async ({ page, accounts }) => {
  const { password } = await accounts.get("admin");
  await page.goto("/staff");
  await press(page, sipho.name);
  await page.keyboard.type("12", { delay: 20 });
  await press(page, "Sign in with your password");
  await expect(page.getByRole("heading", { name: sipho.name })).toBeFocused();
  await page.getByLabel("Your password", { exact: true }).fill("not this one 123456");
  await press(page, "Unlock");
  await expect(page.getByRole("alert").or(page.locator(".faults"))).toBeVisible();
  await page.getByLabel("Your password", { exact: true }).fill(password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("banner")).toContainText(sipho.name);
  await press(page, "Lock");
  await press(page, sipho.name);
  await press(page, "Sign in with your password");
  await press(page, "Use your PIN");
  await page.keyboard.type(sipho.pin, { delay: 20 });
  await expect(page.getByRole("banner")).toContainText(sipho.name);
});

test("accounts are not looked after on a shared screen", async ({ kiosk, accounts }) => {
  const admin = await accounts.get("admin");
  await accounts.setPin(admin, "640917");
  const page = await kiosk.newPage();
  await page.goto("/admin/accounts");
  await unlock(page, { name: admin.account.name, pin: "640917" });
  await expect(page.getByRole("banner")).toContainText(admin.account.name);
  await page.goto("/admin/accounts");
  await expect(page.getByText("Not on a shared screen")).toBeVisible();
});

test("giving a shared screen up says what has not been sent", async ({ page, kiosk, visitors, request, server }) => {
  visitors.expected.push(networkGone);
  const id = await bookThroughApi(request, server.url, thandi);
  await page.goto("/staff");
  await unlock(page, aisha);
  await page.getByRole("button", { name: `Approve ${id}` }).waitFor();
  await cutNetwork(kiosk);
  await expect(page.getByText(/^No connection\. Shown/)).toBeVisible();
  await press(page, `Approve ${id}`);
  await page.getByRole("link", { name: aisha.name }).click();
  await press(page, "Stop sharing this screen");
  await expect(page.getByRole("dialog")).toContainText("1 action has not been sent yet");
});

test("somebody who was disabled is out at once, and the screen stays for the others", async ({ page, accounts }) => {
  await page.goto("/staff");
  await unlock(page, aisha);
  await expect(page.getByText(/^Live, updated/)).toBeVisible();
  await accounts.disable(aisha.name);
  await isLocked(page);
  await expect(page.getByRole("button", { name: aisha.name })).toHaveCount(0);
  await unlock(page, sipho);
  await expect(page.getByRole("banner")).toContainText(sipho.name);
});

test("a shared screen is given up by somebody who can unlock it", async ({ page }) => {
  await page.goto("/staff");
  await unlock(page, aisha);
  await page.getByRole("link", { name: aisha.name }).click();
  await expect(page.getByLabel("Current password")).toHaveCount(0);
  await press(page, "Stop sharing this screen");
  await press(page, "Stop sharing");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
});

test("without anybody who has a PIN the screen says what to do", async ({ kiosk }) => {
  const page = await kiosk.newPage();
  await page.goto("/staff");
  await expect(page.getByText("Nobody can unlock this screen yet")).toBeVisible();
});

for (const viewport of [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
]) {
  test(`the PIN pad has large keys and scrolls nowhere sideways at ${viewport.width} px`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await page.goto("/staff");
    await press(page, aisha.name);
    for (const key of await page.getByRole("group", { name: "PIN pad" }).getByRole("button").all()) {
      const box = await key.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(64);
      await expect(key).toBeInViewport({ ratio: 1 });
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });
}
