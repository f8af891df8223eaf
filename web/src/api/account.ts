import { currentToken } from "../session/session";
import { send, type Schema } from "./client";

export type Account = Schema["Account"];
export type AccountPage = Schema["AccountPage"];
export type NewAccount = Schema["NewAccount"];
export type AccountChange = Schema["AccountChange"];
export type CurrentSession = Schema["CurrentSession"];
/** `device_mark` identifies this browser at its next login. */
export type Token = Schema["Session"];
export type ChangedAccount = Schema["ChangedAccountAnswer"];
export type DevicePerson = Schema["DevicePeople"]["people"][number];

/** Fetches the session of `token`; by default that of the one in use. */
export function fetchSession(token: string | null = currentToken()): Promise<CurrentSession> {
  return send("get", "/api/v1/auth/session", { token, isOfSession: true });
}

/** Fetches the mode of the server that this page came from, whichever server is in use. */
export async function fetchOwnMode(): Promise<CurrentSession["mode"]> {
  return (await send("get", "/api/v1/auth/session", { base: "", token: null, isOfSession: true })).mode;
}

/** `device_mark` is what an earlier login of this e-mail gave this browser. */
export function logIn(email: string, password: string, device_mark: string | null): Promise<Token> {
  return send("post", "/api/v1/auth/login", { body: { email, password, ...(device_mark && { device_mark }) }, token: null });
}

/** Signs in to an account that exists already, where the password is right; `device_mark` is as for logging in. */
export function register(person: Schema["RegistrationRequest"], device_mark: string | null): Promise<Token> {
  return send("post", "/api/v1/auth/register", { body: { ...person, ...(device_mark && { device_mark }) }, token: null });
}

export function applyLink(body: Schema["LinkUse"]): Promise<Token> {
  return send("post", "/api/v1/auth/link", { body, token: null });
}

/** Ends `token`, which may no longer be the one in use. */
export function logOut(token: string): Promise<unknown> {
  return send("post", "/api/v1/auth/logout", { token, isOfSession: true });
}

export function changePassword(current_password: string, new_password: string): Promise<Token> {
  return send("post", "/api/v1/auth/password", { body: { current_password, new_password } });
}

/** Null takes the PIN away. */
export function changePin(password: string, pin: string | null): Promise<Account> {
  return send("post", "/api/v1/auth/pin", { body: { password, pin } });
}

export function openDevice(device: string): Promise<Token> {
  return send("post", "/api/v1/kiosk/device", { body: { device } });
}

export async function fetchDevicePeople(signal?: AbortSignal): Promise<readonly DevicePerson[]> {
  return (await send("get", "/api/v1/kiosk/people", { signal })).people;
}

/** Unlocks a shared screen by PIN or by password. */
export function unlockDevice(account_id: string, proof: { pin: string } | { password: string }): Promise<Token> {
  return send("post", "/api/v1/kiosk/unlock", { body: { account_id, ...proof } });
}

export function fetchAccounts(cursor: string | null, limit: number, signal?: AbortSignal): Promise<AccountPage> {
  return send("get", "/api/v1/admin/accounts", { query: { cursor, limit }, signal });
}

export function createAccount(body: NewAccount): Promise<Schema["NewAccountAnswer"]> {
  return send("post", "/api/v1/admin/accounts", { body });
}

/** The answer has a link where the change took the password and the PIN away. */
export function changeAccount(id: string, body: AccountChange): Promise<ChangedAccount> {
  return send("patch", "/api/v1/admin/accounts/{id}", { path: { id }, body });
}

export function createAccountLink(id: string): Promise<Schema["AccountLink"]> {
  return send("post", "/api/v1/admin/accounts/{id}/link", { path: { id } });
}
