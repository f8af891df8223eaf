import { fetchOwnMode, fetchSession, logOut, type CurrentSession, type Token } from "../api/account";
import { onRejectedToken } from "../api/client";
import { asApiError } from "../api/error";
import { asString, persistedValue } from "../lib/persisted";
import { navigate, redirect } from "../app/route";
import {
  apiBaseStore,
  currentToken,
  deviceName,
  forgetCustomers,
  hasAccounts,
  persistDevice,
  persistOwn,
  persistPerson,
  ownName,
  rereadSession,
  sessionStore,
  setSession,
  stayWithOwnServer,
  type Account,
  type Session,
} from "./session";
import { sendHeld } from "../staff/outbox/sender";
import { signal } from "@preact/signals";
import { persistDeviceMark } from "./device_marks";
import { onChange } from "../lib/on_change";

/** Whose session has ended while the page was in use; the page waits for them to sign in again. */
export const endedStore = signal<Account | null>(null);

/** Why the server could not be asked who is signed in, as long as nothing is known of it. */
export const sessionFailureStore = signal<ReturnType<typeof asApiError> | null>(null);

const longSleepMs = 300_000;
/** In ms since 1970; null until the first time. */
let askedAt: number | null = null;

function asSession({ mode, account, device, needs_administrator }: CurrentSession): Session {
  return { mode, account, device, needs_administrator };
}

// What is kept of customers is for whoever saw it, also when their session had ended by itself.
const lastAccount = () => persistedValue("local", `hss-last-account${apiBaseStore.value}`, asString);

const demo: Session = { mode: "demo", account: null, device: null, needs_administrator: false };
const nobody = (): Session => ({ ...demo, mode: "accounts" });

/** Asks who is signed in, for as long as the same server and token are in use. */
export async function refreshSession(): Promise<void> {
  const base = apiBaseStore.value;
  const token = currentToken();
  const isFirst = askedAt === null;
  askedAt = Date.now();
  let session: Session;
  try {
    session = asSession(await fetchSession(token));
  } catch (error) {
    const failure = asApiError(error);
    if (apiBaseStore.value !== base) return;
    // A server from before there were accounts.
    if (failure.status === 404) setSession(demo);
    else if (!sessionStore.value) sessionFailureStore.value = failure;
    return;
  }
  if (apiBaseStore.value !== base || currentToken() !== token) return;
  sessionFailureStore.value = null;
  await takeOver(session, isFirst);
}

async function takeOver(session: Session, isFirst: boolean): Promise<void> {
  const before = sessionStore.value;
  const isEnd = session.mode === "accounts" && session.account === null && before?.account;
  if (before?.device && session.mode === "accounts" && !session.account) {
    persistPerson(null);
    if (isEnd) closePages();
    if (session.device) setSession(session);
    // The person's session ended; whether the screen still is one, its own token tells.
    else if (isEnd) {
      setSession({ ...before, account: null });
      await refreshSession();
    } else giveUpDevice();
  } else if (isEnd && !isFirst) endedStore.value = before.account;
  else {
    setSession(session);
    // It had ended while the page was closed.
    if (before?.account && !session.account) forgetCustomers();
  }
}

function giveUpDevice(): void {
  persistDevice(null);
  persistPerson(null);
  setSession(nobody());
  forgetCustomers();
}

// What was open was the business of whoever had opened it.
function closePages(): void {
  redirect("/staff");
}

/** Signs in with a token just given. */
export async function signInWith({ token, device_mark }: Token): Promise<Account | null> {
  const session = asSession(await fetchSession(token));
  const { account } = session;
  if (!account) return null;
  if (device_mark) persistDeviceMark(account.email, device_mark);
  persistOwn({ token, account });
  const last = lastAccount();
  if ((last.read() ?? account.id) !== account.id) forgetCustomers();
  last.write(account.id);
  setSession(session);
  endedStore.value = null;
  resolveWaiting(true);
  return account;
}

/** Unlocks this shared screen for the person of a token. */
export async function unlockWith({ token }: Token): Promise<void> {
  const session = asSession(await fetchSession(token));
  if (!session.account) return;
  persistPerson({ token, account: session.account });
  setSession(session);
}

function end(token: string | null): void {
  // Without a network the token ends by itself.
  if (token) logOut(token).catch(() => undefined);
}

let isLocking = false;

/** Locks this shared screen, after what whoever leaves has just done has gone out. */
export function lock(): void {
  if (isLocking) return;
  isLocking = true;
  void sendHeld().then(() => {
    isLocking = false;
    lockNow();
  });
}

function lockNow(): void {
  const session = sessionStore.value;
  if (!session?.device || !session.account) return;
  const token = currentToken();
  persistPerson(null);
  setSession({ ...session, account: null });
  closePages();
  end(token);
}

/** Turns this browser into a shared screen, locked, and signs out who did it. */
export async function becomeDevice({ token }: Token): Promise<void> {
  const session = asSession(await fetchSession(token));
  if (!session.device) return;
  const own = currentToken();
  persistDevice({ token, device: session.device });
  persistOwn(null);
  setSession({ ...session, account: null });
  closePages();
  end(own);
}

/** Makes this browser nobody's again: no shared screen, nobody signed in, nothing kept of customers. */
export function signOut(): void {
  const person = currentToken();
  persistPerson(null);
  const own = currentToken();
  persistDevice(null);
  persistOwn(null);
  lastAccount().write(null);
  endedStore.value = null;
  setSession(nobody());
  forgetCustomers();
  resolveWaiting(false);
  end(person);
  if (own !== person) end(own);
  navigate("/sign-in");
}

type Resolve = (isSignedIn: boolean) => void;
let waiting: Resolve[] = [];

function resolveWaiting(isSignedIn: boolean): void {
  const resolved = waiting;
  waiting = [];
  for (const go of resolved) go(isSignedIn);
}

async function renewed(rejected: string): Promise<boolean> {
  if (!hasAccounts()) return false;
  if (currentToken() === rejected && !endedStore.value) await refreshSession();
  if (endedStore.value) return new Promise((go) => waiting.push(go));
  const { account } = sessionStore.value ?? {};
  return Boolean(account) && currentToken() !== rejected;
}

// Another tab of this browser has signed in or out, or set up or given up a shared screen.
function followOtherTab(): void {
  const before = sessionStore.value?.account;
  rereadSession();
  const after = sessionStore.value?.account;
  if (before && before.id !== after?.id) forgetCustomers();
  endedStore.value = null;
  resolveWaiting(Boolean(after));
}

// Its page may ask no other server, so what was kept of another is of no use.
async function lookHome(): Promise<void> {
  const mode = await fetchOwnMode().catch(() => null);
  if (mode === "accounts") stayWithOwnServer();
}

/** Asks who is signed in, now and whenever it may have changed. Called once. */
export function startSession(): void {
  onRejectedToken(renewed);
  onChange(apiBaseStore, () => {
    endedStore.value = null;
    rereadSession();
    void refreshSession();
  });
  window.addEventListener("storage", ({ key }) => {
    if (key === ownName() || key === deviceName()) followOtherTab();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() - (askedAt ?? 0) > longSleepMs) void refreshSession();
  });
  if (apiBaseStore.value) void lookHome();
  void refreshSession();
}
