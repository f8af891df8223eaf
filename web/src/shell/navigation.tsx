import type { Role } from "../session";

interface Destination {
  href: string;
  label: string;
}

const book = { href: "/", label: "Book a pickup" };
const find = { href: "/booking", label: "Find a booking" };
const queue = { href: "/staff", label: "Queue" };

const destinations: Record<Role, Destination[]> = {
  customer: [book, { ...find, label: "My booking" }],
  staff: [queue, find, { href: "/admin/audit", label: "Audit" }],
  admin: [
    { href: "/admin", label: "Overview" },
    { href: "/admin/bookings", label: "Bookings" },
    { href: "/admin/audit", label: "Audit" },
    queue,
  ],
};

/** The destination that is shown, or from which the page shown was reached. */
function currentOf(path: string, shown: readonly Destination[]): Destination | undefined {
  const leadsTo = ({ href }: Destination) => path.startsWith(href === "/" ? "/book/" : `${href}/`);
  return shown.find(({ href }) => href === path) ?? shown.find(leadsTo);
}

export function Navigation({ path, role }: { path: string; role: Role }) {
  const shown = destinations[role];
  const current = currentOf(path, shown);
  return (
    <nav class="navigation" aria-label="Main">
      <ul>
        {shown.map((destination) => (
          <li key={destination.href}>
            <a
              href={destination.href}
              aria-current={destination !== current ? undefined : destination.href === path ? "page" : "true"}
            >
              {destination.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
