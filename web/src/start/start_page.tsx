import { useState } from "preact/hooks";
import { Breakable } from "../controls/breakable";
import { Button } from "../controls/button";
import { Loading } from "../controls/loading";
import { Notice } from "../controls/notice";
import { Page } from "../controls/page";
import { BusinessCard } from "./business_card";
import { stopHss, type Desktop, type DesktopFailure } from "./desktop";
import { KioskCard } from "./kiosk_card";
import { useDesktop } from "./start_query";

/** The first page after a double-click: what HSS can do on this computer, and how to end it. */
export function StartPage() {
  const { desktop, failure, refresh } = useDesktop();
  const [isStopped, setStopped] = useState(false);
  if (isStopped) return <Ended title="HSS has ended" />;
  if (failure?.kind === "no_connection") return <Ended title="HSS does not run any more" onRetry={refresh} />;
  if (failure) return <NotHere failure={failure} onRetry={refresh} />;
  return (
    <Page title="HSS runs on this computer" lead="What would you like to do?">
      {desktop ? (
        <Choices desktop={desktop} onChange={refresh} onStopped={() => setStopped(true)} />
      ) : (
        <Loading label="Asking what runs here" lines={4} />
      )}
    </Page>
  );
}

interface ChoicesProps {
  desktop: Desktop;
  onChange: () => void;
  onStopped: () => void;
}

function Choices({ desktop, onChange, onStopped }: ChoicesProps) {
  const { business, settings_problem, log_file, version } = desktop;
  return (
    <>
      {settings_problem && (
        <Notice kind="bad" title="The settings cannot be used">
          <p>
            <Breakable text={settings_problem} />
          </p>
          <p>Until that is mended, only the demo can be opened. Then stop HSS and open it again.</p>
        </Notice>
      )}
      <div class="start-choices">
        <DemoCard />
        {!settings_problem && <BusinessCard business={business} onChange={onChange} />}
        {!settings_problem && <KioskCard business={business} />}
      </div>
      <StopCard isOnNetwork={business.is_on_network && business.state === "running"} onChange={onChange} onStopped={onStopped} />
      <p class="hint">
        HSS {version}
        {log_file && (
          <>
            {" · what it reports: "}
            <Breakable text={log_file} />
          </>
        )}
      </p>
    </>
  );
}

function DemoCard() {
  return (
    <section class="card stack" aria-labelledby="start-demo">
      <h2 id="start-demo">Look around</h2>
      <p>A made-up season with some 60 bookings. Try everything: nothing in it is real, and it is gone when HSS ends.</p>
      <p class="actions">
        <a class="button" href="/staff" target="_blank" rel="noopener">
          Open the demo
        </a>
      </p>
    </section>
  );
}

function StopCard({ isOnNetwork, onChange, onStopped }: { isOnNetwork: boolean; onChange: () => void; onStopped: () => void }) {
  const [isStopping, setStopping] = useState(false);
  const stop = () => {
    setStopping(true);
    stopHss().then(onStopped, () => {
      setStopping(false);
      onChange();
    });
  };
  return (
    <section class="card start-stop" aria-labelledby="start-stop">
      <div>
        <h2 id="start-stop">Done for today?</h2>
        <p>
          {isOnNetwork
            ? "Other devices use this HSS. Once it is stopped, they wait until somebody opens it again."
            : "HSS also ends by itself when nobody has used it for a while. What is booked is kept."}
        </p>
      </div>
      <Button kind="danger" busy={isStopping} onPress={stop}>
        Stop HSS
      </Button>
    </section>
  );
}

function Ended({ title, onRetry }: { title: string; onRetry?: () => void }) {
  return (
    <Page title={title}>
      <Notice kind="info">
        <p>What is booked is kept. To use HSS again, open it as you did before, by a double-click.</p>
        <p>You can close this tab.</p>
        {onRetry && <Button onPress={onRetry}>Try again</Button>}
      </Notice>
    </Page>
  );
}

function NotHere({ failure: { kind, message }, onRetry }: { failure: DesktopFailure; onRetry: () => void }) {
  if (kind === "not_here") {
    return (
      <Page title="Page not found">
        <p>This is the page of an HSS that was opened by a double-click, and this one was not.</p>
        <p>
          <a href="/">Book a pickup</a>
        </p>
      </Page>
    );
  }
  return (
    <Page title={kind === "no_key" ? "Please open HSS once more" : "That did not work"}>
      <Notice kind="info">
        {kind === "no_key" ? (
          <p>This tab has no key to the HSS on this computer. Open it by a double-click again: that opens a tab that has one.</p>
        ) : (
          <>
            {message && <p>{message}</p>}
            <Button onPress={onRetry}>Try again</Button>
          </>
        )}
      </Notice>
    </Page>
  );
}
