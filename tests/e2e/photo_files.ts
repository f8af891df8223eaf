import type { Page } from "@playwright/test";

/** An Exif segment as a phone writes it: turned by a quarter (orientation 6), and the place. */
function exif(): Buffer {
  const tag = (id: number, type: number, count: number, value: number) => {
    const entry = Buffer.alloc(12);
    entry.writeUInt16BE(id, 0);
    entry.writeUInt16BE(type, 2);
    entry.writeUInt32BE(count, 4);
    if (type === 3) entry.writeUInt16BE(value, 8);
    else entry.writeUInt32BE(value, 8);
    return entry;
  };
  const head = Buffer.from("MM\0*\0\0\0\x08", "latin1");
  const directory = Buffer.concat([Buffer.from([0, 2]), tag(0x0112, 3, 1, 6), tag(0x8825, 4, 1, 8 + 2 + 24 + 4), Buffer.alloc(4)]);
  const place = Buffer.concat([Buffer.from([0, 1]), tag(0x0001, 2, 2, 0x53000000), Buffer.alloc(4)]);
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), head, directory, place]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length + 2);
  return Buffer.concat([Buffer.from([0xff, 0xe1]), length, body]);
}

export interface ChosenFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A photo as a phone takes it: many shapes and colours, Exif with the place, and lying on its side. */
export async function cameraPhoto(page: Page, { name = "IMG_0001.jpg", width = 1200, height = 900 } = {}): Promise<ChosenFile> {
  const blank = await page.context().newPage();
  const text = await blank.evaluate(
    async ([wide, high]) => {
      const canvas = document.createElement("canvas");
      Object.assign(canvas, { width: wide, height: high });
      const context = canvas.getContext("2d");
      if (!context) throw new Error("no canvas");
      let seed = 7;
      const random = (max: number) => (seed = (seed * 16_807) % 2_147_483_647) % max;
      for (let i = 0; i < 4_000; i++) {
        context.fillStyle = `hsl(${random(360)} 60% ${20 + random(60)}%)`;
        context.fillRect(random(canvas.width), random(canvas.height), random(canvas.width >> 3), random(canvas.height >> 3));
      }
      const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.9));
      const bytes = new Uint8Array((await blob?.arrayBuffer()) ?? []);
      let binary = "";
      for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
      return btoa(binary);
    },
    [width, height] as const,
  );
  await blank.close();
  const jpeg = Buffer.from(text, "base64");
  return { name, mimeType: "image/jpeg", buffer: Buffer.concat([jpeg.subarray(0, 2), exif(), jpeg.subarray(2)]) };
}

/** A document of one empty page. */
export const pdfFile: ChosenFile = {
  name: "agreement.pdf",
  mimeType: "application/pdf",
  buffer: Buffer.from(
    "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n" +
      "xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R /Size 3 >>\nstartxref\n107\n%%EOF\n",
  ),
};

/** 400 kbit/s. */
export async function slowNetwork(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const throughput = { downloadThroughput: 50_000, uploadThroughput: 50_000 };
  await session.send("Network.emulateNetworkConditions", { offline: false, latency: 100, ...throughput });
}

/** What the bar of a photo on its way shows from now on, from 0 to 1, until the page of the request is left. */
export function watchProgress(page: Page): Promise<number[]> {
  return page.evaluate(
    () =>
      new Promise<number[]>((done) => {
        const values = new Set<number>();
        const timer = setInterval(() => {
          const bar = document.querySelector<HTMLProgressElement>(".sending-photos progress");
          if (bar) values.add(bar.value);
          if (document.querySelector(".sending-photos") || values.size === 0) return;
          clearInterval(timer);
          done([...values]);
        }, 20);
      }),
  );
}
