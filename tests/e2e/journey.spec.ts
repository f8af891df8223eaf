import { book, thandi } from "./booking_form";
import { expect, test } from "./fixtures";

test("a booking from the first page to its return: the customer on a phone, staff at the kiosk, both at once", async ({ visitors }) => {
  const phone = await visitors.open({ as: "customer", viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  const kiosk = await visitors.open({ as: "staff", viewport: { width: 1280, height: 800 }, hasTouch: true });
  const staff = await kiosk.newPage();
  await staff.goto("/staff");
  await expect(staff.getByText(/^Live, updated/)).toBeVisible();

  const customer = await phone.newPage();
  await customer.goto("/");
  const id = await book(customer, thandi);
  const status = customer.getByRole("status").filter({ has: customer.locator(".chip") });
  await expect(status).toContainText("Submitted");

  // Nobody loads a page again from here on: each side sees what the other has done.
  const press = (label: string) => staff.getByRole("button", { name: `${label} ${id}`, exact: true }).click();
  await press("Approve");
  await expect(status).toContainText("Approved");
  await customer.getByRole("radio", { name: "EFT" }).check({ force: true });
  await customer.getByRole("button", { name: "Record payment" }).click();
  await expect(status).toContainText("Paid");
  await press("Mark collected");
  await expect(status).toContainText("Collected");
  await press("Put in storage");
  await expect(status).toContainText("In storage");
  await press("Mark returned");
  await staff.getByRole("button", { name: "Yes, all handed back" }).click();
  await expect(status).toContainText("Returned");
  await expect(staff.locator(`[data-booking="${id}"]`)).toHaveCount(0);

  const owner = await (await visitors.open({ as: "admin" })).newPage();
  await owner.goto(`/admin/audit?booking_id=${id}`);
  for (const line of [
    /booked storage for 2 items/,
    /approved the booking/,
    /recorded, by EFT/,
    /collected the items/,
    /put the items in storage/,
    /returned the items/,
  ]) {
    await expect(owner.getByText(line).first()).toBeVisible();
  }
});
