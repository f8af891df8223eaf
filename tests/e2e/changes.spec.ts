// A booking changes after it was made: its day and its telephone number, its return, and a trip that fails.
import { expectNoViolation } from "./axe";
import { bookedReference, chooseItems, comingDate, fillDetails, next, pickDate, requestButton, spokenDate, thandi } from "./booking_form";
import { expect, test } from "./fixtures";
import { BookingsApi } from "./kiosk_bookings";
import { cutNetwork, mendNetwork, networkGone } from "./kiosk_page";
import { seedBooking } from "./seeded_booking";

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const [firstDay, otherDay] = [comingDate(14), comingDate(16)];
/** As the page writes it: "Tue, 01 Dec 2026". */
const shortDay = (date: string) =>
  new Intl.DateTimeFormat("en-ZA", { timeZone: "UTC", weekday: "short", day: "numeric", month: "short", year: "numeric" }).format(
    new Date(`${date}T00:00:00Z`),
  );

test("a customer tells a telephone number, moves the day and corrects the number; staff call and see what changed", async ({
  visitors,
}) => {
  const customer = await (await visitors.open(phone)).newPage();
  await customer.goto("/");
  await chooseItems(customer);
  await next(customer);
  await pickDate(customer, firstDay);
  await customer.getByRole("radio", { name: "08:00 – 11:00" }).check({ force: true });
  await fillDetails(customer, thandi);
  await customer.getByLabel("Telephone", { exact: true }).fill("call me");
  await customer.getByLabel(/^How to get in/).fill("Gate 7");
  await next(customer);
  await expect(customer.getByText("This does not look like a telephone number")).toBeVisible();
  await customer.getByLabel("Telephone", { exact: true }).fill("082 555 0123");
  await next(customer);
  await requestButton(customer).click();
  const id = await bookedReference(customer);

  await customer.getByRole("button", { name: "Change day, time or address" }).click();
  const dialog = customer.getByRole("dialog", { name: "Change the pickup" });
  await pickDate(customer, otherDay);
  await dialog.getByRole("radio", { name: "11:00 – 14:00" }).check({ force: true });
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await expect(customer.getByRole("region", { name: "Pickup" })).toContainText(shortDay(otherDay));
  await expect(customer.getByRole("region", { name: "Progress" })).toContainText(
    `Pickup day from ${shortDay(firstDay)} to ${shortDay(otherDay)}`,
  );
  await customer.getByRole("button", { name: "Change telephone and notes" }).click();
  await customer.getByRole("dialog").getByLabel("Telephone", { exact: true }).fill("082 555 0199");
  await customer.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(customer.getByRole("region", { name: "Pickup" })).toContainText("082 555 0199");

  const staff = await (await visitors.open({ as: "staff" })).newPage();
  await staff.goto(`/staff/bookings/${id}`);
  const contact = staff.getByRole("region", { name: "Pickup" });
  await expect(contact.getByRole("link", { name: "082 555 0199" }).first()).toHaveAttribute("href", "tel:+27825550199");
  await expect(contact.getByRole("link", { name: "082 555 0199" }).last()).toHaveAttribute("href", "https://wa.me/27825550199");
  await expect(contact).toContainText("Gate 7");
  await expect(staff.getByRole("region", { name: "History" })).toContainText("Changed: telephone number");
});

test("a longer booking is confirmed with its price, and what somebody else changed meanwhile is not overwritten", async ({
  visitors,
  request,
  server,
}) => {
  const id = await new BookingsApi(request, server.url).book("Aisha Patel");
  visitors.expected.push(/412/);
  const customer = await (await visitors.open()).newPage();
  await customer.goto(`/booking/${id}`);
  await customer.getByRole("button", { name: "Store for longer or shorter" }).click();
  const dialog = customer.getByRole("dialog", { name: "For how long?" });
  await dialog.getByRole("button", { name: "Months: one more" }).click();
  const changed = await request.patch(`${server.url}/api/v1/bookings/${id}`, { data: { phone: "082 555 0123" } });
  expect(changed.status()).toBe(200);
  await dialog.getByRole("button", { name: /^Store for R/ }).click();
  await expect(dialog).toContainText("The booking has changed meanwhile.");
  await dialog.getByRole("button", { name: "Leave it" }).click();
  await customer.reload();
  await customer.getByRole("button", { name: "Store for longer or shorter" }).click();
  await dialog.getByRole("button", { name: "Months: one more" }).click();
  await dialog.getByRole("button", { name: /^Store for R/ }).click();
  await expect(dialog).toBeHidden();
  await expect(customer.getByRole("region", { name: "Price" })).toContainText("2 months");
});

test("a customer asks for the things back, and staff see when", async ({ visitors, request, server }) => {
  const bookings = new BookingsApi(request, server.url);
  const id = await bookings.book("Sipho Dlamini");
  await bookings.take(id, "approve", "pay", "collected", "in_storage");
  const customer = await (await visitors.open(phone)).newPage();
  await customer.goto(`/booking/${id}`);
  await customer.getByRole("button", { name: "Ask for your things back" }).click();
  const dialog = customer.getByRole("dialog", { name: "Ask for your things back" });
  await pickDate(customer, otherDay);
  await dialog.getByRole("radio", { name: "08:00 – 11:00" }).check({ force: true });
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(customer.getByRole("region", { name: "Your things come back" })).toContainText(shortDay(otherDay));
  const staff = await (await visitors.open({ as: "staff" })).newPage();
  await staff.goto("/staff");
  await expect(staff.locator(`[data-booking="${id}"]`)).toContainText(`Return ${shortDay(otherDay)}`);
});

test("a failed trip told without a network is sent once, the customer picks another day, and today it can be taken back", async ({
  visitors,
  request,
  server,
}) => {
  const bookings = new BookingsApi(request, server.url);
  const id = await bookings.book("Lerato Nkosi");
  await bookings.take(id, "approve", "pay");
  visitors.expected.push(networkGone);
  const kiosk = await visitors.open({ as: "staff" });
  const staff = await kiosk.newPage();
  await staff.goto(`/staff/bookings/${id}`);
  await expect(staff.getByRole("button", { name: `Failed trip ${id}` })).toBeVisible();
  await cutNetwork(kiosk);
  await staff.getByRole("button", { name: `Failed trip ${id}` }).click();
  await staff.getByLabel("Why?").fill("Nobody opened the gate");
  await staff.getByRole("dialog").getByRole("button", { name: "Failed trip", exact: true }).click();
  await expect(staff.getByText(/Waiting to be sent: Failed trip/)).toBeVisible();
  await staff.reload();
  await mendNetwork(kiosk);
  await expect(staff.getByText("The last trip failed. The customer is asked for another day.")).toBeVisible();
  const booking = (await (await request.get(`${server.url}/api/v1/bookings/${id}`)).json()) as { failed_trips: number };
  expect(booking.failed_trips).toBe(1);

  const customer = await (await visitors.open(phone)).newPage();
  await customer.goto(`/booking/${id}`);
  await expect(customer.getByRole("heading", { name: "Your pickup needs a new day" })).toBeVisible();
  await expect(customer.getByRole("region", { name: "Progress" })).toContainText("Reason: Nobody opened the gate");

  await staff.getByRole("button", { name: `No failed trip after all ${id}` }).click();
  await expect(staff.getByText("Paid. Next, collect the items.")).toBeVisible();
  await expect(customer.getByRole("heading", { name: "We are coming to collect" })).toBeVisible();

  await staff.getByRole("button", { name: `Failed trip ${id}` }).click();
  await staff.getByLabel("Why?").fill("No lift");
  await staff.getByRole("dialog").getByRole("button", { name: "Failed trip", exact: true }).click();
  await customer.getByRole("button", { name: "Choose another day" }).click();
  await expect(customer.getByRole("button", { name: spokenDate(otherDay) })).toBeVisible();
  await pickDate(customer, otherDay);
  await customer.getByRole("dialog").getByRole("radio", { name: "08:00 – 11:00" }).check({ force: true });
  await customer.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(customer.getByRole("heading", { name: "We are coming to collect" })).toBeVisible();
});

test("a customer adds a box and removes another for a price that is confirmed; staff see both, and after the payment nobody can", async ({
  visitors,
  request,
  server,
}) => {
  const id = await seedBooking(request, server.url, {
    name: "Ben Venter",
    pickup_date: firstDay,
    items: [{ type: "box", name: "Books" }, { type: "fridge" }],
  });
  const customer = await (await visitors.open(phone)).newPage();
  await customer.goto(`/booking/${id}`);
  const open = customer.getByRole("button", { name: "Add or remove items" });
  await open.click();
  const dialog = customer.getByRole("dialog", { name: "What do we store?" });
  await expect(dialog.getByLabel("Description of Box 1")).toHaveValue("Books");
  await dialog.getByRole("button", { name: "Remove Fridge 2" }).click();
  await dialog.getByRole("button", { name: "New: Box: one more" }).click();
  await dialog.getByRole("button", { name: "New: Suitcase: one more" }).click();
  await dialog.getByLabel("Description of new Suitcase 1").fill("Blue");
  // R 350 for handling, and a month of two boxes and a suitcase instead of a box and a fridge.
  await expect(dialog).toContainText(/Until now\s*R\s710/);
  await expect(dialog).toContainText(/From now on, for 1 month\s*R\s550/);
  const width = await customer.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(width).toBeLessThanOrEqual(0);
  await expectNoViolation(customer, "other items on a phone");
  await dialog.getByRole("button", { name: /^Confirm R\s550$/ }).click();
  await expect(dialog).toBeHidden();
  await expect(customer.getByRole("region", { name: "3 items" })).toContainText("Blue");
  await expect(customer.getByRole("region", { name: "3 items" })).not.toContainText("Fridge");
  await expect(customer.getByRole("region", { name: "Price" })).toContainText(/R\s550/);
  await expect(customer.getByRole("region", { name: "Progress" })).toContainText("items from 1 × Box, 1 × Fridge to 2 × Box, 1 × Suitcase");

  const staff = await (await visitors.open({ as: "staff" })).newPage();
  await staff.goto(`/staff/bookings/${id}`);
  await expect(staff.getByRole("region", { name: "History" })).toContainText("1 × Fridge to 2 × Box, 1 × Suitcase");
  await staff.getByRole("button", { name: "Add or remove items" }).click();
  const ofStaff = staff.getByRole("dialog", { name: "What do we store?" });
  await ofStaff.getByRole("button", { name: "Remove Box 1" }).click();
  await ofStaff.getByRole("button", { name: "Keep Box 1" }).click();
  await ofStaff.getByRole("button", { name: "New: Bed: one more" }).click();
  await ofStaff.getByRole("button", { name: /^Confirm R\s800$/ }).click();
  await expect(ofStaff).toBeHidden();
  await expect(staff.getByRole("region", { name: "4 items" })).toContainText("Bed");

  await new BookingsApi(request, server.url).take(id, "approve", "pay");
  await expect(staff.getByText("Paid. Next, collect the items.")).toBeVisible();
  await expect(staff.getByRole("button", { name: "Add or remove items" })).toHaveCount(0);
  await customer.reload();
  await expect(customer.getByRole("button", { name: "Change telephone and notes" })).toBeVisible();
  await expect(open).toHaveCount(0);
});

test("the owner's price of today is asked again where it rose while somebody chose", async ({ visitors, request, server }) => {
  const id = await seedBooking(request, server.url, { name: "Priya Naidoo", pickup_date: firstDay });
  visitors.expected.push(/409/);
  const customer = await (await visitors.open(phone)).newPage();
  await customer.goto(`/booking/${id}`);
  await customer.getByRole("button", { name: "Add or remove items" }).click();
  const dialog = customer.getByRole("dialog", { name: "What do we store?" });
  await dialog.getByRole("button", { name: "New: Box: one more" }).click();
  await expect(dialog.getByRole("button", { name: /^Confirm R\s470$/ })).toBeVisible();
  const asOwner = { "X-HSS-Role": "admin" };
  const catalog = (await (await request.get(`${server.url}/api/v1/admin/catalog`, { headers: asOwner })).json()) as {
    items: { type: string; monthly_price: number }[];
  };
  const items = catalog.items.map((item) => (item.type === "box" ? { ...item, monthly_price: 75 } : item));
  const saved = await request.put(`${server.url}/api/v1/admin/catalog`, { headers: asOwner, data: { ...catalog, items } });
  expect(saved.status(), await saved.text()).toBe(200);
  await dialog.getByRole("button", { name: /^Confirm R\s470$/ }).click();
  await expect(dialog).toContainText("The price is not the one you were shown");
  await dialog.getByRole("button", { name: /^Confirm R\s485$/ }).click();
  await expect(dialog).toBeHidden();
  await expect(customer.getByRole("region", { name: "Price" })).toContainText(/R\s485/);
});

test("of two failed trips the last is taken back alone, and then the first", async ({ visitors, request, server }) => {
  const bookings = new BookingsApi(request, server.url);
  const id = await bookings.book("Zanele Zulu");
  await bookings.take(id, "approve", "pay");
  for (const client_id of ["van one", "van two"]) {
    const noted = await request.post(`${server.url}/api/v1/bookings/${id}/failed-trip`, {
      headers: { "X-HSS-Role": "staff" },
      data: { client_id, reason: `Nobody there, says ${client_id}` },
    });
    expect(noted.status()).toBe(200);
  }
  const staff = await (await visitors.open({ as: "staff" })).newPage();
  await staff.goto(`/staff/bookings/${id}`);
  const undo = staff.getByRole("button", { name: `No failed trip after all ${id}` });
  const trips = async () =>
    ((await (await request.get(`${server.url}/api/v1/bookings/${id}`)).json()) as { failed_trips: number }).failed_trips;
  await undo.click();
  await expect.poll(trips).toBe(1);
  await expect(staff.getByText("The last trip failed. The customer is asked for another day.")).toBeVisible();
  await undo.click();
  await expect.poll(trips).toBe(0);
  await expect(staff.getByText("Paid. Next, collect the items.")).toBeVisible();
});
