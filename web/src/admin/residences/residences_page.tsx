import { useState } from "preact/hooks";
import { fetchWholeResidences, type WholeResidence, type WholeResidences } from "../../api/residence";
import { Button } from "../../controls/button";
import { Empty } from "../../controls/list/empty";
import { Loading } from "../../controls/loading";
import { Page } from "../../controls/page";
import { useQuery } from "../../live/query";
import { formatDay } from "../../lib/time";
import { LoadFailure } from "../load_failure";
import { ResidenceDialog } from "./residence_dialog";
import { PasteDialog } from "./paste_dialog";

/** Houses of many students, for the owner to keep. */
export function ResidencesPage() {
  const { data, error, refresh } = useQuery(fetchWholeResidences, []);
  return (
    <Page title="Residences" lead="Where many of your customers live. They choose theirs by name; those who drive see how to get in.">
      {!data && error && <LoadFailure title="The residences could not be loaded" error={error} onRetry={refresh} />}
      {!data && !error && <Loading label="Loading the residences" lines={5} />}
      {data && <ResidenceList loaded={data} onChanged={() => void refresh()} />}
    </Page>
  );
}

type Opened = "paste" | "new" | WholeResidence;

function ResidenceList({ loaded, onChanged }: { loaded: WholeResidences; onChanged: () => void }) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => setOpened(null);
  const parts = { loaded, onChanged, onClose: close };
  return (
    <>
      <div class="table-tools">
        <Button kind="primary" onPress={() => setOpened("new")}>
          Add a residence
        </Button>
        <Button onPress={() => setOpened("paste")}>Paste a list</Button>
      </div>
      {loaded.residences.length === 0 ? (
        <Empty title="No residences yet">
          <p class="hint">Customers write their address themselves until there are some.</p>
        </Empty>
      ) : (
        <ResidenceTable residences={loaded.residences} onOpen={setOpened} />
      )}
      {opened === "paste" && <PasteDialog {...parts} />}
      {opened === "new" && <ResidenceDialog {...parts} residence={null} />}
      {opened && typeof opened === "object" && <ResidenceDialog key={opened.id} {...parts} residence={opened} />}
    </>
  );
}

interface ResidenceTableProps {
  residences: readonly WholeResidence[];
  onOpen: (residence: WholeResidence) => void;
}

function ResidenceTable({ residences, onOpen }: ResidenceTableProps) {
  return (
    <table class="table accounts-table" aria-label="Residences">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Closed</th>
          <th scope="col">Getting in</th>
          <th scope="col">
            <span class="visually-hidden">Change</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {residences.map((residence) => (
          <tr key={residence.id}>
            <th scope="row">
              <span class="two-lines">
                <span>{residence.name}</span>
                <span class="hint">{residence.suburb}</span>
              </span>
            </th>
            <td data-label="Closed">{closedWords(residence)}</td>
            <td data-label="Getting in">{[residence.gate, residence.stairs, residence.parking].filter(Boolean).join(" · ") || "–"}</td>
            <td class="accounts-action">
              <Button label={`Change ${residence.name}`} onPress={() => onOpen(residence)}>
                Change
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function closedWords({ closes_on, reopens_on }: WholeResidence): string {
  const words = [closes_on && `after ${formatDay(closes_on)}`, reopens_on && `until ${formatDay(reopens_on)}`];
  return words.filter(Boolean).join(" ") || "–";
}
