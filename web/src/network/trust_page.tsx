import { fetchAuthority, type LocalAuthority } from "../api/network";
import { Loading } from "../controls/loading";
import { ErrorNotice, Notice } from "../controls/notice";
import { Page } from "../controls/page";
import { useQuery } from "../live/query";
import { Fingerprint } from "./fingerprint";
import { TrustSteps } from "./trust_steps";

/** How a device comes to trust a server whose certificate HSS made itself. */
export function TrustPage() {
  const { data, error, loading, refresh } = useQuery(fetchAuthority, []);
  const isMissing = !data && !error && !loading;
  return (
    <Page
      title="Trust this server"
      lead="Once on each telephone, tablet or computer. After that it opens these pages without a warning, and can use its camera and work offline."
    >
      {!data && loading && <Loading label="Asking for the certificate" lines={4} />}
      {!data && error && <ErrorNotice title="The certificate could not be loaded" error={error} onRetry={() => void refresh()} />}
      {isMissing && <NothingToTrust />}
      {data && <Trust authority={data} />}
    </Page>
  );
}

function NothingToTrust() {
  const isSecure = window.location.protocol === "https:";
  return (
    <Notice kind="info" title="There is nothing to trust here">
      <p>
        {isSecure
          ? "This server has its certificate from an authority that browsers know, or from one that HSS did not make."
          : "This page came without https. The command hss certificate makes a certificate for this network, and says how to start the server with it."}
      </p>
    </Notice>
  );
}

function Trust({ authority }: { authority: LocalAuthority }) {
  return (
    <>
      <section class="card stack" aria-labelledby="trust-compare">
        <h2 id="trust-compare">Compare before you trust</h2>
        <p>
          Your device will show the SHA-256 of the certificate <strong>{authority.name}</strong>. It has to be the one on the printed sheet,
          or the one that <code class="code">hss certificate</code> printed on the server:
        </p>
        <Fingerprint text={authority.sha256_fingerprint} />
        <p>
          Do not compare with this page alone: somebody in the same Wi-Fi who swaps the certificate can swap this page with it. If one pair
          differs, trust nothing.
        </p>
        <p>
          {/* A script would look for a page of this name. */}
          <a class="button button-primary" href="/api/v1/authority.crt" target="_self">
            Download the certificate
          </a>
        </p>
        <p class="hint">It vouches for addresses of local networks alone, not for other sites.</p>
      </section>
      <TrustSteps name={authority.name} />
    </>
  );
}
