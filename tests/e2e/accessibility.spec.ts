import { expectNoViolation } from "./axe";
import { test } from "./fixtures";
import { demoBookings, pagesOf, show } from "./pages";

test.use({ serverKind: "demo" });

for (const [size, viewport] of Object.entries({ phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 800 } })) {
  test(`axe finds no violation on any page: ${size}`, async ({ visitors, server }) => {
    test.setTimeout(180_000);
    const page = await (await visitors.open({ viewport, reducedMotion: "reduce" })).newPage();
    for (const shown of pagesOf(await demoBookings(page, server.url))) {
      await show(page, shown);
      await expectNoViolation(page, shown.name);
    }
  });
}
