import type { APIRequestContext, Page } from "@playwright/test";
import { thandi } from "./booking_form";
import { expect, test } from "./fixtures";
import { bookThroughApi } from "./seeded_booking";

const staff = { "X-HSS-Role": "staff" };

interface Step {
  status: string;
  at: string;
}

async function setStatus(request: APIRequestContext, url: string, id: string, status: string, reason?: string): Promise<void> {
  const answer = await request.patch(`${url}/api/v1/bookings/${id}/status`, {
    headers: staff,
    data: { status, ...(reason && { reason }) },
  });
  expect(answer.status()).toBe(200);
}

async function pay(request: APIRequestContext, url: string, id: string, method: string): Promise<string> {
  await setStatus(request, url, id, "approved");
  const answer = await request.post(`${url}/api/v1/bookings/${id}/payment`, { data: { method } });
  const { payment_reference } = (await answer.json()) as { payment_reference: string };
  return payment_reference;
}

async function historyOf(request: APIRequestContext, url: string, id: string): Promise<Step[]> {
  const answer = await request.get(`${url}/api/v1/bookings/${id}/history`);
  return ((await answer.json()) as { history: Step[] }).history;
}

function progress(page: Page) {
  return page.getByRole("region", { name: "Progress" }).getByRole("listitem");
}

/** A time as the page shows it, in South Africa's time wherever the browser is. */
function spokenMoment(at: string): string {
  const format = new Intl.DateTimeFormat("en-ZA", { timeZone: "Africa/Johannesburg", dateStyle: "medium", timeStyle: "short" });
  return `${format.format(new Date(at))} SAST`;
}

test("the timeline shows each step with its time in South Africa", async ({ server, visitors, request }) => {
  const id = await bookThroughApi(request, server.url, thandi);
  await pay(request, server.url, id, "eft");
  await setStatus(request, server.url, id, "collected");
  const page = await (await visitors.open({ timezoneId: "America/New_York" })).newPage();
  await page.goto(`/booking/${id}`);
  const history = await historyOf(request, server.url, id);
  const labels = ["Submitted", "Approved", "Paid", "Collected"];
  await expect(progress(page)).toHaveCount(6);
  for (const [index, label] of labels.entries()) {
    await expect(progress(page).nth(index)).toContainText(label);
    await expect(progress(page).nth(index)).toContainText(spokenMoment(history[index]?.at ?? ""));
  }
  await expect(progress(page).nth(2)).toContainText("By EFT");
  await expect(progress(page).nth(3)).toHaveAttribute("aria-current", "step");
  await expect(progress(page).nth(5)).toContainText("Returned, still to come");
});

test("a withdrawn approval and the reason of a decline are told", async ({ server, visitors, request }) => {
  const id = await bookThroughApi(request, server.url, thandi);
  await setStatus(request, server.url, id, "approved");
  await setStatus(request, server.url, id, "submitted");
  const page = await (await visitors.open()).newPage();
  await page.goto(`/booking/${id}`);
  await expect(progress(page).nth(2)).toContainText("Approval withdrawn");
  await expect(progress(page).nth(3)).toContainText("Approved, still to come");

  await setStatus(request, server.url, id, "declined", "Outside our area");
  await expect(page.getByRole("region", { name: "Nothing is owed" })).toContainText("Outside our area");
  await expect(progress(page)).toHaveCount(4);
  await expect(progress(page).last()).toContainText("Reason: Outside our area");
  await expect(page.getByRole("link", { name: "Make a new booking" })).toBeVisible();
});

test("a payment whose answer got lost is recorded once", async ({ server, visitors, request }) => {
  visitors.expected.push(/net::ERR_FAILED/);
  const id = await bookThroughApi(request, server.url, thandi);
  await setStatus(request, server.url, id, "approved");
  const page = await (await visitors.open()).newPage();
  let keys: (string | undefined)[] = [];
  await page.route("**/payment", async (route) => {
    keys = [...keys, route.request().headers()["idempotency-key"]];
    if (keys.length === 1) await route.abort();
    else await route.continue();
  });
  await page.goto(`/booking/${id}`);
  await page.getByRole("button", { name: "Record payment" }).click();
  await expect(page.getByRole("alert")).toContainText("it is recorded once");
  await page.getByRole("button", { name: "Record payment" }).click();
  await expect(page.getByRole("heading", { name: "We are coming to collect" })).toBeFocused();
  expect(keys[1]).toBe(keys[0]);
  expect((await historyOf(request, server.url, id)).map((step) => step.status)).toEqual(["submitted", "approved", "paid"]);
});

test("the receipt of a paid booking stands on one clean page", async ({ server, visitors, request }) => {
  const id = await bookThroughApi(request, server.url, thandi);
  const reference = await pay(request, server.url, id, "cash");
  const page = await (await visitors.open({ colorScheme: "dark" })).newPage();
  await page.goto(`/booking/${id}`);
  await page.getByRole("link", { name: "Show receipt" }).click();
  const receipt = page.getByRole("article");
  const paid = (await historyOf(request, server.url, id)).find((step) => step.status === "paid");
  for (const text of [
    "Hatfield Storage Solutions",
    id,
    reference,
    spokenMoment(paid?.at ?? ""),
    "cash",
    thandi.name,
    "Red, heavy",
    "2 months",
  ]) {
    await expect(receipt).toContainText(text);
  }
  await expect(receipt).toContainText(/Total paid\s*R\s590/);

  await page.evaluate(() => {
    window.print = () => document.body.setAttribute("data-printed", "");
  });
  await page.getByRole("button", { name: "Print" }).click();
  await expect(page.locator("body[data-printed]")).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(receipt).toBeVisible();
  await expect(page.getByRole("banner")).toBeHidden();
  await expect(page.getByRole("contentinfo")).toBeHidden();
  await expect(page.getByRole("button", { name: "Print" })).toBeHidden();
  const [ground, ink] = await page.evaluate(() => {
    const style = getComputedStyle(document.body);
    return [style.backgroundColor, style.color];
  });
  expect([ground, ink]).toEqual(["rgb(255, 255, 255)", "rgb(0, 0, 0)"]);
});

test("an unpaid booking has no receipt and says so", async ({ server, visitors, request }) => {
  const id = await bookThroughApi(request, server.url, thandi);
  const page = await (await visitors.open()).newPage();
  await page.goto(`/booking/${id}/receipt`);
  await expect(page.getByText("There is no receipt yet")).toBeVisible();
  await expect(page.getByRole("button", { name: "Print" })).toHaveCount(0);
  await page.getByRole("link", { name: "Back to the booking" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Booking ${id}`);
});

test("a lost connection is told while the booking stays on the page", async ({ server, visitors, request }) => {
  visitors.expected.push(/net::ERR_INTERNET_DISCONNECTED/);
  const id = await bookThroughApi(request, server.url, thandi);
  const context = await visitors.open();
  const page = await context.newPage();
  await page.goto(`/booking/${id}`);
  await expect(progress(page).first()).toContainText("SAST");
  await context.setOffline(true);
  await expect(page.getByText(/No connection to the server.*Shown as of/)).toBeVisible();
  await expect(progress(page).first()).toContainText("SAST");
  await setStatus(request, server.url, id, "approved");
  await context.setOffline(false);
  await expect(progress(page).nth(1)).toHaveAttribute("aria-current", "step");
  await expect(progress(page).nth(1)).toContainText("SAST");
});

test("a reference is found however it is typed", async ({ server, visitors, request }) => {
  const id = await bookThroughApi(request, server.url, thandi);
  const page = await (await visitors.open()).newPage();
  await page.goto("/booking");
  await page.getByRole("button", { name: "Show booking" }).click();
  await expect(page.getByText("Type your reference first.")).toBeVisible();
  await expect(page.getByLabel("Booking reference")).toBeFocused();
  await page.getByLabel("Booking reference").fill(` ${id.toLowerCase().replace("hss-", "hss ").replace(/0/g, "o")} `);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Booking ${id}`);
});

test("bookings of this device are listed newest first and can be removed from the list", async ({ server, visitors, request }) => {
  const ids = [await bookThroughApi(request, server.url, thandi), await bookThroughApi(request, server.url, thandi)];
  const page = await (await visitors.open()).newPage();
  await page.goto("/booking");
  await expect(page.getByText("Booked on this device")).toHaveCount(0);
  await page.evaluate((kept) => localStorage.setItem("hss-bookings", kept), JSON.stringify([ids[1], "HSS-0000000000", ids[0]]));
  await page.reload();
  const list = page.getByRole("region", { name: "Booked on this device" }).getByRole("listitem");
  await expect(list).toHaveCount(3);
  await expect(list.first()).toContainText(ids[1] ?? "");
  await expect(list.first()).toContainText("Submitted");
  await expect(list.nth(1)).toContainText("Not known to this server");
  await page.getByRole("button", { name: "Remove HSS-0000000000 from this list" }).click();
  await expect(list).toHaveCount(2);
  await page.reload();
  await expect(list).toHaveCount(2);
  await list.last().getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Booking ${ids[0]}`);
});

for (const width of [360, 768, 1280]) {
  test(`no page of a customer scrolls sideways at ${width} px`, async ({ server, visitors, request }) => {
    const name = "Nomvula ".repeat(10).trim();
    const id = await bookThroughApi(request, server.url, { name, email: `${"n".repeat(60)}@students.tuks.co.za` });
    await pay(request, server.url, id, "card");
    const page = await (await visitors.open({ viewport: { width, height: 800 } })).newPage();
    await page.goto("/booking");
    await page.evaluate((kept) => localStorage.setItem("hss-bookings", kept), JSON.stringify([id]));
    for (const [path, text] of [
      ["/", "Your price"],
      ["/booking", "Pickup "],
      [`/booking/${id}`, "Progress"],
      [`/booking/${id}/receipt`, "Total paid"],
    ] as const) {
      await page.goto(path);
      await expect(page.locator("main").getByText(text).first()).toBeVisible();
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `sideways scroll on ${path}`).toBeLessThanOrEqual(0);
    }
  });
}
