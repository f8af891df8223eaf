import { book, thandi } from "./booking_form";
import { expect, test } from "./fixtures";

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

test("what staff write to a customer stands on the booking's page, without loading it again", async ({ visitors }) => {
  const customer = await (await visitors.open({ as: "customer", ...phone })).newPage();
  await customer.goto("/");
  const id = await book(customer, thandi);
  const messages = customer.getByRole("region", { name: "Messages from us" });
  await expect(customer.getByRole("heading", { level: 1 })).toHaveText(`Booking ${id}`);
  await expect(messages).toHaveCount(0);

  const staff = await (await visitors.open({ as: "staff" })).newPage();
  await staff.goto(`/staff/bookings/${id}`);
  const card = staff.getByRole("region", { name: "Write to the customer" });
  await card.getByRole("textbox", { name: "Message" }).fill("We come at nine.\nPlease have the fridge empty.");
  await card.getByRole("button", { name: "Send message" }).click();
  await expect(card.getByText(/^Sent\./)).toBeVisible();
  await expect(card.getByRole("textbox", { name: "Message" })).toHaveValue("");
  await expect(card.getByRole("listitem")).toContainText("We come at nine.");
  await expect(messages).toContainText("Please have the fridge empty.");

  await card.getByRole("textbox", { name: "Message" }).fill("At ten, sorry.");
  await card.getByRole("button", { name: "Send message" }).click();
  await expect(messages.getByRole("listitem")).toHaveCount(2);
  await expect(messages.getByRole("listitem").first()).toContainText("At ten, sorry.");
});

test("a message whose answer is lost is sent once, however often the button is pressed", async ({ visitors, server }) => {
  const customer = await (await visitors.open({ as: "customer" })).newPage();
  await customer.goto("/");
  const id = await book(customer, thandi);
  const context = await visitors.open({ as: "staff" });
  const staff = await context.newPage();
  visitors.expected.push(/Failed to load resource: net::ERR_/);
  await staff.goto(`/staff/bookings/${id}`);
  const card = staff.getByRole("region", { name: "Write to the customer" });
  await card.getByRole("textbox", { name: "Message" }).fill("We come at nine.");
  // The server hears it, the page does not hear back.
  await context.route(`${server.url}/api/v1/notifications`, async (route) => {
    await route.fetch();
    await route.abort();
  });
  await card.getByRole("button", { name: "Send message" }).click();
  await expect(card.getByRole("alert")).toContainText("We did not hear back");
  await context.unroute(`${server.url}/api/v1/notifications`);
  await card.getByRole("button", { name: "Send message" }).click();
  await expect(card.getByText(/^Sent\./)).toBeVisible();
  await expect(card.getByRole("listitem")).toHaveCount(1);
});

test("of many messages the newest are shown, and older ones when asked", async ({ visitors, server, request }) => {
  const customer = await (await visitors.open({ as: "customer", ...phone })).newPage();
  await customer.goto("/");
  const id = await book(customer, thandi);
  for (let number = 1; number <= 45; ++number) {
    await request.post(`${server.url}/api/v1/notifications`, { data: { booking_id: id, message: `Message ${number}` } });
  }
  const messages = customer.getByRole("region", { name: "Messages from us" });
  const older = messages.getByRole("button", { name: "Show older messages" });
  await expect(messages.getByRole("listitem").first()).toContainText("Message 45");
  await expect(messages.getByRole("listitem")).toHaveCount(20);
  await older.click();
  await expect(messages.getByRole("listitem")).toHaveCount(40);
  await older.click();
  await expect(messages.getByRole("listitem")).toHaveCount(45);
  await expect(messages.getByRole("listitem").last()).toContainText("Message 1");
  await expect(older).toHaveCount(0);
});

test("an empty message is not sent, and says so", async ({ visitors }) => {
  const customer = await (await visitors.open({ as: "customer" })).newPage();
  await customer.goto("/");
  const id = await book(customer, thandi);
  const staff = await (await visitors.open({ as: "staff" })).newPage();
  await staff.goto(`/staff/bookings/${id}`);
  const card = staff.getByRole("region", { name: "Write to the customer" });
  await card.getByRole("button", { name: "Send message" }).click();
  await expect(card.getByText("Write the message first.")).toBeVisible();
});
