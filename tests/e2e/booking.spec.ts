import { book, thandi } from "./booking_form";
import { expect, test } from "./fixtures";

test("a customer books on a phone, staff approve, the customer pays and the overview shows it", async ({ visitors }) => {
  const phone = await visitors.open({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  const customer = await phone.newPage();
  await customer.goto("/");
  const id = await book(customer, thandi);
  const status = customer.getByRole("status").filter({ has: customer.locator(".chip") });
  await expect(customer.getByRole("heading", { level: 1 })).toHaveText(`Booking ${id}`);
  await expect(status).toContainText("Submitted");
  await expect(customer.getByText("Study lamp")).toBeVisible();
  await expect(customer.getByRole("navigation", { name: "Steps of your booking" })).toContainText("Step 4 of 5: Staff review");

  const kiosk = await visitors.open({ viewport: { width: 1280, height: 800 } });
  const staff = await kiosk.newPage();
  await staff.goto("/staff");
  await expect(staff.getByRole("listitem").filter({ hasText: id })).toContainText(thandi.name);
  await staff.getByRole("button", { name: `Approve ${id}`, exact: true }).click();
  await expect(staff.getByRole("listitem").filter({ hasText: id })).toContainText("Waiting for the customer to pay");

  await expect(status).toContainText("Approved");
  await expect(customer.getByRole("navigation", { name: "Steps of your booking" })).toContainText("Step 5 of 5: Payment");
  await expect(customer.getByRole("heading", { name: /^Pay R\s1\s460$/ })).toBeVisible();
  await customer.getByRole("radio", { name: "EFT" }).check({ force: true });
  await customer.getByRole("button", { name: "Record payment" }).click();
  await expect(status).toContainText("Paid");
  await expect(customer.getByText(/PAY-/)).toBeVisible();

  const office = await visitors.open();
  const admin = await office.newPage();
  await admin.goto("/admin");
  const revenue = admin.locator("dl > div").filter({ hasText: "Paid revenue" });
  await expect(revenue).toContainText(/R\s1\s460/);
  await expect(admin.getByRole("listitem").filter({ hasText: /^Paid/ })).toContainText("1");
  await admin.goto(`/admin/audit?booking_id=${id}`);
  await expect(admin.getByText("Staff approved the booking")).toBeVisible();
  await expect(admin.getByText(/^Payment PAY-.* recorded, by EFT$/)).toBeVisible();
  await expect(admin.getByText(`${thandi.email} booked storage for 2 items`)).toBeVisible();
});

test("staff take a paid booking through to its return", async ({ server, visitors, request }) => {
  const context = await visitors.open();
  const page = await context.newPage();
  await page.goto("/");
  const id = await book(page, thandi);
  const api = `${server.url}/api/v1`;
  await request.post(`${api}/staff/bookings/${id}/approve`, { headers: { "X-HSS-Role": "staff" } });
  await request.post(`${api}/bookings/${id}/payment`, { data: { method: "cash" } });

  await page.goto("/staff");
  for (const deed of ["Mark collected", "Put in storage", "Mark returned"]) {
    await page.getByRole("button", { name: `${deed} ${id}` }).click();
  }
  await expect(page.getByText("The queue is empty")).toBeVisible();
  await page.goto(`/booking/${id}`);
  await expect(page.getByRole("status").filter({ has: page.locator(".chip") })).toContainText("Returned");
});

test("staff withdraw an approval and decline with a reason, which the audit trail keeps", async ({ visitors }) => {
  const context = await visitors.open();
  const page = await context.newPage();
  await page.goto("/");
  const id = await book(page, thandi);
  await page.goto("/staff");
  await page.getByRole("button", { name: `Approve ${id}`, exact: true }).click();
  await page.getByRole("button", { name: `Undo approval ${id}` }).click();
  await expect(page.getByRole("button", { name: `Approve ${id}`, exact: true })).toBeVisible();

  await page.getByRole("button", { name: `Decline ${id}` }).click();
  await page.getByRole("button", { name: "Decline booking" }).click();
  await expect(page.getByText("Give a reason first.")).toBeVisible();
  await page.getByLabel("Reason").fill("Outside our area");
  await page.getByRole("button", { name: "Decline booking" }).click();
  await expect(page.getByText("The queue is empty")).toBeVisible();

  await page.goto(`/admin/audit?booking_id=${id}`);
  await expect(page.getByText("Staff declined the booking: “Outside our area”")).toBeVisible();
});

test("a customer cancels after being asked once more", async ({ visitors }) => {
  const context = await visitors.open();
  const page = await context.newPage();
  await page.goto("/");
  await book(page, thandi);
  await page.getByRole("button", { name: "Cancel this booking" }).click();
  await page.getByRole("button", { name: "Keep it" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("button", { name: "Cancel this booking" }).click();
  await page.getByRole("button", { name: "Cancel booking", exact: true }).click();
  await expect(page.getByRole("status").filter({ has: page.locator(".chip") })).toContainText("Cancelled");
  await expect(page.getByRole("button", { name: "Cancel this booking" })).toHaveCount(0);
});
