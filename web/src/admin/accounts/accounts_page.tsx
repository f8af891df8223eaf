import { useState } from "preact/hooks";
import { fetchAccounts, type Account } from "../../api/account";
import { Button } from "../../controls/button";
import { Freshness } from "../../controls/freshness";
import { Loading } from "../../controls/loading";
import { Page } from "../../controls/page";
import { useListPage } from "../list_pages";
import { LoadFailure } from "../load_failure";
import { Pager } from "../pager";
import { AccountsTable } from "./accounts_table";
import { AddAccountDialog } from "./add_account";
import { ChangeAccountDialog } from "./change_account";
import { Kiosks } from "./kiosks";

const pageSize = 50;

export function AccountsPage() {
  const { location, result, page, isStale, failed } = useListPage((query, signal) => fetchAccounts(query.get("cursor"), pageSize, signal));
  const [isAdding, setAdding] = useState(false);
  const [opened, setOpened] = useState<Account | null>(null);
  const refresh = () => void result.refresh();
  return (
    <Page title="Accounts" lead={<Freshness query={result} />}>
      <div class="table-tools">
        <Button kind="primary" onPress={() => setAdding(true)}>
          Add account
        </Button>
      </div>
      {failed && result.error && <LoadFailure title="The accounts could not be loaded" error={result.error} onRetry={result.refresh} />}
      {!page && !failed && <Loading label="Loading the accounts" lines={5} />}
      {page && <AccountsTable accounts={page.accounts} isStale={isStale} onOpen={setOpened} />}
      {page && <Pager label="Pages of accounts" location={location} next={page.next_cursor} isStale={isStale} back="Previous" on="Next" />}
      <Kiosks />
      {isAdding && <AddAccountDialog onAdded={refresh} onClose={() => setAdding(false)} />}
      {opened && <ChangeAccountDialog key={opened.id} account={opened} onChanged={refresh} onClose={() => setOpened(null)} />}
    </Page>
  );
}
