import type { APIRequestContext } from "@playwright/test";
import { comingDate } from "./booking_form";
import { expect, test } from "./fixtures";

/** Books as somebody else's program would, and gives the references in that order. */
async function bookThrough(request: APIRequestContext, url: string, names: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) {
    const answer = await request.post(`${url}/api/v1/bookings`, {
      data: {
        customer_name: name,
        email: `${name.toLowerCase().replace(/\W+/g, ".")}@tuks.co.za`,
        pickup_date: comingDate(),
        pickup_window: "11:00 – 14:00",
        address: "12 Burnett Street, Hatfield",
        items: [{ type: "box" }],
        pricing: { duration: 1 },
      },
    });
    expect(answer.status()).toBe(201);
    const { booking_id } = (await answer.json()) as { booking_id: string };
    ids.push(booking_id);
  }
  return ids;
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `Student ${String(index + 1).padStart(2, "0")}`);
}

test("the table of bookings pages, searches and filters, and its address keeps what was asked", async ({ server, visitors, request }) => {
  const ids = await bookThrough(request, server.url, numbered(28));
  await request.patch(`${server.url}/api/v1/bookings/${ids[3]}/status`, { data: { status: "cancelled" } });
  const page = await (await visitors.open()).newPage();
  const rows = page.getByRole("table").locator("tbody tr");
  await page.goto("/admin/bookings");
  await expect(rows).toHaveCount(25);
  await expect(rows.first()).toContainText(ids[27] ?? "");
  await page.getByRole("button", { name: "Older" }).click();
  await expect(rows).toHaveCount(3);
  await expect(rows.last()).toContainText(ids[0] ?? "");
  await page.getByRole("button", { name: "Newer" }).click();
  await expect(rows).toHaveCount(25);

  await page.getByLabel("State", { exact: true }).selectOption("Cancelled");
  await expect(rows).toHaveCount(1);
  await page.reload();
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText(ids[3] ?? "");
  await page.getByLabel("State", { exact: true }).selectOption("All");
  await page.getByRole("searchbox").fill("student.17@");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("Student 17");
});

test("the audit trail filters by kind of event", async ({ server, visitors, request }) => {
  const [id] = await bookThrough(request, server.url, ["Priya Naidoo"]);
  await request.patch(`${server.url}/api/v1/bookings/${id}/status`, { data: { status: "cancelled" } });
  const page = await (await visitors.open()).newPage();
  await page.goto("/admin/audit");
  await expect(page.getByText(/booked storage for 1 item$/)).toBeVisible();
  await expect(page.getByText("The customer cancelled the booking")).toBeVisible();
  await page.getByLabel("Event", { exact: true }).selectOption("Status changes");
  await expect(page.getByText(/booked storage/)).toHaveCount(0);
  await expect(page.getByText("The customer cancelled the booking")).toBeVisible();
});
