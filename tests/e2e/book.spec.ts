import type { Locator, Page } from "@playwright/test";
import {
  book,
  bookedReference,
  chooseItems,
  comingDate,
  countBookings,
  field,
  fillBooking,
  fillDetails,
  fillSchedule,
  next,
  pickDate,
  requestButton,
  spokenDate,
  thandi,
} from "./booking_form";
import { expect, test } from "./fixtures";

/** The server takes what is sent, and its answers are lost on the way. */
function loseAnswers(page: Page): Promise<void> {
  return page.route("**/api/v1/bookings", async (route) => {
    await route.fetch();
    await route.abort();
  });
}

/** Goes back from the review, adds a fridge and sends the request. */
async function requestWithFridge(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Edit items" }).click();
  await page.getByRole("button", { name: "Fridge: one more" }).click();
  await next(page);
  await next(page);
  await requestButton(page).click();
}

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

test(
  "every fault stands beside its field, in words for people, and the first one has the focus",
  { tag: "@demo" },
  async ({ visitors }) => {
    const page = await (await visitors.open(phone)).newPage();
    await page.goto("/");
    await next(page);
    await expect(page.getByRole("group", { name: "What shall we store?" })).toContainText("Choose at least one thing to store.");
    await expect(page.getByRole("button", { name: "Bed: one more" })).toBeFocused();
    await expect(page.getByRole("alert")).toContainText("One thing is missing or not right yet");

    await chooseItems(page);
    await page.getByRole("textbox", { name: "Other item 1" }).fill("x".repeat(81));
    await next(page);
    await expect(field(page, "Other item 1")).toContainText("The description can have at most 80 characters.");
    await expect(page.getByRole("textbox", { name: "Other item 1" })).toBeFocused();
    await page.getByRole("textbox", { name: "Other item 1" }).fill("Study lamp");
    await next(page);

    await next(page);
    await expect(page.getByRole("alert")).toContainText("5 things are missing or not right yet");
    await expect(page.getByRole("region", { name: "Pickup date" })).toContainText("Choose a day.");
    await expect(page.getByRole("radiogroup", { name: "Pickup time" })).toContainText("Choose a time.");
    await expect(field(page, "Name")).toContainText("Tell us your name.");
    await expect(field(page, "E-mail")).toContainText("Write the e-mail address.");
    await expect(field(page, "Pickup address")).toContainText("Tell us where to collect.");
    await expect(page.getByRole("grid").locator('[tabindex="0"]')).toBeFocused();

    await fillSchedule(page, { name: "T", email: "not an address" });
    await next(page);
    await expect(field(page, "Name")).toContainText("The name needs at least 2 characters.");
    await expect(field(page, "E-mail")).toContainText("This does not look like an e-mail address");
    await expect(page.getByLabel("Name", { exact: true })).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
    await expect(page.getByLabel("Pickup address")).not.toHaveAttribute("aria-invalid", "true");
    expect(await countBookings(page)).toBe(0);
  },
);

/** Whether it can be read: inside the screen, and nothing lies over it. */
async function expectSeen(place: Locator): Promise<void> {
  await expect(place).toBeInViewport({ ratio: 1 });
  await expect
    .poll(() =>
      place.evaluate((element) => {
        const { left, top, bottom } = element.getBoundingClientRect();
        return [top + 2, bottom - 2].every((y) => element.contains(document.elementFromPoint(left + 4, y)));
      }),
    )
    .toBe(true);
}

test(
  "on a phone the first fault of every step is before the eye, and no word of it is a machine's",
  { tag: "@demo" },
  async ({ visitors }) => {
    const page = await (await visitors.open({ viewport: { width: 360, height: 740 }, hasTouch: true })).newPage();
    await page.goto("/");
    await expect(page.getByRole("button", { name: "Bed: one more" })).toBeVisible();
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await next(page);
    await expectSeen(page.locator(".faults").first());
    await chooseItems(page);
    await page.getByRole("textbox", { name: "Other item 1" }).fill("x".repeat(81));
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await next(page);
    await expectSeen(page.locator(".faults").first());
    await page.getByRole("textbox", { name: "Other item 1" }).fill("Study lamp");
    await next(page);
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await next(page);
    await expectSeen(page.locator(".faults").first());
    await pickDate(page, comingDate());
    await next(page);
    await expectSeen(page.locator(".faults").first());
    await page.getByRole("radio", { name: "08:00 – 11:00" }).check({ force: true });
    await page.getByLabel("Name", { exact: true }).fill("T");
    await page.getByLabel("E-mail", { exact: true }).fill("thandi");
    await page.getByLabel("Pickup address").fill("x".repeat(501));
    await page.evaluate(() => window.scrollTo(0, 0));
    await next(page);
    await expectSeen(page.locator(".faults").first());
    await expect(page.locator(".faults")).toHaveText([
      "The name needs at least 2 characters.",
      "This does not look like an e-mail address, such as thandi@tuks.co.za.",
      "The address can have at most 500 characters.",
    ]);
    expect(await page.locator("main").innerText()).not.toMatch(/\w_\w|\brequired\b|must |invalid/);
  },
);

test("a fault goes once its field is changed, and the focus stays", async ({ visitors }) => {
  const page = await (await visitors.open({ as: "nobody" })).newPage();
  await page.goto("/");
  await chooseItems(page);
  await next(page);
  await next(page);
  const email = page.getByLabel("E-mail", { exact: true });
  await expect(email).toHaveAttribute("aria-invalid", "true");
  await email.pressSequentially("thandi");
  await expect(email).toHaveValue("thandi");
  await expect(email).toBeFocused();
  await expect(email).not.toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Name", { exact: true })).toHaveAttribute("aria-invalid", "true");
});

test("what only the server minds leads back to its step and stands there beside its field", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  await fillBooking(page, thandi);
  await page.route("**/api/v1/bookings", (route) =>
    route.fulfill({
      status: 400,
      json: {
        error: {
          code: "validation_error",
          message: "The booking has faults",
          details: ["address is out of reach", "items[2].name is odd"],
        },
        request_id: "r1",
      },
    }),
  );
  await requestButton(page).click();
  await expect(page).toHaveURL(/\/$/);
  await expect(field(page, "Other item 1")).toContainText("The description is odd.");
  await expect(page.getByRole("textbox", { name: "Other item 1" })).toBeFocused();
  expect(await countBookings(page)).toBe(0);
});

test("a pickup date that has passed meanwhile is asked for anew", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.clock.install();
  await page.goto("/");
  await chooseItems(page);
  await next(page);
  await pickDate(page, comingDate(3));
  await page.getByRole("radio", { name: "Midday" }).check({ force: true });
  await fillDetails(page, thandi);
  await page.clock.setSystemTime(Date.now() + 5 * 86_400_000);
  await next(page);
  await expect(page.getByRole("region", { name: "Pickup date" })).toContainText("Choose a day from tomorrow on.");
});

test("the price follows every change and the server confirms it", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  const price = page.getByRole("region", { name: "Your price" });
  await expect(price).toContainText("Choose at least one item");
  await chooseItems(page);
  await expect(price.getByRole("status")).toHaveText(/Total\s*R\s1\s460/);
  await expect(price).toContainText("Price confirmed");
  await page.getByRole("button", { name: "Months: one more" }).click();
  await expect(price.getByRole("status")).toHaveText(/Total\s*R\s1\s830/);
  await page.getByRole("button", { name: "Bed: one fewer" }).click();
  await expect(price.getByRole("status")).toHaveText(/Total\s*R\s830/);
  await next(page);
  await expect(price.getByRole("status")).toHaveText(/Total\s*R\s830/);
});

test("on a phone the total and the way on stay in sight", async ({ visitors }) => {
  const page = await (await visitors.open(phone)).newPage();
  await page.goto("/");
  await chooseItems(page);
  for (const end of ["top", "bottom"]) {
    await page.evaluate((where) => window.scrollTo(0, where === "top" ? 0 : document.body.scrollHeight), end);
    await expect(page.getByRole("button", { name: "Next", exact: true })).toBeInViewport({ ratio: 1 });
  }
  await expect(page.locator(".flow-total")).toHaveText(/R\s1\s460/);
});

test("a price that changed meanwhile is told before anything is booked", async ({ visitors }) => {
  const page = await (await visitors.open(phone)).newPage();
  visitors.expected.push(/net::ERR_FAILED/);
  // The page sees an older price list once; the server knows the new one.
  await page.route("**/api/v1/catalog", async (route) => {
    const answer = await route.fetch();
    const catalog = (await answer.json()) as { handling_fee: number };
    const headers = { ...answer.headers(), etag: '"older"' };
    await route.fulfill({ response: answer, headers, json: { ...catalog, handling_fee: catalog.handling_fee - 50 } });
  });
  await page.route("**/api/v1/quotes", (route) => route.abort());
  await page.goto("/");
  await fillBooking(page, thandi);
  await expect(page.getByRole("region", { name: "Your price" })).toContainText(/R\s1\s410/);
  await page.unroute("**/api/v1/catalog");
  await page.unroute("**/api/v1/quotes");
  await requestButton(page).click();
  await expect(page.getByRole("alert")).toContainText(/new total is R\s1\s460, it was R\s1\s410/);
  await expect(page.getByRole("alert")).toBeInViewport();
  expect(await countBookings(page)).toBe(0);
  await requestButton(page).click();
  await bookedReference(page);
  expect(await countBookings(page)).toBe(1);
});

test("a double click makes one booking", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  await fillBooking(page, thandi);
  await requestButton(page).dblclick();
  await bookedReference(page);
  expect(await countBookings(page)).toBe(1);
});

test("an answer that got lost is asked for again after a reload, and one booking stands", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  visitors.expected.push(/net::ERR_FAILED/);
  await page.goto("/");
  await fillBooking(page, thandi);
  await loseAnswers(page);
  await requestButton(page).click();
  await expect(page.getByRole("alert")).toContainText("it is booked once");
  expect(await countBookings(page)).toBe(1);
  await page.unroute("**/api/v1/bookings");
  await page.reload();
  await requestButton(page).click();
  await bookedReference(page);
  expect(await countBookings(page)).toBe(1);
});

test("what is changed after an answer got lost makes no second booking, and the page says what stands", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  visitors.expected.push(/net::ERR_FAILED/);
  await page.goto("/");
  await fillBooking(page, thandi);
  await loseAnswers(page);
  await requestButton(page).click();
  await expect(page.getByRole("alert")).toContainText("We did not hear back");
  await page.unroute("**/api/v1/bookings");
  await requestWithFridge(page);
  await bookedReference(page);
  await expect(page.getByText("Your first request had reached us")).toBeVisible();
  await expect(page.getByText("2 items")).toBeVisible();
  expect(await countBookings(page)).toBe(1);
});

test("what stands between and refuses after a lost answer makes no second booking", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  visitors.expected.push(/net::ERR_FAILED/);
  await page.goto("/");
  await fillBooking(page, thandi);
  let requests = 0;
  await page.route("**/api/v1/bookings", async (route) => {
    requests++;
    if (requests === 1) {
      await route.fetch();
      await route.abort();
    } else if (requests === 2) {
      await route.fulfill({ status: 403, contentType: "text/html", body: "<h1>Forbidden by the proxy</h1>" });
    } else {
      await route.continue();
    }
  });
  await requestButton(page).click();
  await expect(page.getByRole("alert")).toContainText("We did not hear back");
  await requestButton(page).click();
  await expect.poll(() => requests).toBe(2);
  await expect(page.getByRole("alert")).toBeVisible();
  await requestButton(page).click();
  await bookedReference(page);
  expect(await countBookings(page)).toBe(1);
});

test("what is changed after a request that never arrived is what is booked", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  visitors.expected.push(/net::ERR_FAILED/);
  await page.goto("/");
  await fillBooking(page, thandi);
  await page.route("**/api/v1/bookings", (route) => route.abort());
  await requestButton(page).click();
  await expect(page.getByRole("alert")).toContainText("We did not hear back");
  await page.unroute("**/api/v1/bookings");
  await requestWithFridge(page);
  await bookedReference(page);
  await expect(page.getByText("3 items")).toBeVisible();
  expect(await countBookings(page)).toBe(1);
});

test("a reload while the request is on its way and the same button make one booking", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  await fillBooking(page, thandi);
  let requests = 0;
  // The server takes the first request; its answer never comes.
  await page.route("**/api/v1/bookings", async (route) => {
    requests++;
    if (requests === 1) await route.fetch();
    else await route.continue();
  });
  await requestButton(page).click();
  await expect.poll(() => countBookings(page)).toBe(1);
  await page.reload();
  await requestButton(page).click();
  await bookedReference(page);
  expect(await countBookings(page)).toBe(1);
});

test("a reload keeps the step and everything filled in", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  await chooseItems(page);
  await next(page);
  await fillSchedule(page, thandi);
  await page.reload();
  await expect(page).toHaveURL(/\/book\/schedule$/);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(thandi.name);
  await expect(page.getByRole("radio", { name: "Morning" })).toBeChecked();
  await expect(page.getByRole("gridcell", { selected: true })).toHaveText(String(Number(comingDate().slice(8))));
  await next(page);
  await page.reload();
  await expect(page.getByText("Study lamp")).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("When and where?");
  await page.goBack();
  await expect(page.getByRole("textbox", { name: "Other item 1" })).toHaveValue("Study lamp");
  await page.goForward();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("When and where?");
});

test("a step opened too early leads kindly to the first that lacks something", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/book/review");
  await expect(page.getByText("Let's start here")).toBeVisible();
  await expect(page).toHaveURL(/\/$/);
  await expect(page.getByRole("alert")).toHaveCount(0);
  await chooseItems(page);
  await page.goto("/book/review");
  await expect(page.getByText("Almost there")).toBeVisible();
  await expect(page).toHaveURL(/\/book\/schedule$/);
});

test("the steps say where one stands, and lead back", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  const steps = page.getByRole("navigation", { name: "Steps of your booking" });
  await page.goto("/");
  await expect(steps.locator("[aria-current=step]")).toContainText("Items");
  await fillBooking(page, thandi);
  await expect(steps.locator("[aria-current=step]")).toContainText("Review");
  await steps.getByRole("link", { name: "Schedule" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("When and where?");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();

  await page.setViewportSize({ width: 360, height: 740 });
  await expect(steps).toContainText("Step 2 of 5: Schedule");
  await steps.getByRole("link", { name: "Back to items" }).click();
  await expect(steps).toContainText("Step 1 of 5: Items");
});

test("the review shows everything and each part can be edited", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  await fillBooking(page, thandi);
  await expect(page.getByRole("region", { name: "2 items" })).toContainText("Study lamp");
  await expect(page.getByRole("region", { name: "2 items" })).toContainText("3 months");
  await expect(page.getByRole("region", { name: "Pickup", exact: true })).toContainText("08:00 – 11:00");
  await expect(page.getByRole("region", { name: "Your details" })).toContainText(thandi.email);
  await page.getByRole("link", { name: "Edit items" }).click();
  await page.getByRole("button", { name: "Box: one more" }).click();
  await next(page);
  await next(page);
  await expect(page.getByRole("region", { name: "3 items" })).toContainText("Box");
});

test("a description belongs to its item and arrives with it", async ({ visitors, server, request }) => {
  const page = await (await visitors.open(phone)).newPage();
  await page.goto("/");
  for (let boxes = 0; boxes < 3; boxes++) await page.getByRole("button", { name: "Box: one more" }).click();
  await expect(page.getByRole("textbox", { name: "Box 2" })).toBeHidden();
  await page.getByText("Descriptions").click();
  await page.getByRole("textbox", { name: "Box 2" }).fill("Blue, glasses inside");
  await expect(page.getByText("1 of 3")).toBeVisible();
  await next(page);
  await fillSchedule(page, thandi);
  await next(page);
  await requestButton(page).click();
  const id = await bookedReference(page);
  await expect(page.getByText("Blue, glasses inside")).toBeVisible();
  const answer = await request.get(`${server.url}/api/v1/bookings/${id}`);
  const { items } = (await answer.json()) as { items: { item_name: string | null }[] };
  expect(items.map((item) => item.item_name).sort()).toEqual(["Blue, glasses inside", null, null]);
});

test("the calendar is worked by keyboard alone and never goes before tomorrow", async ({ visitors }) => {
  const page = await (await visitors.open({ timezoneId: "America/New_York" })).newPage();
  await page.clock.install({ time: new Date("2026-11-29T23:30:00Z") });
  await page.goto("/");
  await chooseItems(page);
  await next(page);
  const day = (date: string) => page.getByRole("button", { name: spokenDate(date) });
  // In South Africa it is already the 30th.
  await expect(day("2026-12-01")).toHaveAttribute("tabindex", "0");
  await page.getByRole("button", { name: "Next month" }).focus();
  await page.keyboard.press("Tab");
  await expect(day("2026-12-01")).toBeFocused();
  for (const [key, date] of [
    ["ArrowLeft", "2026-12-01"],
    ["ArrowRight", "2026-12-02"],
    ["ArrowDown", "2026-12-09"],
    ["Home", "2026-12-06"],
    ["End", "2026-12-12"],
    ["ArrowUp", "2026-12-05"],
    ["PageDown", "2027-01-05"],
    ["PageUp", "2026-12-05"],
    ["PageUp", "2026-12-01"],
    ["PageDown", "2027-01-01"],
  ] as const) {
    await page.keyboard.press(key);
    await expect(day(date), `after ${key}`).toBeFocused();
  }
  await page.keyboard.press("Space");
  await expect(page.getByRole("gridcell", { selected: true })).toHaveText("1");
  await expect(page.getByText("We come on Fri, 01 Jan 2027.")).toBeVisible();
  await page.getByRole("button", { name: "Previous month" }).click();
  await expect(page.getByRole("button", { name: "Previous month" })).toBeDisabled();
});

test("today is marked and cannot be picked", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.clock.install({ time: new Date("2026-12-10T10:00:00Z") });
  await page.goto("/");
  await chooseItems(page);
  await next(page);
  const today = page.getByRole("button", { name: spokenDate("2026-12-10") });
  await expect(today).toHaveAttribute("aria-current", "date");
  await expect(today).toBeDisabled();
  await expect(page.getByRole("button", { name: spokenDate("2026-12-11") })).toBeEnabled();
});

test("the keyboard alone books", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Bed: one more" })).toBeVisible();
  const tabTo = async (name: string | RegExp) => {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press("Tab");
      const focused = await page.evaluate(() => {
        const element = document.activeElement;
        const label =
          element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels?.[0]?.textContent : null;
        return element?.getAttribute("aria-label") ?? label ?? element?.textContent ?? "";
      });
      if (typeof name === "string" ? focused.trim() === name : name.test(focused)) return;
    }
    throw new Error(`Tab does not reach ${String(name)}`);
  };
  await tabTo("Bed: one more");
  await page.keyboard.press("Space");
  await tabTo("Next");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await tabTo(/^\w+day, /);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await tabTo(/08:00/);
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: "11:00 – 14:00" })).toBeChecked();
  await tabTo("Name");
  await page.keyboard.type(thandi.name);
  await tabTo("E-mail");
  await page.keyboard.type(thandi.email);
  await tabTo("Pickup address");
  await page.keyboard.type("12 Burnett Street, Hatfield");
  await tabTo("Next");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Check and request");
  await tabTo("Request pickup");
  await page.keyboard.press("Enter");
  await bookedReference(page);
  expect(await countBookings(page)).toBe(1);
});

test("details are remembered for the next booking, and forgotten on request", { tag: "@demo" }, async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  const id = await book(page, thandi);
  await page.goto("/");
  await chooseItems(page);
  await next(page);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(thandi.name);
  await expect(page.getByLabel("Pickup address")).toHaveValue("12 Burnett Street, Hatfield");
  await page.getByRole("button", { name: "Forget my details" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("");
  await page.reload();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("");
  await page.goto("/booking");
  await expect(page.getByRole("link", { name: id })).toBeVisible();
});

test("nothing is kept on a shared computer", { tag: "@demo" }, async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  await chooseItems(page);
  await next(page);
  await fillSchedule(page, thandi);
  await page.getByLabel("Remember my details on this device").uncheck();
  await next(page);
  await requestButton(page).click();
  const id = await bookedReference(page);
  await page.goto("/booking");
  await expect(page.getByRole("heading", { name: "My booking" })).toBeVisible();
  await expect(page.getByText(id)).toHaveCount(0);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(kept).not.toContain(thandi.email);
  expect(kept).not.toContain(id);
});

test("the main navigation marks one place, on the pages behind it too", { tag: "@demo" }, async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  const marked = page.getByRole("navigation", { name: "Main" }).locator("[aria-current]");
  await page.goto("/");
  await chooseItems(page);
  await next(page);
  await expect(page).toHaveURL(/\/book\/schedule$/);
  await expect(marked).toHaveText(["Book a pickup"]);
  await page.goto("/admin/bookings");
  await expect(marked).toHaveText(["Bookings"]);
});
