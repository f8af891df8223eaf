import type { Locator, Page } from "@playwright/test";
import jsQR from "jsqr";

/** What a camera reads from the QR codes there, in their order on the page. */
export async function readQrCodes(page: Page, codes: Locator): Promise<(string | null)[]> {
  const texts: (string | null)[] = [];
  for (const code of await codes.all()) {
    const png = (await code.screenshot()).toString("base64");
    const { pixels, width, height } = await pixelsOf(page, png);
    texts.push(jsQR(Uint8ClampedArray.from(pixels), width, height)?.data ?? null);
  }
  return texts;
}

/** Has the browser unpack a picture, in a page that no policy limits. */
async function pixelsOf(page: Page, png: string) {
  const blank = await page.context().newPage();
  const picture = await blank.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    if (!pen) throw new Error("There is no canvas here");
    pen.drawImage(bitmap, 0, 0);
    return { pixels: [...pen.getImageData(0, 0, bitmap.width, bitmap.height).data], width: bitmap.width, height: bitmap.height };
  }, png);
  await blank.close();
  return picture;
}
