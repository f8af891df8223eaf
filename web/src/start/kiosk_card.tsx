import type { Business } from "./desktop";

/** How the board of the staff fills a screen of its own. */
export function KioskCard({ business: { state, url, is_set_up, is_on_network } }: { business: Business }) {
  const isReady = state === "running" && is_set_up;
  return (
    <section class="card stack" aria-labelledby="start-kiosk">
      <h2 id="start-kiosk">Kiosk</h2>
      <p>
        The board on a screen that staff share. A member of staff signs in and makes it a shared screen on the page of their account; then
        each unlocks it with a PIN.
      </p>
      {isReady ? (
        <>
          <p class="actions">
            <a class="button" href={`${url}staff`} target="_blank" rel="noopener">
              Open the board
            </a>
          </p>
          <p class="hint">
            F11 shows it full screen (on a Mac: Control, Command and F).{" "}
            {is_on_network
              ? "Other devices in your network reach this HSS, too."
              : "Only this computer reaches it: README says under “Kiosk” how other devices do."}
          </p>
        </>
      ) : (
        <p class="hint">First set up your business.</p>
      )}
    </section>
  );
}
