// A booking changes after it was made: its day and its telephone number, its return, and a trip that fails.
import { bookedReference, chooseItems, comingDate, fillDetails, next, pickDate, requestButton, spokenDate, thandi } from "./booking_form";
import { expect, test } from "./fixtures";
import { BookingsApi } from "./kiosk_bookings";
import { cutNetwork, mendNetwork, networkGone } from "./kiosk_page";

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
