import { expectNoViolation } from "./axe";
import { expect, test } from "./fixtures";
import { BookingsApi } from "./kiosk_bookings";
import { card, cutNetwork, mendNetwork, networkGone } from "./kiosk_page";

test("axe finds no violation in what a kiosk shows of its work", async ({ request, server, visitors }) => {
  const bookings = new BookingsApi(request, server.url);
  visitors.expected.push(networkGone);
  const kiosk = await visitors.open({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
  const page = await kiosk.newPage();
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  await page.goto("/staff");
  await expect(page.getByText("Nothing here").first()).toBeVisible();
  const late = await bookings.book("Aisha Patel", "2020-01-31");
  const stored = await bookings.book("Sipho Dlamini");
  await bookings.take(stored, "approve", "pay", "collected", "in_storage");
  await expect(card(page, late)).toContainText("New");
  await expectNoViolation(page, "a new booking");

  await press(`Approve ${late}`);
  await expect(page.getByText("Approved: Aisha Patel")).toBeVisible();
  await expectNoViolation(page, "an approval that can be undone");
  await press(`Mark returned ${stored}`);
  await expectNoViolation(page, "the question before a return");
  await press("Not yet");

  await cutNetwork(kiosk);
  await expect(page.getByText(/^No connection\. Shown/)).toBeVisible();
  await press(`Undo approval ${late}`);
  await page.getByText("1 action waits for the network").click();
  await expectNoViolation(page, "an action that waits");
  await bookings.take(late, "cancelled");
  await mendNetwork(kiosk);
  await expect(page.getByRole("alert")).toContainText("did not go through");
  await expectNoViolation(page, "a refused action");

  const other = await bookings.book("Lerato Nkosi");
  await page.goto(`/staff/bookings/${other}`);
  await press(`Decline ${other}`);
  await press("Decline booking");
  await expectNoViolation(page, "a decline without a reason");
  await page.goto("/staff?q=l");
  await expect(card(page, other)).toBeVisible();
  await expectNoViolation(page, "a search");
});
