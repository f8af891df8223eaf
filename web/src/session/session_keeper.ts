import { fetchOwnMode, fetchSession, logOut, type CurrentSession, type Token } from "../api/account";
import { onRejectedToken } from "../api/client";
import { asApiError } from "../api/error";
import { navigate, redirect } from "../app/route";
import { setBusiness } from "../lib/business";
import { asString, persistedValue } from "../lib/persisted";
import { createStore } from "../lib/store";
import { flushOutbox } from "../staff/outbox/sender";
import { persistDeviceMark } from "./device_marks";
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
  pinOwnServer,
  type Account,
  type Session,
} from "./session";

/** The account whose session expired while the page was in use; the page waits for it to sign in again. */
export const expiredAccountStore = createStore<Account | null>(null);

/** The error of the session's first request; null once the session is known. */
export const sessionFailureStore = createStore<ReturnType<typeof asApiError> | null>(null);

const recheckAfterMs = 300_000;
/** The time of the last request for the session, in ms since 1970; null before the first. */
let requestedAt: number | null = null;

function asSession({ mode, account, device, needs_administrator }: CurrentSession): Session {
  return { mode, account, device, needs_administrator };
}

// The customers' data in this browser belongs to this account, also after its session has expired.
const lastAccount = () => persistedValue("local", `hss-last-account${apiBaseStore.get()}`, asString);

const demo: Session = { mode: "demo", account: null, device: null, needs_administrator: false };
const signedOut = (): Session => ({ ...demo, mode: "accounts" });

/** Loads the session. An answer is dropped where another server or token is in use by then. */
export async function refreshSession(): Promise<void> {
  const base = apiBaseStore.get();
  const token = currentToken();
  const isFirst = requestedAt === null;
  requestedAt = Date.now();
  let session: Session;
  try {
    const answer = await fetchSession(token);
    if (apiBaseStore.get() === base) setBusiness(answer.business);
    session = asSession(answer);
  } catch (error) {
    const failure = asApiError(error);
    if (apiBaseStore.get() !== base) return;
    // An older server has no accounts.
    if (failure.status === 404) setSession(demo);
    else if (!sessionStore.get()) sessionFailureStore.set(failure);
    return;
  }
  if (apiBaseStore.get() !== base || currentToken() !== token) return;
  sessionFailureStore.set(null);
  await applySession(session, isFirst);
}

async function applySession(session: Session, isFirst: boolean): Promise<void> {
  const before = sessionStore.get();
  const hasExpired = session.mode === "accounts" && session.account === null && before?.account;
  if (before?.device && session.mode === "accounts" && !session.account) {
    persistPerson(null);
    if (hasExpired) showBoard();
    if (session.device) setSession(session);
    // The account's session expired. The screen's own token decides whether it is still shared.
    else if (hasExpired) {
      setSession({ ...before, account: null });
      await refreshSession();
    } else removeDevice();
  } else if (hasExpired && !isFirst) expiredAccountStore.set(before.account);
  else {
    setSession(session);
    // The session expired while the page was closed.
    if (before?.account && !session.account) forgetCustomers();
  }
}

function removeDevice(): void {
  persistDevice(null);
  persistPerson(null);
  setSession(signedOut());
  forgetCustomers();
}

// The next person does not see the page that the last one had opened.
function showBoard(): void {
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
  expiredAccountStore.set(null);
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

function revoke(token: string | null): void {
  // Without a network the token expires later.
  if (token) logOut(token).catch(() => undefined);
}

let isLocking = false;

/** Locks this shared screen, once the last actions of the account are sent. */
export function lock(): void {
  if (isLocking) return;
  isLocking = true;
  void flushOutbox().then(() => {
    isLocking = false;
    lockNow();
  });
}

function lockNow(): void {
  const session = sessionStore.get();
  if (!session?.device || !session.account) return;
  const token = currentToken();
  persistPerson(null);
  setSession({ ...session, account: null });
  showBoard();
  revoke(token);
}

/** Turns this browser into a locked shared screen and signs the account out. */
export async function becomeDevice({ token }: Token): Promise<void> {
  const session = asSession(await fetchSession(token));
  if (!session.device) return;
  const own = currentToken();
  persistDevice({ token, device: session.device });
  persistOwn(null);
  setSession({ ...session, account: null });
  showBoard();
  revoke(own);
}

/** Signs out the account and the shared screen, and clears the customers' data. */
export function signOut(): void {
  const person = currentToken();
  persistPerson(null);
  const own = currentToken();
  persistDevice(null);
  persistOwn(null);
  lastAccount().write(null);
  expiredAccountStore.set(null);
  setSession(signedOut());
  forgetCustomers();
  resolveWaiting(false);
  revoke(person);
  if (own !== person) revoke(own);
  navigate("/sign-in");
}

type Resolve = (isSignedIn: boolean) => void;
let waiting: Resolve[] = [];

function resolveWaiting(isSignedIn: boolean): void {
  const resolved = waiting;
  waiting = [];
  for (const resolve of resolved) resolve(isSignedIn);
}

async function renewToken(rejected: string): Promise<boolean> {
  if (!hasAccounts()) return false;
  if (currentToken() === rejected && !expiredAccountStore.get()) await refreshSession();
  if (expiredAccountStore.get()) return new Promise((resolve) => waiting.push(resolve));
  const { account } = sessionStore.get() ?? {};
  return Boolean(account) && currentToken() !== rejected;
}

// Another tab of this browser has signed in or out, or started or ended a shared screen.
function followOtherTab(): void {
  const before = sessionStore.get()?.account;
  rereadSession();
  const after = sessionStore.get()?.account;
  if (before && before.id !== after?.id) forgetCustomers();
  expiredAccountStore.set(null);
  resolveWaiting(Boolean(after));
}

// The page of a server with accounts may use no other server.
async function checkOwnServer(): Promise<void> {
  const mode = await fetchOwnMode().catch(() => null);
  if (mode === "accounts") pinOwnServer();
}

/** Loads the session, now and whenever it may have changed. Called once. */
export function startSession(): void {
  onRejectedToken(renewToken);
  apiBaseStore.subscribe(() => {
    expiredAccountStore.set(null);
    rereadSession();
    void refreshSession();
  });
  window.addEventListener("storage", ({ key }) => {
    if (key === ownName() || key === deviceName()) followOtherTab();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() - (requestedAt ?? 0) > recheckAfterMs) void refreshSession();
  });
  if (apiBaseStore.get()) void checkOwnServer();
  void refreshSession();
}
