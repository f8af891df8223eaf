// Photos from where they are chosen to where staff look at them, and what becomes of one that does not get through.
import type { BrowserContext, Page, Request } from "@playwright/test";
import { expectNoViolation } from "./axe";
import { bookedReference, chooseItems, countBookings, fillSchedule, next, requestButton, thandi } from "./booking_form";
import { expect, test } from "./fixtures";
import { cutNetwork, mendNetwork, networkGone } from "./kiosk_page";
import { cameraPhoto, pdfFile, slowNetwork, watchProgress } from "./photo_files";
import { seedBooking } from "./seeded_booking";
import { startServer } from "./server";

const lampPhotos = (page: Page) => page.getByLabel(/^(Add|Choose) photos: Other item 1$/);
const handover = (page: Page) => page.getByLabel(/^(Add|Choose) photos: the hand-over$/);
const fileRequest = /\/api\/v1\/uploads\/UPL-\w+\/(full|thumb)/;
const asStaff = { "X-HSS-Role": "staff" };

/** Chooses a bed and a lamp, and a photo of the lamp. */
async function chooseWithPhoto(page: Page): Promise<void> {
  const photo = await cameraPhoto(page);
  await chooseItems(page);
  await lampPhotos(page).setInputFiles(photo);
  await expect(page.getByRole("img", { name: "Photo 1 of Other item 1" })).toBeVisible();
}

async function toReview(page: Page): Promise<void> {
  await next(page);
  await fillSchedule(page, thandi);
  await next(page);
  await expect(page.getByRole("heading", { name: "1 photo" })).toBeVisible();
}

async function bookWithPhoto(page: Page): Promise<string> {
  await page.goto("/");
  await chooseWithPhoto(page);
  await toReview(page);
  await requestButton(page).click();
  return bookedReference(page);
}

async function openAsStaff(context: BrowserContext, path: string): Promise<Page> {
  await context.addInitScript(() => void (location.protocol === "http:" && localStorage.setItem("hss-role", '"staff"')));
  const page = await context.newPage();
  await page.goto(path);
  return page;
}

interface Photo {
  purpose: string;
  width: number;
  height: number;
  url: string;
  thumbnail_url: string;
}

/** The photos that the server has of a booking. */
async function photosOf(page: Page, id: string): Promise<Photo[]> {
  const answer = await page.request.get(`/api/v1/bookings/${id}/photos`, { headers: asStaff });
  return ((await answer.json()) as { photos: Photo[] }).photos;
}

async function bytesOf(page: Page, url: string | undefined): Promise<Buffer> {
  const answer = await page.request.get(url ?? "");
  expect(answer.status()).toBe(200);
  return answer.body();
}

const naturalSize = (image: HTMLElement | SVGElement) => {
  const { naturalWidth, naturalHeight } = image as HTMLImageElement;
  return [naturalWidth, naturalHeight];
};

test("a photo is made small, sent before the booking, and seen large by staff", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  const sent: Request[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET" && /uploads|bookings$/.test(request.url())) sent.push(request);
  });
  const id = await bookWithPhoto(page);

  // The presigned promise, the photo, its thumbnail, that they are there; only then the booking.
  expect(sent.map((request) => new URL(request.url()).pathname.replace(/UPL-\w+/, "UPL"))).toEqual([
    "/api/v1/uploads/presign",
    "/api/v1/uploads/UPL/full",
    "/api/v1/uploads/UPL/thumb",
    "/api/v1/uploads/UPL/complete",
    "/api/v1/bookings",
  ]);
  const [photo] = await photosOf(page, id);
  const [full, thumbnail] = await Promise.all([photo?.url, photo?.thumbnail_url].map((url) => bytesOf(page, url)));
  for (const file of [full, thumbnail]) {
    expect(file?.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    expect(file?.includes("Exif")).toBe(false);
  }
  expect(thumbnail?.length).toBeLessThan(60_000);

  // The customer sees it on the booking's page.
  await expect(page.getByRole("img", { name: "Photo of Other item: Study lamp" })).toBeVisible();
  await expectNoViolation(page, "the customer's booking with a photo");

  const staff = await openAsStaff(await visitors.open(), `/staff/bookings/${id}`);
  const opener = staff.getByRole("button", { name: "Photo of Other item: Study lamp" });
  await opener.click();
  const large = staff.getByRole("dialog").getByRole("img", { name: "Photo of Other item: Study lamp" });
  // The phone had it lying on its side: it stands upright.
  await expect.poll(() => large.evaluate(naturalSize)).toEqual([900, 1200]);
  await expectNoViolation(staff, "a large photo");
  await staff.keyboard.press("Escape");
  await expect(staff.getByRole("dialog")).toHaveCount(0);
  await expect(opener).toBeFocused();
  await expectNoViolation(staff, "the booking of staff with a photo");
});

test("a photo of a large camera is made smaller than 1600 pixels and 900 KB", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  await chooseItems(page);
  await lampPhotos(page).setInputFiles(await cameraPhoto(page, { width: 2600, height: 1300 }));
  await expect(page.getByRole("img", { name: "Photo 1 of Other item 1" })).toBeVisible();
  await toReview(page);
  await requestButton(page).click();
  const id = await bookedReference(page);
  const [photo] = await photosOf(page, id);
  expect(photo).toEqual(expect.objectContaining({ purpose: "item", width: 800, height: 1600 }));
  expect((await bytesOf(page, photo?.url)).length).toBeLessThanOrEqual(900_000);
});

test("a slow network shows how much of a photo is sent", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  await chooseWithPhoto(page);
  await toReview(page);
  await slowNetwork(page);
  const seen = watchProgress(page);
  await requestButton(page).click();
  await bookedReference(page);
  expect((await seen).filter((value) => value > 0 && value < 1).length).toBeGreaterThan(1);
});

test("several photos are looked through with the arrow keys, and by swiping", async ({ visitors }) => {
  const page = await (await visitors.open({ hasTouch: true })).newPage();
  await page.goto("/");
  const photos = [await cameraPhoto(page), await cameraPhoto(page, { name: "b.jpg", width: 600, height: 500 })];
  await chooseItems(page);
  await lampPhotos(page).setInputFiles(photos);
  await expect(page.getByRole("img", { name: "Photo 2 of Other item 1" })).toBeVisible();
  await next(page);
  await fillSchedule(page, thandi);
  await next(page);
  await requestButton(page).click();
  await bookedReference(page);
  await page.getByRole("button", { name: "Photo 1 of Other item: Study lamp" }).click();
  const dialog = page.getByRole("dialog");
  const shows = (number: number) => expect(dialog.getByRole("img", { name: `Photo ${number} of Other item: Study lamp` })).toBeVisible();
  await shows(1);
  await page.keyboard.press("ArrowRight");
  await shows(2);
  await page.keyboard.press("ArrowRight");
  await shows(2);
  await page.keyboard.press("ArrowLeft");
  await shows(1);
  const swipe = (from: number, to: number) =>
    dialog.getByRole("img").evaluate(
      (image, [start, end]) => {
        const touch = (x: number) => new Touch({ identifier: 1, target: image, clientX: x, clientY: 100 });
        image.dispatchEvent(new TouchEvent("touchstart", { touches: [touch(start)], bubbles: true }));
        image.dispatchEvent(new TouchEvent("touchend", { changedTouches: [touch(end)], bubbles: true }));
      },
      [from, to] as const,
    );
  await swipe(300, 100);
  await shows(2);
  await swipe(100, 300);
  await shows(1);
  await dialog.getByRole("button", { name: "Next photo" }).click();
  await shows(2);
});

test("a phone offers its camera, and what is no photo gets a sentence", async ({ visitors }) => {
  // Chromium itself looks again at a picture that it cannot decode, and the page's policy stops it.
  visitors.expected.push(/^console: (Connecting to 'blob:|CSP violation: connect-src blob)/);
  const page = await (await visitors.open({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })).newPage();
  await page.goto("/");
  await chooseItems(page);
  await expect(page.getByLabel("Take a photo: Other item 1")).toHaveAttribute("capture", "environment");
  await expect(lampPhotos(page)).toHaveAttribute("accept", "image/jpeg,image/png,image/webp");
  await lampPhotos(page).setInputFiles({ name: "page.jpg", mimeType: "image/jpeg", buffer: Buffer.from("<html>") });
  await expect(page.getByText("page.jpg: This browser cannot open the file as a photo.")).toBeVisible();
  await expect(page.getByRole("img", { name: /Photo/ })).toHaveCount(0);
  await expectNoViolation(page, "a file that is no photo");
});

test("a photo that is taken off again is not sent", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  await chooseWithPhoto(page);
  await page.getByRole("button", { name: "Remove: Photo 1 of Other item 1" }).click();
  await next(page);
  await fillSchedule(page, thandi);
  await next(page);
  await requestButton(page).click();
  expect(await photosOf(page, await bookedReference(page))).toEqual([]);
});

test("a photo that does not get through is tried five times, and then the customer books without it", async ({ visitors }) => {
  visitors.expected.push(networkGone);
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  await chooseWithPhoto(page);
  await toReview(page);
  let tries = 0;
  await page.route(fileRequest, (route) => {
    tries++;
    return route.abort("connectionreset");
  });
  await requestButton(page).click();
  await expect(page.getByText("Nothing is booked yet. Request again")).toBeVisible({ timeout: 40_000 });
  expect(tries).toBe(5);
  expect(await countBookings(page)).toBe(0);
  await expectNoViolation(page, "a photo that was not sent");
  await page.getByRole("button", { name: "Book without photo 1" }).click();
  expect(await photosOf(page, await bookedReference(page))).toEqual([]);
});

test("a photo that was cut off on its way arrives with the next try", async ({ visitors }) => {
  visitors.expected.push(networkGone);
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  await chooseWithPhoto(page);
  await toReview(page);
  await page.route(fileRequest, (route) => route.abort("connectionreset"), { times: 1 });
  // The answer to the second file is lost: it is there all the same.
  await page.route(
    /\/thumb\?/,
    async (route) => {
      await route.fetch();
      await route.abort("connectionreset");
    },
    { times: 1 },
  );
  await requestButton(page).click();
  expect(await photosOf(page, await bookedReference(page))).toHaveLength(1);
});

test("an upload that stands still for half a minute has failed, and can be given up before that", async ({ visitors }) => {
  visitors.expected.push(networkGone);
  const page = await (await visitors.open()).newPage();
  await page.clock.install();
  await page.goto("/");
  await chooseWithPhoto(page);
  await toReview(page);
  let tries = 0;
  await page.route(fileRequest, () => void tries++);
  await requestButton(page).click();
  await expect.poll(() => tries).toBe(1);
  await page.clock.runFor(32_000);
  await expect.poll(() => tries).toBe(2);
  await page.getByRole("button", { name: "Book without photo 1" }).click();
  await page.clock.resume();
  expect(await photosOf(page, await bookedReference(page))).toEqual([]);
});

test("photos of a draft outlive the tab, and a network that was away", async ({ visitors }) => {
  visitors.expected.push(networkGone);
  const context = await visitors.open();
  const first = await context.newPage();
  await first.goto("/");
  await chooseWithPhoto(first);
  await first.close();
  const page = await context.newPage();
  await page.goto("/");
  await expect(page.getByRole("img", { name: "Photo 1 of Other item 1" })).toBeVisible();
  await toReview(page);
  await cutNetwork(context);
  await requestButton(page).click();
  await expect(page.getByText(/Sending photo 1 of 1/)).toBeVisible();
  await mendNetwork(context);
  expect(await photosOf(page, await bookedReference(page))).toHaveLength(1);
  // Nothing of it stays in the browser.
  const left = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        const opened = indexedDB.open("hss-photos");
        opened.onsuccess = () => {
          const count = opened.result.transaction("drafts").objectStore("drafts").count();
          count.onsuccess = () => done(count.result);
        };
      }),
  );
  expect(left).toBe(0);
});

test("an upload that the server has forgotten meanwhile is sent again", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  await chooseWithPhoto(page);
  await toReview(page);
  await page.route(
    "**/complete",
    async (route) => {
      const answer = await route.fetch();
      const { upload_id } = (await answer.json()) as { upload_id: string };
      await page.request.delete(`/api/v1/uploads/${upload_id}`);
      await route.fulfill({ response: answer });
    },
    { times: 1 },
  );
  await requestButton(page).click();
  expect(await photosOf(page, await bookedReference(page))).toHaveLength(1);
});

test("over plain http, where browsers have no SHA-256 of their own, photos are sent as well", async ({ visitors }) => {
  const context = await visitors.open();
  await context.addInitScript(() => void Reflect.deleteProperty(Crypto.prototype, "subtle"));
  const page = await context.newPage();
  expect(await photosOf(page, await bookWithPhoto(page))).toHaveLength(1);
});

test("the first page fetches nothing for photos before an item shows them", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(request.url()));
  await page.goto("/");
  await page.getByRole("button", { name: "Bed: one more" }).click();
  await expect(page.getByText("Price confirmed")).toBeVisible();
  expect(fetched.filter((url) => url.includes("/part-"))).toEqual([]);
  await page.getByText("Description and photos").click();
  await expect(page.getByLabel(/^(Add|Choose) photos: Bed 1$/)).toBeAttached();
  expect(fetched.filter((url) => url.includes("/part-"))).toHaveLength(1);
});

for (const width of [320, 360, 1280]) {
  test(`nothing moves when the part for photos arrives, on a screen of ${width} px`, async ({ visitors }) => {
    const page = await (await visitors.open({ viewport: { width, height: 740 }, hasTouch: width < 1000 })).newPage();
    let arrive: () => void = () => undefined;
    const isAwaited = new Promise<void>((done) => (arrive = done));
    await page.route("**/part-*.js", async (route) => {
      await isAwaited;
      await route.continue();
    });
    await page.goto("/");
    await page.getByRole("button", { name: "Other item: one more" }).click();
    const duration = page.getByRole("heading", { name: "For how long?" });
    await expect(page.getByRole("textbox", { name: "Other item 1" })).toBeVisible();
    const before = await duration.boundingBox();
    await expect(lampPhotos(page)).toHaveCount(0);
    arrive();
    await expect(lampPhotos(page)).toBeVisible();
    expect(await duration.boundingBox()).toEqual(before);
  });
}

const testWithoutUploads = test.extend({
  server: async ({}, use) => {
    const server = await startServer({ more: ["--uploads", "off"] });
    await use(server);
    await server.stop();
  },
});

testWithoutUploads("a server that takes no photos shows nothing of them", async ({ visitors }) => {
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  await chooseItems(page);
  await expect(page.locator('input[type="file"]')).toHaveCount(0);
  await expect(page.getByText(/photo/i)).toHaveCount(0);
  await next(page);
  await fillSchedule(page, thandi);
  await next(page);
  await requestButton(page).click();
  const id = await bookedReference(page);
  await expect(page.getByRole("heading", { name: "2 items" })).toBeVisible();
  await expect(page.getByText(/photo/i)).toHaveCount(0);
  const staff = await openAsStaff(await visitors.open(), `/staff/bookings/${id}`);
  await expect(staff.getByRole("heading", { name: "2 items" })).toBeVisible();
  await expect(staff.getByText(/photo/i)).toHaveCount(0);
});

test.describe("at the hand-over", () => {
  test("staff add photos and a document, which the customer sees, and remove one", async ({ visitors, request, server }) => {
    const id = await seedBooking(request, server.url);
    const staff = await openAsStaff(await visitors.open(), `/staff/bookings/${id}`);
    await handover(staff).setInputFiles([await cameraPhoto(staff), await cameraPhoto(staff, { name: "b.jpg", width: 500, height: 400 })]);
    await staff.getByLabel("Add a document: a PDF of this booking").setInputFiles(pdfFile);
    await expect(staff.getByRole("button", { name: "Photo 2 of Hand-over" })).toBeVisible();
    await expect(staff.getByRole("link", { name: "Document 1" })).toBeVisible();

    const customer = await (await visitors.open()).newPage();
    await customer.goto(`/booking/${id}`);
    await expect(customer.getByRole("button", { name: /Photo \d of Hand-over/ })).toHaveCount(2);
    const download = customer.waitForEvent("download");
    await customer.getByRole("link", { name: "Document 1" }).click();
    expect(await (await download).failure()).toBeNull();

    await staff.getByRole("button", { name: "Photo 1 of Hand-over" }).click();
    await staff.getByRole("button", { name: "Remove: Photo 1 of Hand-over" }).click();
    await staff.getByRole("button", { name: "Yes, remove: Photo 1 of Hand-over" }).click();
    await expect(staff.getByRole("button", { name: "Photo of Hand-over" })).toBeVisible();
    expect((await photosOf(staff, id)).map(({ purpose }) => purpose).sort()).toEqual(["document", "handover"]);
  });

  test("the buttons below a large photo stay where they are when it arrives", async ({ visitors, request, server }) => {
    const id = await seedBooking(request, server.url);
    const staff = await openAsStaff(await visitors.open(), `/staff/bookings/${id}`);
    await handover(staff).setInputFiles(await cameraPhoto(staff));
    const opener = staff.getByRole("button", { name: "Photo of Hand-over" });
    await expect(opener).toBeVisible();
    let arrive = () => {};
    const isAwaited = new Promise<void>((resolve) => (arrive = resolve));
    await staff.route(/\/full/, async (route) => {
      await isAwaited;
      await route.continue();
    });
    await opener.click();
    const remove = staff.getByRole("button", { name: "Remove: Photo of Hand-over" });
    const before = await remove.boundingBox();
    arrive();
    const large = staff.getByRole("dialog").getByRole("img", { name: "Photo of Hand-over" });
    await expect.poll(() => large.evaluate(naturalSize)).toEqual([900, 1200]);
    expect(await remove.boundingBox()).toEqual(before);
  });

  test("a photo that was taken without a network waits, also over a reload, and goes out once", async ({ visitors, request, server }) => {
    visitors.expected.push(networkGone);
    const id = await seedBooking(request, server.url);
    const kiosk = await visitors.open();
    const page = await openAsStaff(kiosk, `/staff/bookings/${id}`);
    await expect(page.getByLabel("Add a document: a PDF of this booking")).toBeAttached();
    const photo = await cameraPhoto(page);
    await cutNetwork(kiosk);
    await handover(page).setInputFiles(photo);
    await expect(page.getByRole("list", { name: "Not sent yet" }).getByRole("img")).toBeVisible();
    await page.reload();
    await expect(page.getByRole("list", { name: "Not sent yet" }).getByRole("img")).toBeVisible();
    await page.goto("/staff");
    await expect(page.getByText("1 photo or document not sent yet")).toBeVisible();
    expect(await photosOf(page, id)).toEqual([]);

    // The answer to its completion is lost: what was sent is sent once all the same.
    await kiosk.route(
      "**/complete",
      async (route) => {
        await route.fetch();
        await route.abort("connectionreset");
      },
      { times: 1 },
    );
    await mendNetwork(kiosk);
    await expect.poll(() => photosOf(page, id), { timeout: 30_000 }).toEqual([expect.objectContaining({ purpose: "handover" })]);
    await expect(page.getByText("not sent yet")).toHaveCount(0);
    await page.goto(`/staff/bookings/${id}`);
    await expect(page.getByRole("button", { name: "Photo of Hand-over" })).toBeVisible();
  });

  test("what is no PDF is no document, and one that the server rejects can be discarded", async ({ visitors, request, server }) => {
    const id = await seedBooking(request, server.url);
    const page = await openAsStaff(await visitors.open(), `/staff/bookings/${id}`);
    const documents = page.getByLabel("Add a document: a PDF of this booking");
    await documents.setInputFiles({ ...pdfFile, buffer: Buffer.from("<html>") });
    await expect(page.getByText("agreement.pdf: This is no PDF document.")).toBeVisible();
    await documents.setInputFiles({ ...pdfFile, buffer: pdfFile.buffer.subarray(0, 40) });
    await expect(page.getByText(/Not accepted: .*cut off/)).toBeVisible();
    await expectNoViolation(page, "a document that was rejected");
    await page.getByRole("button", { name: /^Discard: / }).click();
    await expect(page.getByText(/Not accepted/)).toHaveCount(0);
    expect(await photosOf(page, id)).toEqual([]);
  });
});

test.describe("on a shared screen", () => {
  const aisha = { name: "Aisha Patel", pin: "739152" };
  const sipho = { name: "Sipho Dlamini", pin: "284061" };
  test.use({ auth: "accounts" });

  async function unlock(page: Page, { name, pin }: typeof aisha): Promise<void> {
    await page.getByRole("button", { name }).click();
    for (const digit of pin) await page.getByRole("button", { name: digit, exact: true }).click();
    await expect(page.getByRole("button", { name: "Lock", exact: true })).toBeVisible();
  }

  async function lock(page: Page): Promise<void> {
    await page.getByRole("button", { name: "Lock", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Who are you?" })).toBeVisible();
  }

  test("a photo waits for whoever took it, and nobody else sends it as their own", async ({ visitors, accounts, request, server }) => {
    // Three people unlock it, and each PIN is hashed.
    test.slow();
    visitors.expected.push(networkGone);
    const id = await seedBooking(request, server.url);
    for (const { name, pin } of [aisha, sipho]) await accounts.addWithPin(name, pin);
    const kiosk = await visitors.open({ as: "nobody", storageState: await accounts.deviceBrowser(60), hasTouch: true });
    const page = await kiosk.newPage();
    const photo = await cameraPhoto(page);
    const completed: string[] = [];
    page.on("response", (response) => {
      if (response.url().endsWith("/complete") && response.ok()) completed.push(response.request().headers()["authorization"] ?? "");
    });
    await page.goto(`/staff/bookings/${id}`);
    await unlock(page, aisha);
    await expect(page.getByLabel("Add a document: a PDF of this booking")).toBeAttached();
    await kiosk.route("**/api/v1/uploads/**", (route) => route.abort("internetdisconnected"));
    await handover(page).setInputFiles(photo);
    await expect(page.getByRole("list", { name: "Not sent yet" }).getByRole("img")).toBeVisible();
    await lock(page);
    await kiosk.unroute("**/api/v1/uploads/**");
    await unlock(page, sipho);
    await page.goto(`/staff/bookings/${id}`);
    await expect(page.getByText("Waits for Aisha Patel to sign in")).toBeVisible();
    await lock(page);
    expect(completed).toEqual([]);
    await unlock(page, aisha);
    await page.goto(`/staff/bookings/${id}`);
    await expect(page.getByRole("button", { name: "Photo of Hand-over" })).toBeVisible({ timeout: 30_000 });
    expect(completed).toHaveLength(1);
  });
});
