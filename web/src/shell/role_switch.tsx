import { navigate, roleHome } from "../app/route";
import { playRole, roles, type Role } from "../session/session";

const labels: Record<Role, string> = { customer: "Customer", staff: "Staff", admin: "Admin" };

/** Demo mode: chooses the role to play. Each role starts on its own first page. */
export function RoleSwitch({ role }: { role: Role }) {
  return (
    <div class="role-switch">
      <label for="role">View as</label>
      <select
        id="role"
        value={role}
        onChange={({ currentTarget }) => {
          const chosen = roles.find((one) => one === currentTarget.value) ?? "customer";
          playRole(chosen);
          navigate(roleHome[chosen]);
        }}
      >
        {roles.map((one) => (
          <option key={one} value={one}>
            {labels[one]}
          </option>
        ))}
      </select>
    </div>
  );
}
