import type { Page } from "@playwright/test";
import type { Accounts } from "./accounts";
import { fillBooking, requestButton, thandi } from "./booking_form";
import type { Visitor } from "./fixtures";
import type { ShownPage } from "./pages";

/** A page of accounts mode, and in whose browser it is seen. */
export interface AccountsPage extends ShownPage {
  as: Visitor | "device";
}

export const pin = "739152";
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

async function toAccountQuestion(page: Page): Promise<void> {
  await fillBooking(page, thandi);
  await requestButton(page).click();
  await page.getByRole("dialog").waitFor();
}

async function wrongly(page: Page): Promise<void> {
  await page.getByLabel("E-mail").fill("nobody@hss.example");
  await page.getByLabel("Password", { exact: true }).fill("wrong");
  await press(page, "Sign in");
  await page.getByRole("alert").waitFor();
}

async function toPin(page: Page): Promise<void> {
  await press(page, "Zanele Zulu");
  await page.keyboard.type("905173", { delay: 20 });
  await page.getByText("The PIN is not right").waitFor();
  await page.keyboard.type("90", { delay: 20 });
}

async function toPassword(page: Page): Promise<void> {
  await press(page, "Zanele Zulu");
  await press(page, "Sign in with your password");
  await press(page, "Unlock");
  await page.locator(".faults, [role=alert]").first().waitFor();
}

async function unlock(page: Page): Promise<void> {
  await press(page, "Zanele Zulu");
  await page.keyboard.type(pin, { delay: 20 });
  await page.getByText(/^Live, updated/).waitFor();
}

/** Every page that only accounts mode has, and the states of it that look different. Makes the people it needs. */
export async function accountsPages(accounts: Accounts): Promise<AccountsPage[]> {
  const staff = await accounts.get("staff");
  await accounts.get("customer");
  await accounts.addWithPin("Zanele Zulu", pin);
  await accounts.addWithPin("Johan van der Westhuizen", pin);
  const invitation = await accounts.invite("Sipho Dlamini", "staff");
  await accounts.disable("Johan van der Westhuizen");
  await accounts.deviceBrowser(60);
  return [
    { name: "sign-in", as: "nobody", path: "/sign-in" },
    { name: "sign-in-wrong", as: "nobody", path: "/sign-in", prepare: wrongly },
    { name: "sign-in-first", as: "nobody", path: "/booking" },
    { name: "register", as: "nobody", path: "/register" },
    { name: "welcome", as: "nobody", path: invitation },
    { name: "welcome-without-link", as: "nobody", path: "/welcome" },
    { name: "account-question", as: "nobody", path: "/", prepare: toAccountQuestion },
    { name: "own-bookings-empty", as: "customer", path: "/booking" },
    { name: "own-bookings-claim", as: "customer", path: "/booking", prepare: (page) => page.getByText("Did we book for you").click() },
    { name: "account-customer", as: "customer", path: "/account" },
    { name: "other-role", as: "customer", path: "/staff" },
    { name: "account-staff", as: "staff", path: "/account" },
    { name: "account-settings", as: "staff", path: "/settings" },
    { name: "account-menu", as: "staff", path: "/account", prepare: (page) => press(page, staff.account.name) },
    { name: "accounts", as: "admin", path: "/admin/accounts" },
    { name: "accounts-add", as: "admin", path: "/admin/accounts", prepare: (page) => press(page, "Add account") },
    { name: "accounts-change", as: "admin", path: "/admin/accounts", prepare: (page) => press(page, `Change ${staff.account.name}`) },
    { name: "accounts-audit", as: "admin", path: "/admin/audit" },
    { name: "locked", as: "device", path: "/staff" },
    { name: "pin-pad", as: "device", path: "/staff", prepare: toPin },
    { name: "password-unlock", as: "device", path: "/staff", prepare: toPassword },
    { name: "unlocked", as: "device", path: "/staff", prepare: unlock },
  ];
}
