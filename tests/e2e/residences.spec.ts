// The owner keeps a list of residences, students choose theirs, and staff see how to get in.
import type { Page } from "@playwright/test";
import { expectNoViolation } from "./axe";
import { bookedReference, chooseItems, comingDate, fillSchedule, next, pickDate, requestButton, thandi } from "./booking_form";
import { expect, test } from "./fixtures";
import { BookingsApi } from "./kiosk_bookings";

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

const residence = (page: Page) => page.getByLabel("Residence", { exact: true });
const room = (page: Page) => page.getByLabel("Room", { exact: true });

async function pasteList(owner: Page): Promise<void> {
  await owner.goto("/admin/residences");
  await expect(owner.getByText("No residences yet")).toBeVisible();
  await owner.getByRole("button", { name: "Paste a list" }).click();
  const dialog = owner.getByRole("dialog", { name: "Paste a list" });
  await dialog.getByRole("textbox", { name: "Residences" }).fill("Name\tSuburb\tLast day\nTuksdorp\tHatfield 0083\tsoon\nMopanie");
  await dialog.getByRole("button", { name: "Take in 2 residences" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Tuksdorp: the last day must be a calendar date");
  await dialog.getByRole("textbox", { name: "Residences" }).fill("Tuksdorp\tHatfield 0083\t4/12/2030\nMopanie");
  await dialog.getByRole("button", { name: "Take in 2 residences" }).click();
  await expect(dialog).toBeHidden();
}

async function describeTuksdorp(owner: Page): Promise<void> {
  await owner.getByRole("button", { name: "Change Tuksdorp" }).click();
  const dialog = owner.getByRole("dialog", { name: "Tuksdorp" });
  await dialog.getByLabel("Gate").fill("Roper Street");
  await dialog.getByLabel("Stairs or lift").fill("three floors");
  await dialog.getByLabel("Caretaker's telephone").fill("call him");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("This does not look like a telephone number")).toBeVisible();
  await dialog.getByLabel("Caretaker's telephone").fill("082 555 0134");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await expect(owner.getByRole("row", { name: /Tuksdorp/ })).toContainText("Roper Street · three floors");
}

test("the owner pastes residences, a student books a room and changes it, and staff see how to get in", async ({
  visitors,
  server,
  request,
}) => {
  visitors.expected.push(/400/);
  const customer = await (await visitors.open(phone)).newPage();
  await customer.goto("/");
  await chooseItems(customer);
  await next(customer);
  await expect(customer.getByLabel("Pickup address")).toBeVisible();
  await expect(residence(customer)).toHaveCount(0);

  const owner = await (await visitors.open({ as: "admin" })).newPage();
  await pasteList(owner);
  await describeTuksdorp(owner);
  await owner.goto("/admin/audit?event_type=residences_changed");
  await expect(owner.getByText(/residences “Mopanie; Tuksdorp, Hatfield 0083, closes on 2030-12-04” added/)).toBeVisible();
  await expect(owner.getByText(/Tuksdorp: gate, stairs or lift, caretaker’s telephone changed/)).toBeVisible();
  await expect(owner.getByText("082 555 0134")).toHaveCount(0);

  await customer.reload();
  await fillSchedule(customer, thandi);
  await residence(customer).selectOption("Tuksdorp, Hatfield 0083");
  await expect(customer.getByLabel("Pickup address")).toHaveCount(0);
  await expect(customer.getByText(/^Everybody has to be out by /)).toBeVisible();
  await room(customer).fill("214");
  await expectNoViolation(customer, "a residence");
  // The draft has both, also after the page was closed.
  await customer.reload();
  await expect(room(customer)).toHaveValue("214");
  await expect(residence(customer).locator("option:checked")).toHaveText("Tuksdorp, Hatfield 0083");
  await next(customer);
  await expect(customer.getByText("Tuksdorp, room 214", { exact: true })).toBeVisible();
  await requestButton(customer).click();
  const id = await bookedReference(customer);
  const pickup = customer.getByRole("region", { name: "Pickup", exact: true });
  await expect(pickup).toContainText("Tuksdorp, room 214, Hatfield 0083");
  await expect(customer.getByText("Roper Street")).toHaveCount(0);

  const dialog = customer.getByRole("dialog", { name: "Change the pickup" });
  const change = async () => {
    await customer.getByRole("button", { name: "Change day, time or address" }).click();
    await expect(dialog).toBeVisible();
  };
  await change();
  await residence(customer).selectOption("Somewhere else");
  await dialog.getByLabel("Pickup address").fill("14 Hilda Street");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(pickup).toContainText("14 Hilda Street");
  await change();
  await residence(customer).selectOption("Tuksdorp, Hatfield 0083");
  await room(customer).fill("9");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(pickup).toContainText("Tuksdorp, room 9, Hatfield 0083");
  await expect(customer.getByRole("region", { name: "Progress" })).toContainText("Pickup address, residence, room");

  const staff = await (await visitors.open({ as: "staff" })).newPage();
  await staff.goto(`/staff/day?date=${comingDate()}`);
  const house = staff.locator(".residence-note").filter({ hasText: "Tuksdorp, 1 stop" });
  await expect(house).toContainText("Gate: Roper Street. Stairs or lift: three floors");
  await expect(house.getByRole("link", { name: "082 555 0134" })).toHaveAttribute("href", /^tel:/);
  await expect(staff.getByRole("list", { name: /Tuksdorp, 1 stop/ }).getByRole("listitem")).toContainText("Tuksdorp, room 9");

  await new BookingsApi(request, server.url).take(id, "approve", "pay", "collected", "in_storage");
  await customer.reload();
  await customer.getByRole("button", { name: "Ask for your things back" }).click();
  const back = customer.getByRole("dialog", { name: "Ask for your things back" });
  await expect(room(customer)).toHaveValue("9");
  await residence(customer).selectOption("Mopanie");
  await room(customer).fill("7");
  await back.getByLabel("I come to the store").check({ force: true });
  await expect(residence(customer)).toHaveCount(0);
  await back.getByLabel("Bring it to me").check({ force: true });
  await pickDate(customer, comingDate(40));
  await back.getByRole("radio", { name: "08:00 – 11:00" }).check({ force: true });
  await back.getByRole("button", { name: "Save" }).click();
  await expect(pickup).toContainText("Mopanie, room 7");
});

test("a student whose residence is taken off the list meanwhile is told so, and keeps what was typed", async ({ visitors }) => {
  visitors.expected.push(/400/);
  const owner = await (await visitors.open({ as: "admin" })).newPage();
  await pasteList(owner);
  const customer = await (await visitors.open(phone)).newPage();
  await customer.goto("/");
  await chooseItems(customer);
  await next(customer);
  await fillSchedule(customer, thandi);
  await residence(customer).selectOption("Mopanie");
  await room(customer).fill("12");
  await next(customer);
  await owner.getByRole("button", { name: "Change Mopanie" }).click();
  await owner.getByRole("button", { name: "Remove" }).click();
  await expect(owner.getByRole("row", { name: /Mopanie/ })).toHaveCount(0);
  await requestButton(customer).click();
  await expect(customer.getByText("This residence is no longer in our list. Choose again.")).toBeVisible();
  await residence(customer).selectOption("Somewhere else");
  await expect(customer.getByLabel("Pickup address")).toHaveValue("12 Burnett Street, Hatfield");
  await next(customer);
  await requestButton(customer).click();
  await bookedReference(customer);
  await expect(customer.getByRole("region", { name: "Pickup", exact: true })).toContainText("12 Burnett Street, Hatfield");
});
