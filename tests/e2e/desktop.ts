import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { executable } from "./server";

/** An HSS that somebody has started by a double-click, with a browser that only notes what it is given. */
export interface DesktopHss {
  /** What the browser was told to open. */
  link: string;
  /** Without a slash at its end. */
  url: string;
  database: string;
  /** What it ended with, once it has. */
  ended: Promise<number | null>;
  /** The next link, of one more double-click. */
  doubleClick(): Promise<string>;
  remove(): Promise<void>;
}

interface Start {
  /** What the database file has before the start. */
  database?: string;
  variables?: Record<string, string>;
}

/** Starts `hss` without arguments and without a terminal, in a home of its own. */
export async function startDesktop({ database = "", variables = {} }: Start = {}): Promise<DesktopHss> {
  const folder = mkdtempSync(join(tmpdir(), "hss-desktop-"));
  const opened = join(folder, "opened");
  const file = join(folder, ".local/share/hss/hss.db");
  if (database) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, database);
  }
  const opener = join(folder, "xdg-open");
  writeFileSync(opener, `#!/bin/sh\necho "$*" >>"${opened}"\n`);
  chmodSync(opener, 0o755);
  const start = () => {
    const child = spawn(executable, [], {
      env: { HOME: folder, PATH: folder, DISPLAY: ":77", HSS_PORT: "0", ...variables },
      stdio: "ignore",
    });
    return { child, ended: new Promise<number | null>((done) => child.once("close", done)) };
  };
  const links = () => (existsSync(opened) ? readFileSync(opened, "utf8").split("\n").filter(Boolean) : []);
  const nextLink = async (count: number) => {
    while (links().length < count) await new Promise((done) => setTimeout(done, 20));
    return links()[count - 1] ?? "";
  };
  const { child, ended } = start();
  const link = await Promise.race([
    nextLink(1),
    ended.then((code) => {
      throw new Error(`HSS ended with ${code} before it opened a page`);
    }),
  ]);
  return {
    link,
    url: new URL(link).origin,
    database: file,
    ended,
    async doubleClick() {
      const before = links().length;
      await start().ended;
      return nextLink(before + 1);
    },
    async remove() {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
