// Bundles each *.test.ts beside this file, as the pages are bundled, and runs it in a process of its own. What stands
// behind `--junit` names the file for a report.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const { values } = parseArgs({ options: { junit: { type: "string" } } });
const names = readdirSync(here).filter((name) => name.endsWith(".test.ts"));
const outdir = mkdtempSync(join(tmpdir(), "hss-web-tests-"));
try {
  await build({
    absWorkingDir: here,
    entryPoints: names,
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    target: "node18",
    format: "esm",
    sourcemap: "inline",
    jsx: "automatic",
    jsxImportSource: "preact",
    // Where the pages would have their script from.
    define: { "import.meta.url": '"http://localhost/app.js"' },
    logLevel: "warning",
  });
  const reporters = [["spec", "stdout"], ...(values.junit ? [["junit", resolve(values.junit)]] : [])];
  const options = reporters.flatMap(([name, to]) => [`--test-reporter=${name}`, `--test-reporter-destination=${to}`]);
  const bundles = names.map((name) => join(outdir, basename(name, ".ts") + ".mjs"));
  const { status } = spawnSync(process.execPath, ["--enable-source-maps", ...options, "--test", ...bundles], {
    stdio: "inherit",
    cwd: here,
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
