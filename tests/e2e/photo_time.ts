import { chooseItems, fillSchedule, next, requestButton, thandi, bookedReference } from "./booking_form";
import { expect, test } from "./fixtures";
import { cameraPhoto, slowNetwork, watchProgress } from "./photo_files";

/** Prints how long it takes on this machine. */
test("on a slow phone and network, a photo of 12 megapixels is shrunk and sent in 15 s, and its progress is seen", async ({ visitors }) => {
  const page = await (await visitors.open({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })).newPage();
  await page.goto("/");
  await chooseItems(page);
  const photo = await cameraPhoto(page, { width: 4000, height: 3000 });
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await slowNetwork(page);

  const chosenAt = Date.now();
  await page.getByLabel(/^(Add|Choose) photos: Other item 1$/).setInputFiles(photo);
  await expect(page.getByRole("img", { name: "Photo 1 of Other item 1" })).toBeVisible();
  const shrinkMs = Date.now() - chosenAt;
  await next(page);
  await fillSchedule(page, thandi);
  await next(page);

  const seen = watchProgress(page);
  const sentAt = Date.now();
  await requestButton(page).click();
  await bookedReference(page);
  const sendMs = Date.now() - sentAt;
  console.log(`shrunk in ${shrinkMs} ms, sent and booked in ${sendMs} ms`);
  expect(shrinkMs + sendMs).toBeLessThan(15_000);
  expect((await seen).filter((value) => value > 0 && value < 1).length).toBeGreaterThan(1);
});
