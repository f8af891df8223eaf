import { useState } from "preact/hooks";
import { fetchAddresses, fetchAuthority, type LocalAuthority } from "../api/network";
import { Button } from "../controls/button";
import { ContactLinks } from "../controls/contact_links";
import { Loading } from "../controls/loading";
import { ErrorNotice, Notice } from "../controls/notice";
import { Page } from "../controls/page";
import { InputField } from "../controls/text_field";
import { basePath } from "../lib/base";
import { businessStore, taglineOf } from "../lib/business";
import { useStore } from "../lib/store";
import { formatDay } from "../lib/time";
import { useQuery } from "../live/query";
import { hasAccounts } from "../session/session";
import { Fingerprint } from "./fingerprint";
import { QrCode } from "./qr_code";
import { choicesOf, isLoopback, parseAddress } from "./sheet_addresses";

const ownAddress = `${window.location.origin}${basePath}/`;

async function fetchSheet(signal: AbortSignal) {
  const [addresses, authority] = await Promise.all([fetchAddresses(signal), fetchAuthority(signal)]);
  return { choices: choicesOf(ownAddress, addresses), authority };
}

/** A sheet to print and hang up: the address in letters and as a QR code, what to trust, how a kiosk is set up. */
export function SheetPage() {
  const { data, error, refresh } = useQuery(fetchSheet, []);
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? data?.choices[0] ?? ownAddress;
  const address = parseAddress(text);
  return (
    <Page title="Our address">
      {!data && error && <ErrorNotice title="The addresses could not be loaded" error={error} onRetry={() => void refresh()} />}
      {!data && !error && <Loading label="Asking for the server's addresses" lines={4} />}
      {data && (
        <>
          <section class="card stack screen-only" aria-labelledby="address-choice-title">
            <h2 id="address-choice-title">Which address is printed?</h2>
            <AddressChoice choices={data.choices} address={address} onChoose={setTyped} />
            <InputField
              id="sheet-address"
              label="Address"
              hint={
                data.choices.length < 2
                  ? "Under which telephones and kiosks reach this server."
                  : "One of the above, or any other under which telephones and kiosks reach this server."
              }
              errors={address ? [] : ["Write an address that begins with http:// or https://."]}
              type="url"
              inputMode="url"
              autocomplete="off"
              value={text}
              onInput={setTyped}
            />
            {address && isLoopback(address) && <LoopbackNotice />}
            <div class="actions">
              <Button kind="primary" onPress={() => window.print()}>
                Print
              </Button>
            </div>
          </section>
          {address && <Sheet address={address} authority={address.startsWith("https:") ? data.authority : null} />}
        </>
      )}
    </Page>
  );
}

interface AddressChoiceProps {
  choices: readonly string[];
  address: string | null;
  onChoose: (address: string) => void;
}

function AddressChoice({ choices, address, onChoose }: AddressChoiceProps) {
  if (choices.length < 2) return null;
  return (
    <fieldset>
      <legend class="visually-hidden">Addresses of this server</legend>
      <div class="choices sheet-choices">
        {choices.map((one) => (
          <label key={one} class="choice">
            <input type="radio" name="sheet-address-choice" value={one} checked={one === address} onChange={() => onChoose(one)} />
            <span>{one}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function LoopbackNotice() {
  return (
    <Notice kind="info" title="No other machine reaches this address">
      <p>
        Start HSS so that it listens in the network: <code class="code">hss serve --host '*'</code>. Then open this page again.
      </p>
    </Notice>
  );
}

function Sheet({ address, authority }: { address: string; authority: LocalAuthority | null }) {
  const business = useStore(businessStore);
  return (
    <article class="card sheet" aria-label="The sheet">
      <header>
        <strong class="receipt-name">{business.name}</strong>
        {taglineOf(business.name) && <p class="hint">{taglineOf(business.name)}</p>}
        <ContactLinks {...business} />
      </header>
      <section class="sheet-row" aria-labelledby="sheet-open">
        <div class="stack">
          <h2 id="sheet-open">{authority ? "2. Open this address" : "Open this address"}</h2>
          <p class="sheet-address code">{address}</p>
          <p>Type it into a browser in the same network, or point a telephone's camera at the code.</p>
        </div>
        <QrCode text={address} label={`QR code of ${address}`} />
      </section>
      {authority && <TrustFirst address={`${address}trust`} authority={authority} />}
      <KioskSteps address={`${address}staff`} />
    </article>
  );
}

function TrustFirst({ address, authority }: { address: string; authority: LocalAuthority }) {
  return (
    <section class="sheet-row sheet-first" aria-labelledby="sheet-trust">
      <div class="stack">
        <h2 id="sheet-trust">1. Once on each device: trust this server</h2>
        <p>
          Open <span class="code">{address}</span>. The browser warns, as it does not know this server yet: go on all the same, and follow
          the steps there. Before you trust it, compare what your device shows of the certificate <strong>{authority.name}</strong> with
          this SHA-256:
        </p>
        <Fingerprint text={authority.sha256_fingerprint} />
        <p>If one pair differs, somebody in this network pretends to be us. Trust nothing then, and tell us.</p>
        <p class="hint">
          The server's certificate holds until {formatDay(authority.certificate_end.slice(0, 10))}; its renewal changes nothing here.
        </p>
      </div>
      <QrCode text={address} label={`QR code of ${address}`} />
    </section>
  );
}

function KioskSteps({ address }: { address: string }) {
  return (
    <section class="stack" aria-labelledby="sheet-kiosk">
      <h2 id="sheet-kiosk">A shared screen for staff</h2>
      {hasAccounts() ? (
        <ol class="numbered">
          <li>
            On that screen, open <span class="code">{address}</span>, and sign in once as a member of staff, with e-mail and password.
          </li>
          <li>Press your name, then Account, and then “Make it a shared screen”. Give it a name, such as Storage hall.</li>
          <li>From now on everybody unlocks it with their own PIN, which they choose on the page Account of their own browser.</li>
        </ol>
      ) : (
        <p>
          On that screen, open <span class="code">{address}</span>. This is the demo: nobody has to sign in.
        </p>
      )}
    </section>
  );
}
