import { roleLabels } from "../../session/role_labels";
import { roles, type Role } from "../../session/session";

const meanings: Record<Role, string> = {
  customer: "Books, pays, and sees their own bookings.",
  staff: "Works on the board, with every booking.",
  admin: "Sees everything, and manages accounts.",
};

export function RoleField({ role, onChange }: { role: Role; onChange: (role: Role) => void }) {
  return (
    <fieldset class="role-field">
      <legend class="label">Role</legend>
      <div class="choices">
        {roles.map((one) => (
          <label key={one} class="choice">
            <input type="radio" name="account-role" value={one} checked={one === role} onChange={() => onChange(one)} />
            <span>{roleLabels[one]}</span>
          </label>
        ))}
      </div>
      <p class="hint" role="status">
        {meanings[role]}
      </p>
    </fieldset>
  );
}
