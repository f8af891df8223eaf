import { useState } from "preact/hooks";
import { Breakable } from "../controls/breakable";
import { Button } from "../controls/button";
import { Notice } from "../controls/notice";
import { DesktopFailure, openBusiness, type Business } from "./desktop";

interface BusinessCardProps {
  business: Business;
  onChange: () => void;
}

/** Opens the business of this computer, or makes it. */
export function BusinessCard({ business, onChange }: BusinessCardProps) {
  const { state, place } = business;
  return (
    <section class="card stack" aria-labelledby="start-business">
      <h2 id="start-business">My business</h2>
      {state === "failed" ? <Failed business={business} /> : <p>{introduction(business)}</p>}
      {business.taken_port > 0 && (
        <Notice kind="info" title={`Port ${business.taken_port} is taken`}>
          <p>Another program has it, so this time your business is at another address. Old bookmarks do not lead there.</p>
        </Notice>
      )}
      <OpenBusiness business={business} onChange={onChange} />
      <p class="hint">
        Its data: <Breakable text={place} />
      </p>
    </section>
  );
}

function introduction({ state, is_set_up }: Business): string {
  if (state === "starting") return "It is being opened. After an update this may take a minute.";
  if (is_set_up) return "Your own bookings, with your accounts and passwords.";
  return "Your own bookings, kept on this computer, with accounts and passwords. You begin as its first administrator.";
}

function Failed({ business: { problem } }: { business: Business }) {
  return (
    <Notice kind="bad" title="It could not be opened">
      <p>
        <Breakable text={problem} />
      </p>
      <p>Nothing was changed. If the file is damaged, a backup brings the bookings back: `hss restore` in a terminal.</p>
    </Notice>
  );
}

function OpenBusiness({ business: { state, url, is_set_up }, onChange }: BusinessCardProps) {
  const [isOpening, setOpening] = useState(false);
  const [failure, setFailure] = useState("");
  if (state === "running" && is_set_up) {
    return (
      <p class="actions">
        <a class="button button-primary" href={url} target="_blank" rel="noopener">
          Open my business
        </a>
      </p>
    );
  }
  const open = () => {
    setOpening(true);
    setFailure("");
    openBusiness().then(
      (page) => window.location.assign(page),
      (error: unknown) => {
        setOpening(false);
        // What keeps the business from starting, its state says.
        if (error instanceof DesktopFailure && error.kind === "refused" && error.message) setFailure(error.message);
        onChange();
      },
    );
  };
  return (
    <>
      {failure && state !== "failed" && (
        <Notice kind="bad">
          <p>{failure}</p>
        </Notice>
      )}
      <p class="actions">
        <Button kind="primary" busy={isOpening || state === "starting"} onPress={open}>
          {state === "failed" ? "Try again" : state === "starting" ? "Opening" : "Set up my business"}
        </Button>
      </p>
    </>
  );
}
