// Bundles the UI into --outdir (default: dist beside this file). The same sources give the same bytes.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({ options: { outdir: { type: "string" } } });
const outdir = values.outdir ? resolve(values.outdir) : join(here, "dist");

// A build writes these names only, so anything else found in the folder is somebody else's.
const ours = /^(index\.html|icon\.svg|app-[0-9a-f]{16}\.(js|css))(\.gz|\.br)?$/;

async function bundle() {
  const license = readFileSync(join(here, "node_modules/preact/LICENSE"), "utf8").trim();
  const result = await build({
    absWorkingDir: here,
    entryPoints: { app: "src/main.tsx" },
    outdir: "out",
    write: false,
    bundle: true,
    minify: true,
    format: "iife",
    target: ["chrome90", "firefox90", "safari15"],
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "none",
    banner: { js: `/*! Contains Preact:\n${license}\n*/` },
    logLevel: "warning",
  });
  const text = (extension) => result.outputFiles.find((file) => file.path.endsWith(extension)).contents;
  return { js: Buffer.from(text(".js")), css: Buffer.from(text(".css")) };
}

function hashed(content, extension) {
  return `app-${createHash("sha256").update(content).digest("hex").slice(0, 16)}.${extension}`;
}

function gzip(content) {
  const packed = gzipSync(content, { level: 9 });
  // The header names the operating system that packed it; 255 is "unknown", the same everywhere.
  packed[9] = 255;
  return packed;
}

function brotli(content) {
  return brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
}

// Files that did not change keep their time, so that what embeds them is not rebuilt.
function writeChanged(path, content) {
  if (existsSync(path) && readFileSync(path).equals(content)) return;
  writeFileSync(path, content);
}

const { js, css } = await bundle();
const script = hashed(js, "js");
const style = hashed(css, "css");
const page = readFileSync(join(here, "index.html"), "utf8").replace("{{script}}", script).replace("{{style}}", style);
const files = new Map([
  ["index.html", Buffer.from(page)],
  ["icon.svg", readFileSync(join(here, "icon.svg"))],
  [script, js],
  [style, css],
]);

mkdirSync(outdir, { recursive: true });
const written = new Set();
for (const [name, content] of files) {
  for (const [suffix, bytes] of [["", content], [".gz", gzip(content)], [".br", brotli(content)]]) {
    writeChanged(join(outdir, name + suffix), bytes);
    written.add(name + suffix);
  }
  console.log(`${name}  ${content.length} bytes, gzip ${gzip(content).length}, brotli ${brotli(content).length}`);
}
for (const name of readdirSync(outdir)) {
  if (ours.test(name) && !written.has(name)) rmSync(join(outdir, name));
}
