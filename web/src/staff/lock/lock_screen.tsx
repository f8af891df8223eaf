import { useState } from "preact/hooks";
import { fetchDevicePeople, type DevicePerson } from "../../api/account";
import { locationStore, parseRoute } from "../../app/route";
import { Icon } from "../../controls/icon";
import { Empty } from "../../controls/list/empty";
import { Loading } from "../../controls/loading";
import { ErrorNotice } from "../../controls/notice";
import { useDocumentTitle } from "../../controls/page";
import { useStore } from "../../lib/store";
import { useQuery } from "../../live/query";
import { LeaveDevice } from "../../session/leave_device";
import type { Device } from "../../session/session";
import { outboxStore, waitingOf } from "../outbox/outbox";
import { PasswordUnlock } from "./password_unlock";
import { PinPad } from "./pin_pad";

const askEveryMs = 30_000;

/** A locked shared screen, which shows no customer's data. */
export function LockScreen({ device }: { device: Device }) {
  const people = useQuery(fetchDevicePeople, [], askEveryMs);
  const [chosen, setChosen] = useState<DevicePerson | null>(null);
  const [byPassword, setByPassword] = useState(false);
  const choose = (person: DevicePerson | null) => {
    setChosen(person);
    setByPassword(false);
  };
  const route = parseRoute(useStore(locationStore).split("?")[0] ?? "");
  useDocumentTitle("Locked");
  // The scanned booking opens once the screen is unlocked.
  const scanned = route.page === "staff_booking" ? route.id : null;
  return (
    <main id="main" class="lock-screen">
      <header>
        <Icon name="lock" />
        <h1>{device.name}</h1>
        <p class="lead">{scanned ? <>Unlock to open {<span class="code">{scanned}</span>}</> : "This screen is locked."}</p>
      </header>
      {chosen ? (
        byPassword ? (
          <PasswordUnlock person={chosen} onPin={() => setByPassword(false)} onBack={() => choose(null)} />
        ) : (
          <PinPad
            key={chosen.account_id}
            person={chosen}
            scanned={scanned}
            onPassword={() => setByPassword(true)}
            onBack={() => choose(null)}
          />
        )
      ) : (
        <People people={people.data} onChoose={choose} />
      )}
      {people.error && !chosen && (
        <ErrorNotice title="This screen cannot be unlocked now" error={people.error} onRetry={() => void people.refresh()} />
      )}
      {!people.data && !people.error && <Loading label="Loading who can unlock this screen" lines={3} />}
    </main>
  );
}

function People({ people, onChoose }: { people: readonly DevicePerson[] | null; onChoose: (person: DevicePerson) => void }) {
  const entries = useStore(outboxStore);
  if (!people) return null;
  if (people.length === 0) {
    return (
      <Empty title="Nobody can unlock this screen yet">
        <p>Staff set a PIN under My account in their own browser. Then they stand here.</p>
        <LeaveDevice />
      </Empty>
    );
  }
  return (
    <section aria-labelledby="people-title">
      <h2 id="people-title">Who are you?</h2>
      <ul class="people">
        {people.map((person) => {
          const waiting = waitingOf(entries, person.account_id).length;
          return (
            <li key={person.account_id}>
              <button type="button" onClick={() => onChoose(person)}>
                <span class="person-mark" aria-hidden="true">
                  {initials(person.name)}
                </span>
                <span>
                  {person.name}
                  {waiting > 0 && <span class="hint">{waiting === 1 ? "1 action waits for you" : `${waiting} actions wait for you`}</span>}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const last = words.length > 1 ? words[words.length - 1] : "";
  return ([...(words[0] ?? "")][0] ?? "") + ([...(last ?? "")][0] ?? "");
}
