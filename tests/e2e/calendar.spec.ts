// The owner says when staff come, and customers choose from what is free.
import type { APIRequestContext, Page } from "@playwright/test";
import {
  bookedReference,
  chooseItems,
  comingDate,
  dayButton,
  fillDetails,
  next,
  requestButton,
  showDay,
  spokenDate,
  thandi,
} from "./booking_form";
import { expect, test } from "./fixtures";

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const [closedDay, openDay, otherDay] = [comingDate(14), comingDate(15), comingDate(16)];

const window_ = (page: Page, text: string) => page.getByRole("radio", { name: new RegExp(text) });

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

async function saveCalendar(request: APIRequestContext, url: string, calendar: object): Promise<void> {
  const data = { ...calendar, closed_on_holidays: false };
  const saved = await request.put(`${url}/api/v1/admin/calendar`, { headers: { "X-HSS-Role": "admin" }, data });
  expect(saved.status()).toBe(200);
}

async function toSchedule(page: Page): Promise<void> {
  await page.goto("/");
  await chooseItems(page);
  await next(page);
}

async function bookAt(page: Page, date: string, window: string): Promise<string> {
  await toSchedule(page);
  await showDay(page, date);
  await dayButton(page, date).click();
  await window_(page, window).check({ force: true });
  await fillDetails(page, thandi);
  await next(page);
  await requestButton(page).click();
  return bookedReference(page);
}

test("the owner closes a day and limits a window, and customers can choose neither that day nor the full window", async ({ visitors }) => {
  const owner = await (await visitors.open({ as: "admin" })).newPage();
  await owner.goto("/admin/calendar");
  await expect(owner.getByText("No calendar is saved yet")).toBeVisible();
  await owner.getByRole("group", { name: "Window 1" }).getByLabel("Stops").fill("1");
  await owner.getByRole("button", { name: "Add a day" }).click();
  await owner.getByLabel("Date").fill(closedDay);
  await owner.getByLabel("Reason").fill("Stocktaking");
  await owner.getByLabel(/^Closed on South Africa/).uncheck();
  await owner.getByRole("button", { name: "Save the calendar" }).click();
  await expect(owner.getByText("The calendar is saved")).toBeVisible();
  await owner.reload();
  await expect(owner.getByLabel("Reason")).toHaveValue("Stocktaking");
  await expect(owner.getByRole("group", { name: "Window 1" }).getByLabel("Stops")).toHaveValue("1");

  const customer = await (await visitors.open(phone)).newPage();
  await toSchedule(customer);
  await showDay(customer, closedDay);
  const closed = customer.getByRole("button", { name: `${spokenDate(closedDay)}: Stocktaking` });
  await expect(closed).toBeVisible();
  await expect(closed).toHaveAttribute("aria-disabled", "true");
  await closed.click({ force: true });
  await expect(customer.getByText("From tomorrow on.")).toBeVisible();

  await bookAt(customer, openDay, "08:00");
  const other = await (await visitors.open(phone)).newPage();
  await toSchedule(other);
  await showDay(other, openDay);
  await dayButton(other, openDay).click();
  await expect(window_(other, "08:00")).toBeDisabled();
  await expect(other.getByRole("radiogroup", { name: "Pickup time" })).toContainText("Full");
  await bookAt(other, openDay, "11:00 – 14:00");

  await owner.goto("/admin/audit?event_type=calendar_changed");
  await expect(owner.getByText(/saved the first calendar: the windows, closed days and other hours/)).toBeVisible();
});

test("who is a moment too late for the last place is told so, with what is free next, and books that", async ({
  visitors,
  request,
  server,
}) => {
  const windows = weekdays.map((weekday) => ({ weekday, starts: "08:00", ends: "11:00", capacity: 1 }));
  await saveCalendar(request, server.url, { windows });
  const late = await (await visitors.open(phone)).newPage();
  await toSchedule(late);
  await showDay(late, openDay);
  await dayButton(late, openDay).click();
  await window_(late, "08:00").check({ force: true });
  await fillDetails(late, thandi);
  await next(late);
  await expect(requestButton(late)).toBeVisible();

  await bookAt(await (await visitors.open(phone)).newPage(), openDay, "08:00");
  await requestButton(late).click();
  await expect(late.getByText(/This time is full by now\. Free next: /)).toBeVisible();
  await expect(late.getByRole("heading", { name: "When and where?" })).toBeVisible();
  await showDay(late, otherDay);
  await dayButton(late, otherDay).click();
  await window_(late, "08:00").check({ force: true });
  await next(late);
  await requestButton(late).click();
  await bookedReference(late);
  expect(((await (await request.get(`${server.url}/api/v1/bookings`)).json()) as { count: number }).count).toBe(2);
});

test("a chosen day keeps its own windows whatever month is shown, and a time that is not there any more is not sent", async ({
  visitors,
  request,
  server,
}) => {
  const saveWindows = async (...starts: string[]) => {
    const windows = starts.flatMap((start) => weekdays.map((weekday) => ({ weekday, starts: start, ends: "12:00" })));
    await saveCalendar(request, server.url, { windows, exceptions: [{ date: otherDay, windows: [{ starts: "07:00", ends: "12:00" }] }] });
  };
  await saveWindows("09:00", "10:00");
  const page = await (await visitors.open(phone)).newPage();
  await toSchedule(page);
  // Days differ, so that no time can be chosen before a day.
  await showDay(page, otherDay);
  await expect(page.getByText("Choose a day first.")).toBeVisible();
  await dayButton(page, openDay).click();
  await window_(page, "09:00").check({ force: true });
  await page.getByRole("button", { name: "Next month" }).click();
  await expect(page.getByRole("radio")).toHaveCount(2);
  await expect(window_(page, "09:00")).toBeChecked();

  await saveWindows("10:00");
  await fillDetails(page, thandi);
  await page.reload();
  await expect(page.getByRole("radio")).toHaveCount(1);
  await next(page);
  await expect(page.getByText("Choose a time.")).toBeVisible();
  await window_(page, "10:00").check({ force: true });
  await next(page);
  await requestButton(page).click();
  await bookedReference(page);
});

test("a calendar with something missing is not sent, and one that another owner changed meanwhile is not overwritten", async ({
  visitors,
}) => {
  const first = await (await visitors.open({ as: "admin" })).newPage();
  const second = await (await visitors.open({ as: "admin" })).newPage();
  for (const page of [first, second]) {
    await page.goto("/admin/calendar");
    await expect(page.getByRole("group", { name: "Window 1" })).toBeVisible();
  }
  await first.getByRole("button", { name: "Add a window" }).click();
  await first.getByRole("button", { name: "Save the calendar" }).click();
  await expect(first.getByRole("alert")).toContainText("Give every window its beginning and its end.");
  await first.getByRole("button", { name: "Remove window 4" }).click();
  await first.getByLabel("Hours ahead at least").fill("24");
  await first.getByRole("button", { name: "Save the calendar" }).click();
  await expect(first.getByText("The calendar is saved")).toBeVisible();

  await second.getByLabel("Hours ahead at least").fill("48");
  await second.getByRole("button", { name: "Save the calendar" }).click();
  await expect(second.getByRole("alert")).toContainText("It has changed meanwhile");
  await second.getByRole("button", { name: "Load it again, without what I changed" }).click();
  await expect(second.getByLabel("Hours ahead at least")).toHaveValue("24");
});

test.describe("of the demo", () => {
  test.use({ serverKind: "demo" });

  test("two windows are full and a day is closed, and anybody sees it", async ({ visitors, request, server }) => {
    const answer = await request.get(`${server.url}/api/v1/slots`);
    const { days } = (await answer.json()) as { days: { date: string; closed?: string; windows: { free: number | null }[] }[] };
    const full = days.find(({ windows }) => windows.some(({ free }) => free === 0))!;
    const closed = days.find((day) => day.closed)!;
    const page = await (await visitors.open(phone)).newPage();
    await toSchedule(page);
    await showDay(page, full.date);
    await dayButton(page, full.date).click();
    await expect(window_(page, "08:00")).toBeDisabled();
    await expect(window_(page, "11:00 – 14:00")).toBeDisabled();
    await expect(window_(page, "14:00 – 17:00")).toBeEnabled();
    await showDay(page, closed.date);
    await expect(dayButton(page, closed.date)).toHaveAttribute("aria-disabled", "true");
    await expect(dayButton(page, closed.date)).toHaveAccessibleName(new RegExp(closed.closed!));
  });
});
