import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
/** The program under test. */
export const executable = resolve(process.env["HSS_BIN"] ?? join(here, "../../build/release/hss"));
const databases = join(here, "../servers/database");

export interface Server {
  /** E.g. http://127.0.0.1:40123, without a slash at its end. */
  url: string;
  /** Its database file; empty where the program chose one, or has a server for it. */
  database: string;
  /** Accounts mode: where the first administrator begins, behind the URL; else empty. */
  link: string;
  stop(): Promise<void>;
}

export type Auth = "demo" | "accounts";

interface Start {
  auth?: Auth;
  /** Seconds until a shared screen locks. */
  lockAfter?: number;
  /** What it listens on. */
  host?: string;
  /** More of its command line. */
  more?: readonly string[];
}

/** Where a server has its data: what its command line and its environment say of them. */
interface Place {
  words: readonly string[];
  environment: NodeJS.ProcessEnv;
  remove(): void;
}

function newFile(): Place {
  const folder = mkdtempSync(join(tmpdir(), "hss-e2e-"));
  return {
    words: ["--db", join(folder, "hss.db")],
    environment: process.env,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** On the database server of tests/servers/run, under which the tests run then. */
function newDatabase(): Place {
  const name = `hss_${randomBytes(8).toString("hex")}`;
  const environment = { ...process.env, DB_NAME: name };
  execFileSync(databases, ["make", name]);
  execFileSync(executable, ["migrate"], { env: environment });
  return {
    words: [],
    environment,
    remove: () => execFileSync(databases, ["drop", name]),
  };
}

/** Starts `hss serve` on a new database and a free port. */
export async function startServer({ auth = "demo", lockAfter = 60, host = "127.0.0.1", more = [] }: Start = {}): Promise<Server> {
  const place = process.env["HSS_TEST_ENGINE"] ? newDatabase() : newFile();
  const server = await start(
    [...place.words, "--host", host, "--port", "0", "--no-open", "--auth", auth, "--kiosk-lock-after", String(lockAfter), ...more],
    auth,
    place.environment,
  );
  return {
    ...server,
    database: place.words[1] ?? "",
    async stop() {
      await server.stop();
      place.remove();
    },
  };
}

/** Starts `hss demo`, which fills a database of its own with example bookings. */
export function startDemo(): Promise<Server> {
  return start(["demo", "--port", "0", "--no-open"], "demo");
}

function start(args: readonly string[], auth: Auth, env = process.env): Promise<Server> {
  // Tests listen on this machine.
  const child = spawn(executable, [...args, "--allow-private-webhooks"], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const ended = new Promise<number | null>((done) => child.once("close", done));
  const stop = async () => {
    child.kill("SIGTERM");
    const code = await ended;
    // A sanitizer, for one, says what it found at the end.
    if (code !== 0) throw new Error(`${executable} ended with ${code}:\n${output.slice(-20_000)}`);
  };
  return new Promise((ready, fail) => {
    child.once("error", (error) => fail(new Error(`${executable} could not be started: ${error.message}`)));
    child.once("close", (code) => fail(new Error(`${executable} ended with ${code} before it listened:\n${output}`)));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const url = /https?:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      const link = /\/welcome#[\w-]{43}/.exec(output)?.[0] ?? "";
      if (url && (auth === "demo" || link)) ready({ url, database: "", link, stop });
    });
  });
}
