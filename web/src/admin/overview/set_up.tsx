import { fetchAccounts } from "../../api/account";
import { fetchBusiness } from "../../api/business";
import { fetchCalendar } from "../../api/calendar";
import { Icon } from "../../controls/icon";
import { useQuery } from "../../live/query";
import { hasAccounts, isShared, sessionStore } from "../../session/session";

interface Step {
  isDone: boolean;
  href: string;
  label: string;
  /** What comes of it, or of leaving it as it is. */
  because: string;
}

/** More accounts than these are those of a business that has begun. */
const firstAccounts = 50;

async function hasStaff(signal: AbortSignal): Promise<boolean> {
  const own = sessionStore.get()?.account?.id;
  const { accounts, next_cursor } = await fetchAccounts(null, firstAccounts, signal);
  return next_cursor !== null || accounts.some(({ id, role }) => id !== own && role !== "customer");
}

/** None once customers know whom they book with, and when they can. */
async function fetchSteps(signal: AbortSignal): Promise<Step[]> {
  const [business, calendar] = await Promise.all([fetchBusiness(signal), fetchCalendar(signal)]);
  const contact: Step = {
    isDone: [business.phone, business.whatsapp, business.email].some((way) => way !== ""),
    href: "/admin/business",
    label: "Say who you are, and how customers reach you",
    because: "Until then no page and no receipt tells how to reach you.",
  };
  const windows: Step = {
    isDone: calendar.version > 0,
    href: "/admin/calendar",
    label: "Say when you come, and how many stops you can make",
    because: "Until then any number of customers can book any day, also Sundays and Christmas.",
  };
  if (contact.isDone && windows.isDone) return [];
  const staff: Step = {
    isDone: await hasStaff(signal),
    href: "/admin/accounts",
    label: "Give those who work with you accounts of their own",
    because: "Then the audit trail says who did what. Leave it if you work alone.",
  };
  return [contact, windows, staff];
}

/** Leads an owner through what a business needs before its first customer books. Whoever works alone needs no other accounts. */
export function SetUp() {
  return hasAccounts() && !isShared() ? <SetUpSteps /> : null;
}

function SetUpSteps() {
  const { data: steps } = useQuery(fetchSteps, []);
  if (!steps || steps.length === 0) return null;
  return (
    <section class="card stack" aria-labelledby="set-up-title">
      <h2 id="set-up-title">Before customers book</h2>
      <ol class="set-up">
        {steps.map((step) => (
          <SetUpStep key={step.href} step={step} />
        ))}
      </ol>
    </section>
  );
}

function SetUpStep({ step: { isDone, href, label, because } }: { step: Step }) {
  return (
    <li class={isDone ? "set-up-done" : ""}>
      <Icon name={isDone ? "check" : "warning"} />
      <div>
        <a href={href}>{label}</a>
        <p class="hint">{isDone ? "Done" : because}</p>
      </div>
    </li>
  );
}
