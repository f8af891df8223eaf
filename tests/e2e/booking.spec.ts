import { book, thandi } from "./booking_form";
import { expect, test } from "./fixtures";
import { bookThroughApi, seedBooking, seedPayment, seedStatus } from "./seeded_booking";

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

test("a customer books on a phone, is approved, pays and takes the receipt", async ({ server, visitors, request }) => {
  const page = await (await visitors.open(phone)).newPage();
  await page.goto("/");
  const id = await book(page, thandi);
  const steps = page.getByRole("navigation", { name: "Steps of your booking" });
  const status = page.getByRole("status").filter({ has: page.locator(".chip") });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Booking ${id}`);
  await expect(status).toContainText("Submitted");
  await expect(steps).toContainText("Step 4 of 5: Staff review");
  await expect(page.getByText("Study lamp")).toBeVisible();

  await request.post(`${server.url}/api/v1/staff/bookings/${id}/approve`, { headers: { "X-HSS-Role": "staff" } });
  await expect(status).toContainText("Approved");
  await expect(steps).toContainText("Step 5 of 5: Payment");
  await expect(page.getByRole("heading", { name: /^Pay R\s1\s460$/ })).toBeVisible();
  await page.getByRole("radio", { name: "EFT" }).check({ force: true });
  await page.getByRole("button", { name: "Record payment" }).click();
  await expect(status).toContainText("Paid");
  await expect(steps).toContainText("Booked and paid");
  await expect(page.getByText(/steps done/)).toHaveCount(0);
  const progress = page.getByRole("region", { name: "Progress" }).getByRole("listitem");
  await expect(progress.filter({ hasText: "still to come" })).toHaveCount(3);

  await page.getByRole("link", { name: "Show receipt" }).click();
  await expect(page.getByRole("article")).toContainText(/PAY-\w+/);
  await expect(page.getByRole("article")).toContainText(/Total paid\s*R\s1\s460/);

  await page.getByRole("link", { name: "My booking" }).click();
  await expect(page.getByRole("link", { name: id })).toContainText("Paid");
});

test("a booking that is paid after its pickup day says what happens, and not that we are coming", async ({ server, visitors, request }) => {
  const id = await seedBooking(request, server.url, { pickup_date: "2026-09-01" });
  const page = await (await visitors.open(phone)).newPage();
  await page.goto(`/booking/${id}`);
  await expect(page.getByText(/The pickup on .*1 Sept? 2026 has gone by/)).toBeVisible();
  await seedStatus(request, server.url, id, "approved");
  await expect(page.getByText("Your pickup needs a new day")).toBeVisible();
  await expect(page.getByText("Pay to confirm the pickup")).toHaveCount(0);
  await page.getByRole("button", { name: "Record payment" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Paid" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Your pickup needs a new day" })).toBeVisible();
  await expect(page.getByText("Our staff will agree on a new day with you, and write to you on this page.")).toBeVisible();
  await expect(page.getByText(/We are coming/)).toHaveCount(0);
});

test("a pickup of today is past once its time is over", async ({ server, visitors, request }) => {
  const today = new Date(Date.now() + 7_200_000).toISOString().slice(0, 10);
  const id = await seedBooking(request, server.url, { pickup_date: today });
  await seedPayment(request, server.url, id);
  const page = await (await visitors.open(phone)).newPage();
  // The window is 11:00 – 14:00 in South Africa.
  await page.clock.setFixedTime(`${today}T13:59:00+02:00`);
  await page.goto(`/booking/${id}`);
  await expect(page.getByRole("heading", { name: "We are coming to collect" })).toBeVisible();
  await page.clock.setFixedTime(`${today}T14:00:00+02:00`);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Your pickup needs a new day" })).toBeVisible();
});

test("the ways to pay stand side by side in their card", async ({ server, visitors, request }) => {
  const id = await bookThroughApi(request, server.url, thandi);
  await request.post(`${server.url}/api/v1/staff/bookings/${id}/approve`, { headers: { "X-HSS-Role": "staff" } });
  const page = await (await visitors.open(phone)).newPage();
  await page.goto(`/booking/${id}`);
  const card = page.getByRole("region", { name: /^Pay/ });
  await expect(card).toBeVisible();
  const around = (await card.boundingBox())!;
  const ways = await Promise.all(["Card", "EFT", "Cash"].map((name) => card.getByRole("radio", { name }).boundingBox()));
  for (const way of ways) {
    expect(way!.y).toBe(ways[0]!.y);
    expect(way!.width).toBeGreaterThan(way!.height);
    expect(way!.x).toBeGreaterThan(around.x);
    expect(way!.x + way!.width).toBeLessThan(around.x + around.width);
  }
});

test("a customer cancels after being asked once more", async ({ server, visitors, request }) => {
  const id = await bookThroughApi(request, server.url, thandi);
  const page = await (await visitors.open(phone)).newPage();
  await page.goto(`/booking/${id}`);
  await page.getByRole("button", { name: "Cancel this booking" }).click();
  await page.getByRole("button", { name: "Keep it" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Cancel this booking" })).toBeFocused();
  await page.getByRole("button", { name: "Cancel this booking" }).click();
  await page.getByRole("button", { name: "Cancel booking", exact: true }).click();
  await expect(page.getByRole("status").filter({ has: page.locator(".chip") })).toContainText("Cancelled");
  await expect(page.getByRole("button", { name: "Cancel this booking" })).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Nothing is owed" })).toBeFocused();
  await expect(page.getByRole("region", { name: "Progress" }).getByRole("listitem")).toHaveCount(2);
});
