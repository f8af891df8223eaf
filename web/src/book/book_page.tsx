import type { BookStep } from "../route";
import { fetchCatalog } from "../api/catalog";
import { ErrorNotice } from "../controls/notice";
import { Loading } from "../controls/loading";
import { useLoaded } from "../loaded";
import { Page } from "../shell/page";
import { BookingForm } from "./booking_form";

export function BookPage({ step: _ }: { step: BookStep }) {
  const catalog = useLoaded(fetchCatalog, []);
  return (
    <Page
      title="Book a pickup"
      lead="Tell us what to store and when to fetch it. We collect in and around Hatfield, keep it safe, and bring it back."
    >
      {catalog.data ? (
        <BookingForm catalog={catalog.data} reloadCatalog={catalog.refresh} />
      ) : catalog.error ? (
        <ErrorNotice title="The price list could not be loaded" error={catalog.error} onRetry={() => void catalog.refresh()} />
      ) : (
        <Loading label="Loading the price list" lines={5} />
      )}
    </Page>
  );
}
