import { useState } from "preact/hooks";
import { endScreen, fetchScreens, type Screen } from "../../api/screen";
import { Button } from "../../controls/button";
import { Dialog } from "../../controls/dialog";
import { ErrorNotice } from "../../controls/notice";
import { useSending } from "../../controls/sending";
import { formatMoment } from "../../lib/time";
import { pollEveryMs, useQuery } from "../../live/query";

/** Lists the shared screens, each with a button to end it. Renders nothing where there is none. */
export function Kiosks() {
  const { data: screens, error, refresh } = useQuery(fetchScreens, [], pollEveryMs);
  const [ending, setEnding] = useState<Screen | null>(null);
  if (error && !screens) {
    return <ErrorNotice title="The shared screens could not be loaded" error={error} onRetry={() => void refresh()} />;
  }
  if (!screens || screens.length === 0) return null;
  return (
    <section class="stack shared-screens" aria-labelledby="screens-title">
      <h2 id="screens-title">Shared screens</h2>
      <p>Staff unlock them with a PIN. End one that was lost, or that nobody knows.</p>
      <table class="table accounts-table" aria-label="Shared screens">
        <thead>
          <tr>
            <th scope="col">Screen</th>
            <th scope="col">Opened by</th>
            <th scope="col">Opened</th>
            <th scope="col">
              <span class="visually-hidden">End</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {screens.map((screen) => (
            <tr key={screen.id}>
              <th scope="row">{screen.name}</th>
              <td data-label="Opened by">{screen.opened_by}</td>
              <td data-label="Opened">{formatMoment(screen.opened_at)}</td>
              <td class="accounts-action">
                <Button label={`End ${screen.name}`} onPress={() => setEnding(screen)}>
                  End
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {ending && <EndDialog screen={ending} onEnded={() => void refresh()} onClose={() => setEnding(null)} />}
    </section>
  );
}

interface EndDialogProps {
  screen: Screen;
  onEnded: () => void;
  onClose: () => void;
}

function EndDialog({ screen, onEnded, onClose }: EndDialogProps) {
  const sending = useSending();
  const end = async () => {
    await endScreen(screen.id).finally(onEnded);
    onClose();
  };
  return (
    <Dialog title={`End the shared screen ${screen.name}?`} onClose={onClose}>
      <div class="stack">
        <p>Whoever works there is signed out at once, and PINs no longer unlock it, until staff set it up again.</p>
        {sending.error && <ErrorNotice title="It could not be ended" error={sending.error} />}
        <div class="actions">
          <Button onPress={onClose}>Keep it</Button>
          <Button kind="danger" busy={sending.isBusy} onPress={() => void sending.run(end)}>
            End screen
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
