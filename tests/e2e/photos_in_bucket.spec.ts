// Photos that browsers send to an S3 bucket on another origin (tests/uploads/s3_service.py COMMAND gives a command one).
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { bookedReference, chooseItems, fillSchedule, next, requestButton, thandi } from "./booking_form";
import { expect, test } from "./fixtures";
import { cameraPhoto } from "./photo_files";
import { startServer } from "./server";

const service = process.env["AWS_ENDPOINT_URL_S3"] ?? "";
test.skip(!service, "there is no S3 service (tests/uploads/s3_service.py COMMAND starts one)");
// One after the other, as they say in turn whose pages may use the bucket.
test.describe.configure({ mode: "default" });

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** Lets pages of that origin, and no others, use the bucket. */
const allow = (origin: string) =>
  execFileSync(here("../../build/python/bin/python"), [here("../uploads/s3_service.py"), "--allow", origin]);

interface Promised {
  upload_id: string;
  files: { url: string; headers: Record<string, string> }[];
}

/** What the bucket answers the page; "refused" where the browser does not let it ask. */
function put(page: Page, file: Promised["files"][number] | undefined, body: string, headers = {}): Promise<number | string> {
  return page.evaluate(
    async ([url, body, headers]) => {
      try {
        return (await fetch(url, { method: "PUT", body, headers })).status;
      } catch {
        return "refused";
      }
    },
    [file?.url ?? "", body, { ...file?.headers, ...headers }] as const,
  );
}

const bytes = "no photo, but these bytes";

async function presign(page: Page): Promise<Promised> {
  const sha256 = createHash("sha256").update(bytes).digest("base64");
  const answer = await page.request.post("/api/v1/uploads/presign", {
    data: { purpose: "item", files: [{ variant: "full", content_type: "image/jpeg", size: bytes.length, sha256 }] },
  });
  expect(answer.status()).toBe(201);
  return (await answer.json()) as Promised;
}

test("a photo goes from the browser to the bucket, and staff see it from there", async ({ visitors, server }) => {
  visitors.expected.push(new RegExp(`^request to ${service}/`));
  allow(server.url);
  const page = await (await visitors.open()).newPage();
  const puts: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "PUT") puts.push(new URL(request.url()).origin);
  });
  await page.goto("/");
  await chooseItems(page);
  await page.getByLabel(/^(Add|Choose) photos: Other item 1$/).setInputFiles(await cameraPhoto(page));
  await expect(page.getByRole("img", { name: "Photo 1 of Other item 1" })).toBeVisible();
  await next(page);
  await fillSchedule(page, thandi);
  await next(page);
  await requestButton(page).click();
  const id = await bookedReference(page);
  expect(puts).toEqual([service, service]);

  const context = await visitors.open();
  await context.addInitScript(() => void (location.protocol === "http:" && localStorage.setItem("hss-role", '"staff"')));
  const staff = await context.newPage();
  await staff.goto(`/staff/bookings/${id}`);
  await staff.getByRole("button", { name: "Photo of Other item: Study lamp" }).click();
  const large = staff.getByRole("dialog").getByRole("img", { name: "Photo of Other item: Study lamp" });
  await expect.poll(() => large.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(900);
  expect(new URL((await large.getAttribute("src")) ?? "").origin).toBe(service);
});

test("the bucket takes from a browser what was promised, once, and nothing else", async ({ visitors, server }) => {
  visitors.expected.push(new RegExp(`^request to ${service}/`));
  allow(server.url);
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  const { files } = await presign(page);
  const [file] = files;
  expect(await put(page, file, `${bytes}!`)).toBe(403);
  expect(await put(page, file, bytes.replace("no", "on"))).toBe(400);
  expect(await put(page, file, bytes, { "Content-Type": "text/html" })).toBe(403);
  const elsewhere = file && { ...file, url: file.url.replace(/UPL-\w+/, "UPL-0123456789") };
  expect(await put(page, elsewhere, bytes)).toBe(403);
  expect(await put(page, file, bytes)).toBe(200);
  expect(await put(page, file, bytes)).toBe(412);
});

test("a page of another origin does not get to the bucket", async ({ visitors, server, browser }) => {
  visitors.expected.push(new RegExp(`^request to ${service}/`));
  allow(server.url);
  const page = await (await visitors.open()).newPage();
  await page.goto("/");
  const { files } = await presign(page);
  // Its own policy lets it ask there, so that it is the bucket that refuses.
  const other = await startServer();
  const stranger = await (await browser.newContext({ baseURL: other.url })).newPage();
  await stranger.goto("/");
  expect(await put(stranger, files[0], bytes)).toBe("refused");
  expect(await put(page, files[0], bytes)).toBe(200);
  await stranger.context().close();
  await other.stop();
});
