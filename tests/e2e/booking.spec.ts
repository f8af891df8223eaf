import { book, thandi } from "./booking_form";
import { expect, test } from "./fixtures";
import { bookThroughApi } from "./seeded_booking";

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
  await expect(steps).toContainText("All 5 steps done");

  await page.getByRole("link", { name: "Show receipt" }).click();
  await expect(page.getByRole("article")).toContainText(/PAY-\w+/);
  await expect(page.getByRole("article")).toContainText(/Total paid\s*R\s1\s460/);

  await page.getByRole("link", { name: "My booking" }).click();
  await expect(page.getByRole("link", { name: id })).toContainText("Paid");
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
