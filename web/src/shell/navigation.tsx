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

/** Whether the page at `path` is one of those that `href` leads on to. */
function isWithin(path: string, href: string): boolean {
  return path.startsWith(href === "/" ? "/book/" : `${href}/`);
}

export function Navigation({ path, role }: { path: string; role: Role }) {
  return (
    <nav class="navigation" aria-label="Main">
      <ul>
        {destinations[role].map(({ href, label }) => (
          <li key={href}>
            <a href={href} aria-current={path === href ? "page" : isWithin(path, href) ? "true" : undefined}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
