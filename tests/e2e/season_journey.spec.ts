// A season from the owner's first settings to the things that are back: the owner and two of staff at desks, a student on a phone.
import type { APIRequest, APIRequestContext, BrowserContext, Page, Route } from "@playwright/test";
import { emailOf, type Accounts } from "./accounts";
import { bookedReference, dateIn, fillDetails, next, pickDate, requestButton, showDay, spokenDate, thandi } from "./booking_form";
import { expect, test } from "./fixtures";
import { BookingsApi } from "./kiosk_bookings";
import { card, cutNetwork, mendNetwork, networkGone } from "./kiosk_page";
import { cutOff, layOutOnPaper, printPage } from "./paper";
import { seedBooking } from "./seeded_booking";

const desk = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const [morning, midday] = ["08:00 – 11:00", "11:00 – 14:00"];
// In this order, so that who looks for the next one only turns forward.
const [today, closedDay, fullDay, firstDay, otherDay] = [dateIn(0), dateIn(8), dateIn(9), dateIn(10), dateIn(11)];
const second = "Sipho Dlamini";

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const group = (page: Page, name: string) => page.getByRole("group", { name, exact: true });
const chooseWindow = (page: Page, window: string) => page.getByRole("radio", { name: window }).check({ force: true });
const isLive = (page: Page) => expect(page.getByText(/^Live, updated/)).toBeVisible();

async function setPrices(owner: Page): Promise<void> {
  await owner.goto("/admin/catalog");
  await group(owner, "Box").getByLabel("Rand a month").fill("70");
  await owner.getByLabel("Rand, once a booking").fill("400");
  await press(owner, "Save items and prices");
  await expect(owner.getByText("Items and prices are saved")).toBeVisible();
}

/** Two stops every morning and one every midday, a day on which nobody comes, and 12 hours ahead. */
async function setCalendar(owner: Page): Promise<void> {
  await owner.goto("/admin/calendar");
  await group(owner, "Window 1").getByLabel("Stops").fill("2");
  await group(owner, "Window 2").getByLabel("Stops").fill("1");
  await press(owner, "Remove window 3");
  await press(owner, "Add a day");
  await owner.getByLabel("Date").fill(closedDay);
  await owner.getByLabel("Reason").fill("Stocktaking");
  await owner.getByLabel(/^Closed on South Africa/).uncheck();
  await owner.getByLabel("Hours ahead at least").fill("12");
  await press(owner, "Save the calendar");
  await expect(owner.getByText("The calendar is saved")).toBeVisible();
}

async function setResidence(owner: Page): Promise<void> {
  await owner.goto("/admin/residences");
  await press(owner, "Add a residence");
  const dialog = owner.getByRole("dialog", { name: "Add a residence" });
  await dialog.getByLabel("Name", { exact: true }).fill("Tuksdorp");
  await dialog.getByLabel("Suburb and postal code").fill("Hatfield 0083");
  await dialog.getByLabel("Gate").fill("Roper Street");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(owner.getByRole("row", { name: /Tuksdorp/ })).toContainText("Roper Street");
}

/** What the student stored before, and has not asked for yet. */
async function storeBefore(program: APIRequest, accounts: Accounts, url: string, bookings: BookingsApi): Promise<string> {
  const { token } = await accounts.get("customer");
  const own = await program.newContext({ extraHTTPHeaders: { Authorization: `Bearer ${token}` } });
  const id = await seedBooking(own, url, { ...thandi, pickup_date: dateIn(-40), items: [{ type: "bed" }] });
  await own.dispose();
  await bookings.take(id, "approve", "pay", "collected", "in_storage");
  return id;
}

/** Others have taken both windows of one day, and one window of the next. */
async function bookForOthers(request: APIRequestContext, url: string): Promise<void> {
  const places = [
    [fullDay, morning],
    [fullDay, morning],
    [fullDay, midday],
    [firstDay, midday],
  ] as const;
  for (const [pickup_date, pickup_window] of places) await seedBooking(request, url, { name: "Priya Naidoo", pickup_date, pickup_window });
}

/** Books a box, having tried the closed day and what is full. */
async function bookByPhone(student: Page): Promise<string> {
  await student.goto("/");
  await press(student, "Box: one more");
  await next(student);
  for (const [date, why] of [
    [closedDay, "Stocktaking"],
    [fullDay, "Full"],
  ] as const) {
    await showDay(student, date);
    const day = student.getByRole("button", { name: `${spokenDate(date)}: ${why}`, exact: true });
    await expect(day).toHaveAttribute("aria-disabled", "true");
    await day.click({ force: true });
    await expect(student.getByText("From tomorrow on.")).toBeVisible();
  }
  await pickDate(student, firstDay);
  await expect(student.getByRole("radio", { name: midday })).toBeDisabled();
  await chooseWindow(student, morning);
  await fillDetails(student, thandi);
  await student.getByLabel("Telephone", { exact: true }).fill("082 555 0123");
  await student.getByLabel("Residence", { exact: true }).selectOption("Tuksdorp, Hatfield 0083");
  await student.getByLabel("Room", { exact: true }).fill("214");
  await next(student);
  await requestButton(student).click();
  return bookedReference(student);
}

const statusLine = (student: Page) => student.getByRole("status").filter({ has: student.locator(".chip") });

async function moveTheDate(student: Page): Promise<void> {
  await press(student, "Change day, time or address");
  const dialog = student.getByRole("dialog", { name: "Change the pickup" });
  await pickDate(student, otherDay);
  await chooseWindow(student, morning);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
}

/** Of an approved booking, which is approved again then. */
async function addABox(student: Page): Promise<void> {
  await press(student, "Add or remove items");
  const dialog = student.getByRole("dialog", { name: "What do we store?" });
  await dialog.getByRole("button", { name: "New: Box: one more" }).click();
  await expect(dialog).toContainText(/Until now\s*R\s610/);
  await dialog.getByRole("button", { name: /^Confirm R\s820$/ }).click();
  await expect(dialog).toBeHidden();
  await expect(student.getByRole("region", { name: "2 items" })).toBeVisible();
}

async function pay(student: Page): Promise<void> {
  await student.getByRole("radio", { name: "EFT" }).check({ force: true });
  await press(student, "Record payment");
  await expect(statusLine(student)).toContainText("Paid");
}

async function askForReturn(student: Page, id: string): Promise<void> {
  await student.goto(`/booking/${id}`);
  await press(student, "Ask for your things back");
  const dialog = student.getByRole("dialog", { name: "Ask for your things back" });
  await pickDate(student, otherDay);
  await chooseWindow(student, morning);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await expect(student.getByRole("region", { name: "Your things come back" })).toBeVisible();
}

/** The van has room today, whatever the calendar says of it at this hour. */
async function bringForward(staff: Page, id: string, change: string): Promise<void> {
  await staff.goto(`/staff/bookings/${id}`);
  await press(staff, change);
  const dialog = staff.getByRole("dialog");
  await dialog.getByLabel(/^Whatever the calendar says/).check();
  if (today.slice(0, 7) !== otherDay.slice(0, 7)) await dialog.getByRole("button", { name: "Previous month" }).click();
  await pickDate(staff, today);
  await chooseWindow(staff, morning);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
}

/** Presses the button that prints, and gives the lines of the stops as print media have them; as a PDF they are one sheet of A4. */
async function printRunSheet(staff: Page): Promise<string[]> {
  await staff.evaluate(() => {
    window.print = () => document.body.setAttribute("data-printed", "");
  });
  await press(staff, "Print run sheet");
  await expect(staff.locator("body[data-printed]")).toBeVisible();
  await staff.evaluate(() => document.body.removeAttribute("data-printed"));
  await layOutOnPaper(staff, "portrait");
  const lines = staff.locator(".run-sheet tbody tr:not(.run-sheet-window, .run-sheet-residence)");
  await expect(lines).toHaveCount(2);
  for (const line of await lines.all()) await expect(line).toBeVisible();
  await expect(staff.locator(".run-sheet-title")).toBeVisible();
  await expect(staff.locator(".run-sheet-residence")).toContainText("Gate: Roper Street");
  await expect(staff.locator(".day")).toBeHidden();
  expect(await cutOff(staff)).toEqual([]);
  const texts = await lines.evaluateAll((all) => all.map((line) => (line as HTMLElement).innerText));
  await staff.emulateMedia({ media: null });
  await staff.setViewportSize(desk.viewport);
  const { count, sizes } = await printPage(staff, "portrait");
  expect(count).toBe(1);
  const [width = 0, height = 0] = (sizes[0] ?? "").split("x").map(Number);
  // Chromium rounds to whole pixels.
  expect(Math.abs(width - 595) + Math.abs(height - 842), String(sizes)).toBeLessThanOrEqual(3);
  return texts;
}

/** Without a network: the pickup failed, and the other's things are back. */
async function workWithoutNetwork(van: Page, pickup: string, handback: string): Promise<void> {
  await expect(van.getByText(/^No connection\. Shown as of/)).toBeVisible();
  await press(van, `Failed trip ${pickup}`);
  await van.getByLabel("Why?").fill("Nobody opened the gate");
  await van.getByRole("dialog").getByRole("button", { name: "Failed trip", exact: true }).click();
  await expect(card(van, pickup)).toContainText("Waiting to be sent: Failed trip");
  await press(van, `Mark returned ${handback}`);
  await press(van, "Yes, all handed back");
  await expect(card(van, handback)).toContainText("Waiting to be sent: Mark returned");
  await van.reload();
  await expect(van.getByText("2 actions wait for the network")).toBeVisible();
}

/** Mends the network, of which the first answer to a change of status is lost, and gives the keys of all that were sent. */
async function mendWithALostAnswer(context: BrowserContext): Promise<Set<string | undefined>> {
  const keys: (string | undefined)[] = [];
  context.on("request", (request) => {
    if (request.url().endsWith("/status")) keys.push(request.headers()["idempotency-key"]);
  });
  const lose = async (route: Route) => {
    await route.fetch();
    await route.abort("internetdisconnected");
  };
  await context.route("**/status", lose, { times: 1 });
  await mendNetwork(context);
  await expect.poll(() => keys.length).toBe(2);
  return new Set(keys);
}

test.use({ auth: "accounts" });

test("a season: set by its owner, booked by phone, and brought home by two of staff through a network that breaks, nothing twice", async ({
  accounts,
  playwright,
  request,
  server,
  visitors,
}) => {
  test.setTimeout(300_000);
  visitors.expected.push(networkGone);
  const bookings = new BookingsApi(request, server.url);
  const handback = await storeBefore(playwright.request, accounts, server.url, bookings);

  const owner = await (await visitors.open({ as: "admin", ...desk })).newPage();
  await setPrices(owner);
  await setCalendar(owner);
  await setResidence(owner);
  await bookForOthers(request, server.url);

  const student = await (await visitors.open({ as: "customer", ...phone })).newPage();
  const pickup = await bookByPhone(student);
  await moveTheDate(student);
  await expect(student.getByRole("region", { name: "Pickup", exact: true })).toContainText("Tuksdorp, room 214, Hatfield 0083");

  const vanContext = await visitors.open({ as: "staff", ...desk });
  const van = await vanContext.newPage();
  const hall = await (
    await visitors.open({ as: "nobody", storageState: accounts.browserWith(await accounts.add(second, "staff")), ...desk })
  ).newPage();
  await hall.goto("/staff");
  await press(hall, `Approve ${pickup}`);
  await expect(statusLine(student)).toContainText("Approved");
  await addABox(student);
  await expect(statusLine(student)).toContainText("Submitted");
  await press(hall, `Approve ${pickup}`);
  await pay(student);
  await askForReturn(student, handback);

  await van.goto(`/staff/day?date=${otherDay}`);
  await expect(card(van, pickup)).toContainText("Pickup");
  await expect(card(van, pickup)).toContainText("2 × Box");
  await expect(card(van, handback)).toContainText("Return");
  await expect(van.getByText("2 stops, 0 done; full")).toBeVisible();
  await bringForward(van, pickup, "Change day, time or address");
  await bringForward(van, handback, "Change the return");

  for (const page of [van, hall]) {
    await page.goto("/staff/day");
    await expect(page.getByText("2 stops, 0 done", { exact: true })).toBeVisible();
    await isLive(page);
  }
  const before = (await printRunSheet(van)).join("\n");
  for (const words of [
    "Pickup: Thandi Mokoena",
    "Return: Thandi Mokoena",
    "Tuksdorp, room 214",
    "2 × Box",
    "082 555 0123",
    pickup,
    handback,
  ]) {
    expect(before).toContain(words);
  }
  expect(before).not.toContain("The trip failed");

  await cutNetwork(vanContext);
  await workWithoutNetwork(van, pickup, handback);
  await expect(hall.getByText("2 stops, 0 done", { exact: true })).toBeVisible();
  expect((await mendWithALostAnswer(vanContext)).size).toBe(1);
  await expect(van.locator(".outbox")).toHaveText("");
  for (const page of [van, hall]) {
    await expect(card(page, pickup)).toContainText("The trip failed");
    await expect(card(page, handback)).toContainText("Done: Thandi Mokoena");
  }
  await student.goto(`/booking/${pickup}`);
  await expect(student.getByRole("heading", { name: "Your pickup needs a new day" })).toBeVisible();
  await expect(student.getByRole("region", { name: "Progress" })).toContainText("Nobody opened the gate");
  const again = await printRunSheet(hall);
  expect(again.find((line) => line.includes(pickup))).toContain("The trip failed");
  expect(again.find((line) => line.includes(handback))).toContain("✓");

  // She is back: both collect at once.
  await Promise.all([van, hall].map((page) => press(page, `Mark collected ${pickup}`)));
  await expect(statusLine(student)).toContainText("Collected");
  // Each has the answer to its own step before the next is taken.
  for (const page of [van, hall]) await expect(page.getByRole("button", { name: `Put in storage ${pickup}`, exact: true })).toBeVisible();
  await press(hall, `Put in storage ${pickup}`);
  await expect(statusLine(student)).toContainText("In storage");
  for (const page of [van, hall]) {
    await expect(page.locator(".day-totals")).toContainText("2 stops, 2 done");
    await expect(page.locator(".outbox")).toHaveText("");
  }

  const events = await bookings.eventsOf(pickup);
  expect(events.map(({ what }) => what)).toEqual([
    "booking_submitted",
    "booking_changed",
    "submitted -> approved",
    "booking_changed",
    "approved -> submitted",
    "submitted -> approved",
    "paid",
    "booking_changed",
    "failed_trip",
    "paid -> collected",
    "collected -> in_storage",
  ]);
  const { account } = await accounts.get("staff");
  expect(events.find(({ what }) => what === "failed_trip")?.actor).toBe(account.email);
  expect(events.at(-1)?.actor).toBe(emailOf(second));
  expect((await bookings.eventsOf(handback)).map(({ what }) => what).slice(5)).toEqual([
    "booking_changed",
    "booking_changed",
    "in_storage -> returned",
  ]);
  const stored = (await (await request.get(`${server.url}/api/v1/bookings/${pickup}`)).json()) as { failed_trips: number };
  expect(stored.failed_trips).toBe(1);
});
