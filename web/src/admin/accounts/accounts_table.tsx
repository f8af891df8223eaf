import type { Account } from "../../api/account";
import { Breakable } from "../../controls/breakable";
import { Button } from "../../controls/button";
import { formatMoment } from "../../lib/time";
import { roleLabels } from "../../session/role_labels";

interface AccountsTableProps {
  accounts: readonly Account[];
  isStale: boolean;
  onOpen: (account: Account) => void;
}

export function AccountsTable({ accounts, isStale, onOpen }: AccountsTableProps) {
  return (
    <table class="table accounts-table" aria-label="Accounts" aria-busy={isStale}>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Role</th>
          <th scope="col">State</th>
          <th scope="col">Made</th>
          <th scope="col">
            <span class="visually-hidden">Change</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <tr key={account.id} class={account.enabled ? "" : "account-disabled"}>
            <th scope="row">
              <span class="two-lines">
                <span>{account.name}</span>
                <span class="hint">
                  <Breakable text={account.email} />
                </span>
              </span>
            </th>
            <td data-label="Role">{roleLabels[account.role]}</td>
            <td data-label="State">{stateOf(account)}</td>
            <td data-label="Made">{formatMoment(account.created_at)}</td>
            <td class="accounts-action">
              <Button label={`Change ${account.name}`} onPress={() => onOpen(account)}>
                Change
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function stateOf({ enabled, has_password, has_pin }: Account): string {
  if (!enabled) return "Disabled";
  if (!has_password) return "Has no password yet";
  return has_pin ? "Active, with PIN" : "Active";
}
