// The owner says what can be stored and what that costs, and customers choose from it.
import type { Page } from "@playwright/test";
import { bookedReference, fillSchedule, next, requestButton, thandi } from "./booking_form";
import { expect, test } from "./fixtures";

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

const item = (page: Page, name: string) => page.getByRole("group", { name, exact: true });

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save items and prices" }).click();
  await expect(page.getByText("Items and prices are saved")).toBeVisible();
}

/** Of one of each. */
async function book(page: Page, labels: readonly string[]): Promise<string> {
  await page.goto("/");
  for (const label of labels) await page.getByRole("button", { name: `${label}: one more` }).click();
  await next(page);
  await fillSchedule(page, thandi);
  await next(page);
  await requestButton(page).click();
  return bookedReference(page);
}

test("the owner adds an item, moves it up, takes one away and changes prices, and customers book by that", async ({ visitors }) => {
  const customer = await (await visitors.open(phone)).newPage();
  const before = await book(customer, ["Fridge", "Box"]);

  const owner = await (await visitors.open({ as: "admin" })).newPage();
  await owner.goto("/admin/catalog");
  await item(owner, "Fridge").getByLabel("Offered").uncheck();
  await owner.getByRole("button", { name: "Add an item" }).click();
  await item(owner, "Item 5").getByLabel("Name").fill("Surf board");
  const board = item(owner, "Surf board");
  await board.getByLabel("Rand a month").fill("99,50");
  await board.getByText("Picture").click();
  await board.getByLabel("Bicycle").check({ force: true });
  await owner.getByRole("button", { name: "Move Surf board up" }).click();
  await expect(owner.getByRole("button", { name: "Move Surf board up" })).toBeFocused();
  await item(owner, "Box").getByLabel("Rand a month").fill("70");
  await owner.getByLabel("Rand, once a booking").fill("400");
  await owner.getByRole("button", { name: "Add a charge" }).click();
  await item(owner, "Charge 1").getByLabel("Name").fill("Stairs");
  await item(owner, "Stairs").getByLabel("Rand").fill("50");
  await save(owner);
  await owner.reload();
  await expect(item(owner, "Stairs").getByLabel("Rand")).toHaveValue("50");
  await expect(item(owner, "Fridge").getByLabel("Offered")).not.toBeChecked();
  const names = await owner.getByRole("region", { name: "What can be stored" }).locator("legend").allTextContents();
  expect(names).toEqual(["Bed", "Box", "Fridge", "Surf board", "Suitcase", "Other item"]);

  await customer.goto("/");
  await expect(customer.getByText("R 99,50 a month").or(customer.getByText("R 99.50 a month"))).toBeVisible();
  await expect(customer.getByRole("button", { name: "Fridge: one more" })).toHaveCount(0);
  await expect(customer.getByText("Stairs")).toHaveCount(0);
  const after = await book(customer, ["Surf board", "Box"]);
  await expect(customer.getByText("Surf board", { exact: true }).first()).toBeVisible();
  const total = async (id: string) => ((await (await customer.request.get(`/api/v1/bookings/${id}`)).json()) as { total: number }).total;
  expect(await total(after)).toBe(169.5 * 3 + 400);
  expect(await total(before)).toBe(360 * 3 + 350);
  await customer.goto(`/booking/${before}`);
  await expect(customer.getByText("Fridge", { exact: true }).first()).toBeVisible();

  await owner.goto("/admin/audit?event_type=catalog_changed");
  await expect(owner.getByText(/changed the catalogue: items from .*the handling fee in rand from “350” to “400”/)).toBeVisible();
});

test("a customer whose item is taken away meanwhile is told so, and books the rest", async ({ visitors, request, server }) => {
  const customer = await (await visitors.open(phone)).newPage();
  await customer.goto("/");
  for (const label of ["Fridge", "Box"]) await customer.getByRole("button", { name: `${label}: one more` }).click();
  await next(customer);
  await fillSchedule(customer, thandi);
  await next(customer);
  const headers = { "X-HSS-Role": "admin" };
  const catalog = (await (await request.get(`${server.url}/api/v1/admin/catalog`, { headers })).json()) as {
    items: { type: string; offered: boolean }[];
  };
  for (const each of catalog.items) if (each.type === "fridge") each.offered = false;
  expect((await request.put(`${server.url}/api/v1/admin/catalog`, { headers, data: catalog })).status()).toBe(200);
  await requestButton(customer).click();
  await expect(customer.getByText("One of these can no longer be stored with us. Choose again.")).toBeVisible();
  await expect(customer.getByRole("button", { name: "Fridge: one more" })).toHaveCount(0);
  await customer.getByRole("button", { name: "Box: one more" }).click();
  await next(customer);
  await next(customer);
  await requestButton(customer).click();
  const id = await bookedReference(customer);
  const { item_count } = (await (await request.get(`${server.url}/api/v1/bookings/${id}`)).json()) as { item_count: number };
  expect(item_count).toBe(2);
});

test("prices with something missing are not sent, and those that another owner changed meanwhile are not overwritten", async ({
  visitors,
}) => {
  const first = await (await visitors.open({ as: "admin" })).newPage();
  const second = await (await visitors.open({ as: "admin" })).newPage();
  for (const page of [first, second]) {
    await page.goto("/admin/catalog");
    await expect(item(page, "Bed")).toBeVisible();
  }
  await first.getByRole("button", { name: "Add an item" }).click();
  await first.getByRole("button", { name: "Save items and prices" }).click();
  await expect(first.getByRole("alert")).toContainText("Give every item its name.");
  await first.getByRole("button", { name: "Remove Item 5" }).click();
  await item(first, "Bed").getByLabel("Rand a month").fill("260");
  await save(first);

  await item(second, "Bed").getByLabel("Rand a month").fill("270");
  await second.getByRole("button", { name: "Save items and prices" }).click();
  await expect(second.getByRole("alert")).toContainText("It has changed meanwhile");
  await second.getByRole("button", { name: "Load it again, without what I changed" }).click();
  await expect(item(second, "Bed").getByLabel("Rand a month")).toHaveValue("260");
});
