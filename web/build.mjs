// Bundles the UI into --outdir (default: dist beside this file). The same sources give the same bytes.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({ options: { outdir: { type: "string" } } });
const outdir = values.outdir ? resolve(values.outdir) : join(here, "dist");

// Where the build's own files lie: they carry a hash of their bytes, and those of an earlier build are removed.
const hashedName = /^[a-z_]+-[0-9A-Z]{8}\.(js|css)(\.gz|\.br)?$/;
const packedAlready = new Set([".png"]);

const { dependencies } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));

const shared = {
  absWorkingDir: here,
  outdir: "out",
  write: false,
  bundle: true,
  minify: true,
  target: ["chrome90", "firefox90", "safari15"],
  legalComments: "none",
  logLevel: "warning",
};

/** The licences of the packages in a file, which go with their code. */
function noticesOf(inputs) {
  return Object.keys(dependencies)
    .filter((name) => Object.keys(inputs).some((path) => path.startsWith(`node_modules/${name}/`)))
    .map((name) => `/*! Contains ${name}:\n${readFileSync(join(here, "node_modules", name, "LICENSE"), "utf8").trim()}\n*/\n`)
    .join("");
}

/**
 * A part that is fetched later has all of the first page at hand. Without a word of it, esbuild would divide the first
 * page itself by which of its modules each part uses.
 */
const laterParts = {
  name: "later-parts",
  setup({ onLoad }) {
    onLoad(
      {
        filter:
          /src\/(app\/back_office|account\/account_page|booking\/(booking|find_booking|receipt)_page|business\/document_page|network\/(sheet|trust)_page|(changing|photos)\/part|session\/welcome_page|shell\/settings_page|start\/start_page)\.tsx?$/,
      },
      ({ path }) => ({
        contents: `import "../app/main";\n${readFileSync(path, "utf8")}`,
        loader: "tsx",
      }),
    );
  },
};

/** The page's script in parts, as `import()` divides it, and its style: every file, and what the first page needs. */
async function bundlePage() {
  const { outputFiles, metafile } = await build({
    ...shared,
    entryPoints: { app: "src/app/main.tsx" },
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    format: "esm",
    splitting: true,
    metafile: true,
    plugins: [laterParts],
    jsx: "automatic",
    jsxImportSource: "preact",
  });
  const entry = Object.entries(metafile.outputs).find(([, output]) => output.entryPoint === "src/app/main.tsx");
  const [script, { cssBundle, imports }] = entry;
  return {
    // Each part would have the whole style once more.
    files: outputFiles
      .map((file) => [basename(file.path), file.contents])
      .filter(([name]) => name.endsWith(".js") || name === basename(cssBundle))
      .map(([name, contents]) => [name, Buffer.concat([Buffer.from(noticesOf(metafile.outputs[`out/${name}`].inputs)), contents])]),
    script: basename(script),
    style: basename(cssBundle),
    parts: imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => basename(path)),
  };
}

/** The worker carries the names of the page's files; with another bundle it is another worker. */
async function bundleWorker(version, files) {
  const { outputFiles } = await build({
    ...shared,
    entryPoints: { sw: "worker/service_worker.ts" },
    format: "iife",
    define: { bundle: JSON.stringify({ version, files }) },
  });
  return Buffer.from(outputFiles[0].contents);
}

function hash(content) {
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
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

const { files: bundled, script, style, parts } = await bundlePage();
// In the page itself, so that the first load does not wait for it.
const icon = `data:image/svg+xml;base64,${readFileSync(join(here, "static/icon.svg")).toString("base64")}`;
const page = Buffer.from(
  readFileSync(join(here, "index.html"), "utf8")
    .replace("{{icon}}", icon)
    .replace("{{script}}", script)
    .replace("{{style}}", style)
    .replace("{{parts}}", parts.map((name) => `<link rel="modulepreload" href="/${name}">`).join("")),
);
const files = new Map([["index.html", page], ...bundled]);
for (const name of readdirSync(join(here, "static"))) files.set(name, readFileSync(join(here, "static", name)));
const kept = [...bundled.map(([name]) => name), "icon.svg", "manifest.webmanifest"];
files.set(
  "sw.js",
  await bundleWorker(
    hash(Buffer.concat(kept.map((name) => files.get(name)).concat(page))),
    kept.map((name) => `/${name}`),
  ),
);

mkdirSync(outdir, { recursive: true });
const written = new Set();
for (const [name, content] of files) {
  const packed = packedAlready.has(extname(name))
    ? []
    : [
        [".gz", gzip(content)],
        [".br", brotli(content)],
      ];
  const forms = [["", content], ...packed.filter(([, bytes]) => bytes.length < content.length)];
  for (const [suffix, bytes] of forms) {
    writeChanged(join(outdir, name + suffix), bytes);
    written.add(name + suffix);
  }
  console.log(`${name}  ${forms.map(([suffix, bytes]) => `${bytes.length} ${suffix || "bytes"}`).join(", ")}`);
}
for (const name of readdirSync(outdir)) {
  if (hashedName.test(name) && !written.has(name)) rmSync(join(outdir, name));
}
