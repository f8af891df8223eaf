import type { Server } from "./server";

export type Role = "customer" | "staff" | "admin";

export interface Person {
  id: string;
  name: string;
  email: string;
  role: Role;
}

/** Somebody who is signed in, with what they know. */
export interface SignedIn {
  token: string;
  account: Person;
  password: string;
}

const names: Record<Role, string> = { customer: "Thandi Mokoena", staff: "Aisha Patel", admin: "Lerato Nkosi" };
const password = "three blue suitcases";

export function emailOf(name: string): string {
  return `${name.toLowerCase().replace(/\W+/g, ".")}@hss.example`;
}

/** The people of a server in accounts mode, made as its own pages make them. */
export class Accounts {
  private readonly known = new Map<Role, Promise<SignedIn>>();

  constructor(private readonly server: Server) {}

  /** One of each role, made when first asked for. */
  get(role: Role): Promise<SignedIn> {
    const known = this.known.get(role) ?? this.make(role);
    this.known.set(role, known);
    return known;
  }

  private make(role: Role): Promise<SignedIn> {
    if (role === "admin") return this.begin();
    return role === "staff" ? this.add(names.staff, role) : this.register(names.customer);
  }

  private async begin(): Promise<SignedIn> {
    const body = { link_token: this.server.link.split("#")[1], name: names.admin, email: emailOf(names.admin), password };
    return this.signedIn(await this.send("POST", "/auth/link", body));
  }

  async register(name: string): Promise<SignedIn> {
    return this.signedIn(await this.send("POST", "/auth/register", { name, email: emailOf(name), password }));
  }

  /** The path of the link that is handed over to a new account. */
  async invite(name: string, role: Role): Promise<string> {
    const { token } = await this.get("admin");
    const { link } = await this.send("POST", "/admin/accounts", { name, email: emailOf(name), role }, token);
    return String(link);
  }

  async add(name: string, role: Role): Promise<SignedIn> {
    const link = await this.invite(name, role);
    return this.signedIn(await this.send("POST", "/auth/link", { link_token: link.split("#")[1], password }));
  }

  /** A member of staff who unlocks shared screens with `pin`. */
  async addWithPin(name: string, pin: string): Promise<SignedIn> {
    const person = await this.add(name, "staff");
    await this.setPin(person, pin);
    return person;
  }

  async setPin(person: SignedIn, pin: string): Promise<void> {
    await this.send("POST", "/auth/pin", { password: person.password, pin }, person.token);
  }

  /** Ends the session of a token from elsewhere. */
  async end(token: string): Promise<void> {
    await this.send("POST", "/auth/logout", undefined, token);
  }

  async disable(name: string): Promise<void> {
    const { token } = await this.get("admin");
    const { accounts } = await this.send("GET", "/admin/accounts", undefined, token);
    const id = (accounts as Person[]).find((account) => account.name === name)?.id ?? "";
    await this.send("PATCH", `/admin/accounts/${id}`, { enabled: false }, token);
  }

  async bookings(token: string): Promise<{ id: string; status: string }[]> {
    return (await this.send("GET", "/bookings", undefined, token))["bookings"] as { id: string; status: string }[];
  }

  /** What a browser keeps in which somebody of this role is signed in. */
  async browserOf(role: Role) {
    return this.browserWith(await this.get(role));
  }

  browserWith({ token, account }: SignedIn) {
    const kept = { "hss-mode": "accounts", "hss-login": { token, account } };
    const localStorage = Object.entries(kept).map(([name, value]) => ({ name, value: JSON.stringify(value) }));
    return { cookies: [], origins: [{ origin: this.server.url, localStorage }] };
  }

  /** What a browser keeps that is a shared screen. */
  async deviceBrowser(lockAfter: number) {
    const { token } = await this.send("POST", "/kiosk/device", { device: "Storage hall" }, (await this.get("admin")).token);
    const kept = { "hss-mode": "accounts", "hss-device": { token, device: { name: "Storage hall", lock_after_seconds: lockAfter } } };
    const localStorage = Object.entries(kept).map(([name, value]) => ({ name, value: JSON.stringify(value) }));
    return { cookies: [], origins: [{ origin: this.server.url, localStorage }] };
  }

  private async signedIn({ token }: Record<string, unknown>): Promise<SignedIn> {
    const session = await this.send("GET", "/auth/session", undefined, String(token));
    return { token: String(token), account: session["account"] as Person, password };
  }

  private async send(method: string, path: string, body: object | undefined, token?: string): Promise<Record<string, unknown>> {
    const answer = await fetch(`${this.server.url}/api/v1${path}`, {
      method,
      headers: { ...(body && { "Content-Type": "application/json" }), ...(token && { Authorization: `Bearer ${token}` }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as Record<string, unknown>;
  }
}
