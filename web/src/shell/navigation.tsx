import type { Role } from "../session";

interface Destination {
  href: string;
  label: string;
}

const book = { href: "/", label: "Book a pickup" };
const find = { href: "/booking", label: "Find a booking" };
const board = { href: "/staff", label: "Board" };

const destinations: Record<Role, Destination[]> = {
  customer: [book, find],
  staff: [board, find, { href: "/admin/audit", label: "Audit" }],
  admin: [
    { href: "/admin", label: "Overview" },
    { href: "/admin/bookings", label: "Bookings" },
    { href: "/admin/audit", label: "Audit" },
    board,
  ],
};

export function Navigation({ path, role }: { path: string; role: Role }) {
  return (
    <nav class="navigation" aria-label="Main">
      <ul>
        {destinations[role].map(({ href, label }) => (
          <li key={href}>
            <a href={href} aria-current={path === href ? "page" : undefined}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
