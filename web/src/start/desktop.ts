import { basePath } from "../lib/base";
import { asString, isRecord, persistedValue } from "../lib/persisted";

/** The business of this computer, as the program that was started from the desktop has it. */
export interface Business {
  /** absent: nobody has set it up. */
  state: "absent" | "starting" | "running" | "failed";
  /** Where its data are. */
  place: string;
  /** Where it is, with a slash at the end; empty unless it runs. */
  url: string;
  /** Why it failed, in a sentence. */
  problem: string;
  /** The port that another program has, where it should be; 0: none. */
  taken_port: number;
  /** Other devices reach it. */
  is_on_network: boolean;
  /** It runs, and people can sign in. */
  is_set_up: boolean;
}

export interface Desktop {
  version: string;
  log_file: string;
  /** Why the settings could not be used, in a sentence; else empty. */
  settings_problem: string;
  business: Business;
}

export type FailureKind =
  /** This tab has no key, or not one of the program that runs now. */
  | "no_key"
  /** This server was not started from the desktop. */
  | "not_here"
  /** It has ended. */
  | "no_connection"
  | "refused";

export class DesktopFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    message = "",
  ) {
    super(message);
  }
}

// Each tab has its own: the code of a link is good for one.
const token = persistedValue("session", "hss-desktop", asString);

const kinds: Record<number, FailureKind> = { 401: "no_key", 403: "no_key", 404: "not_here" };

async function ask(method: "GET" | "POST", path: string, body?: object): Promise<Record<string, unknown>> {
  const key = token.read();
  const headers: Record<string, string> = { Accept: "application/json" };
  if (key) headers["X-HSS-Desktop"] = key;
  if (body) headers["Content-Type"] = "application/json";
  const url = `${basePath}/api/v1/desktop${path}`;
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(url, { method, headers, body: body ? JSON.stringify(body) : null, cache: "no-store" });
    answer = await response.json();
  } catch {
    throw new DesktopFailure("no_connection");
  }
  if (response.ok && isRecord(answer)) return answer;
  const error = isRecord(answer) ? answer["error"] : null;
  const message = isRecord(error) ? asString(error["message"]) : null;
  throw new DesktopFailure(kinds[response.status] ?? "refused", message ?? "");
}

/** Takes the code of the link that opened this tab. */
export async function redeemCode(code: string): Promise<void> {
  token.write(asString((await ask("POST", "/token", { code }))["token"]));
}

export async function fetchDesktop(): Promise<Desktop> {
  return (await ask("GET", "")) as unknown as Desktop;
}

/** Starts the business if it does not run; the page to open. */
export async function openBusiness(): Promise<string> {
  return asString((await ask("POST", "/business"))["url"]) ?? "";
}

export async function stopHss(): Promise<void> {
  await ask("POST", "/stop");
  token.write(null);
}
