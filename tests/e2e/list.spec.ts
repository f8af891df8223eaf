import type { APIRequestContext, Page } from "@playwright/test";
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

function queueOf(page: Page) {
  return page.getByRole("list", { name: "Queue, oldest first" }).getByRole("listitem");
}

test("the queue shows the oldest first and loads more", async ({ server, visitors, request }) => {
  const ids = await bookThrough(request, server.url, numbered(53));
  const page = await (await visitors.open()).newPage();
  await page.goto("/staff");
  await expect(queueOf(page)).toHaveCount(50);
  await expect(queueOf(page).first()).toContainText(ids[0] ?? "");
  await page.getByRole("button", { name: "Load more" }).click();
  await expect(queueOf(page)).toHaveCount(53);
  await expect(queueOf(page).last()).toContainText(ids[52] ?? "");
  await expect(page.getByRole("button", { name: "Load more" })).toHaveCount(0);
});

test("the queue filters by state and finds a booking that has left it", async ({ server, visitors, request }) => {
  const [first, second] = await bookThrough(request, server.url, ["Aisha Patel", "Sipho Dlamini"]);
  await request.patch(`${server.url}/api/v1/bookings/${second}/status`, { data: { status: "cancelled" } });
  await request.post(`${server.url}/api/v1/staff/bookings/${first}/approve`, { headers: { "X-HSS-Role": "staff" } });
  const page = await (await visitors.open()).newPage();
  await page.goto("/staff");
  await expect(queueOf(page)).toHaveCount(1);
  await page.getByRole("button", { name: "Approved 1" }).click();
  await expect(queueOf(page)).toHaveCount(1);
  await page.getByRole("button", { name: "Submitted 0" }).click();
  await expect(page.getByText("None in this state")).toBeVisible();
  await page.getByRole("searchbox").fill("sipho");
  await expect(page.getByRole("list", { name: "Bookings found" }).getByRole("listitem")).toContainText(second ?? "");
});

test("a booking that somebody else makes appears in the queue by itself", async ({ server, visitors, request }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/staff");
  await expect(page.getByText("The queue is empty")).toBeVisible();
  const [id] = await bookThrough(request, server.url, ["Lerato Nkosi"]);
  await expect(queueOf(page)).toContainText(id ?? "");
});

test("an action that another desk has already taken is told, and the queue is true again", async ({ server, visitors, request }) => {
  const [id] = await bookThrough(request, server.url, ["Johan Botha"]);
  const page = await (await visitors.open()).newPage();
  await page.goto("/staff");
  await expect(queueOf(page)).toHaveCount(1);
  await page.route("**/approve", async (route) => {
    await request.patch(`${server.url}/api/v1/bookings/${id}/status`, { data: { status: "cancelled" } });
    await route.continue();
  });
  await page.getByRole("button", { name: `Approve ${id}`, exact: true }).click();
  await expect(page.getByText("The queue is empty")).toBeVisible();
  await expect(page.getByRole("alert")).toContainText(id ?? "");
});

test("a lost connection is told while the last answer stays, and comes back by itself", async ({ server, visitors, request }) => {
  visitors.expected.push(/net::ERR_INTERNET_DISCONNECTED/);
  const [id] = await bookThrough(request, server.url, ["Naledi Khumalo"]);
  const context = await visitors.open();
  const page = await context.newPage();
  await page.goto("/staff");
  await expect(queueOf(page)).toContainText(id ?? "");
  await context.setOffline(true);
  await expect(page.getByText(/No connection to the server/)).toBeVisible();
  await expect(queueOf(page)).toContainText(id ?? "");
  await context.setOffline(false);
  await expect(page.getByText(/^Live, updated/)).toBeVisible();
});
