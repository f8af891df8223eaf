import { expect, type APIRequestContext } from "@playwright/test";
import { comingDate, type Customer } from "./booking_form";

export interface Seed extends Partial<Customer> {
  items?: readonly { type: string; name?: string }[];
  months?: number;
  address?: string;
  pickup_date?: string;
  pickup_window?: string;
}

function emailOf(name: string): string {
  return `${name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ".")
    .replace(/^\.|\.$/g, "")}@tuks.co.za`;
}

/** Books as somebody else's program would, and gives the reference. By default one box for a month: R 410. */
export async function seedBooking(request: APIRequestContext, url: string, seed: Seed = {}): Promise<string> {
  const name = seed.name ?? "Thandi Mokoena";
  const answer = await request.post(`${url}/api/v1/bookings`, {
    data: {
      customer_name: name,
      email: seed.email ?? emailOf(name),
      pickup_date: seed.pickup_date ?? comingDate(),
      pickup_window: seed.pickup_window ?? "11:00 – 14:00",
      address: seed.address ?? "12 Burnett Street, Hatfield",
      items: seed.items ?? [{ type: "box" }],
      pricing: { duration: seed.months ?? 1 },
    },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  const { booking_id } = (await answer.json()) as { booking_id: string };
  return booking_id;
}

/** Two boxes, one of them described, for two months. */
export function bookThroughApi(request: APIRequestContext, url: string, customer: Customer): Promise<string> {
  return seedBooking(request, url, { ...customer, months: 2, items: [{ type: "box" }, { type: "box", name: "Red, heavy" }] });
}

export async function seedStatus(request: APIRequestContext, url: string, id: string, status: string, reason?: string) {
  const answer = await request.patch(`${url}/api/v1/bookings/${id}/status`, {
    headers: { "X-HSS-Role": "staff" },
    data: reason ? { status, reason } : { status },
  });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** Approves and pays. */
export async function seedPayment(request: APIRequestContext, url: string, id: string, method = "card") {
  await seedStatus(request, url, id, "approved");
  const answer = await request.post(`${url}/api/v1/bookings/${id}/payment`, { data: { method } });
  expect(answer.status(), await answer.text()).toBe(200);
}
