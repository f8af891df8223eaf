import type { APIRequestContext } from "@playwright/test";
import { comingDate } from "./booking_form";
import { expect } from "./fixtures";
import { seedBooking } from "./seeded_booking";

export type Step = "approve" | "pay" | "paid" | "collected" | "in_storage" | "returned" | "declined" | "cancelled" | "submitted";

const asStaff = { "X-HSS-Role": "staff" };

interface Event {
  event_type: string;
  booking_id: string;
  actor: string;
  payload: { from?: string; to?: string };
}

function wordsOf({ event_type, payload }: Event): string {
  if (event_type === "payment_captured") return "paid";
  return event_type === "status_updated" ? `${payload.from} -> ${payload.to}` : event_type;
}

/** The server as another program sees it, to set the scene and to look at what came of it. */
export class BookingsApi {
  constructor(
    private readonly request: APIRequestContext,
    private readonly url: string,
  ) {}

  /** Books one box in the customer's name and gives the reference. */
  book(name: string, pickupDate = comingDate()): Promise<string> {
    return seedBooking(this.request, this.url, { name, pickup_date: pickupDate });
  }

  async take(id: string, ...steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      const booking = `${this.url}/api/v1/bookings/${id}`;
      const answer =
        step === "approve"
          ? await this.request.post(`${this.url}/api/v1/staff/bookings/${id}/approve`, { headers: asStaff })
          : step === "pay"
            ? await this.request.post(`${booking}/payment`, { data: { method: "cash" } })
            : await this.request.patch(`${booking}/status`, { headers: asStaff, data: { status: step, reason: "Set by the test" } });
      expect(answer.status()).toBe(200);
    }
  }

  async status(id: string): Promise<string> {
    const answer = await this.request.get(`${this.url}/api/v1/bookings/${id}`);
    return ((await answer.json()) as { status: string }).status;
  }

  /** What changed since the bookings were made, oldest first, e.g. "HSS-… paid -> collected". */
  async changes(): Promise<string[]> {
    const events = (await this.events()).filter(({ event_type }) => event_type === "status_updated" || event_type === "payment_captured");
    return events.map((event) => `${event.booking_id} ${wordsOf(event)}`);
  }

  /** All that was done to a booking and by which account, oldest first, e.g. what: "paid -> collected", or "failed_trip". */
  async eventsOf(id: string): Promise<{ what: string; actor: string }[]> {
    const events = (await this.events()).filter(({ booking_id }) => booking_id === id);
    return events.map((event) => ({ what: wordsOf(event), actor: event.actor }));
  }

  private async events(): Promise<Event[]> {
    const answer = await this.request.get(`${this.url}/api/v1/audit?limit=200`, { headers: asStaff });
    return ((await answer.json()) as { events: Event[] }).events.reverse();
  }
}
