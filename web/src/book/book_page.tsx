import { fetchCatalog, type Catalog } from "../api/catalog";
import { bookStepPaths, type BookStep } from "../app/route";
import { FlowSteps } from "../booking/flow_steps";
import { Loading } from "../controls/loading";
import { ErrorNotice } from "../controls/notice";
import { Page } from "../controls/page";
import { useQuery } from "../live/query";
import { BookingFlow } from "./booking_flow";

function othersLast(catalog: Catalog): Catalog {
  const isOther = ({ type }: { type: string }) => Number(type === "other");
  return { ...catalog, items: [...catalog.items].sort((a, b) => isOther(a) - isOther(b)) };
}

export function BookPage({ step }: { step: BookStep }) {
  const catalog = useQuery(fetchCatalog, []);
  if (catalog.data) return <BookingFlow step={step} catalog={othersLast(catalog.data)} reloadCatalog={catalog.refresh} />;
  return (
    <>
      <FlowSteps current={1} paths={[bookStepPaths.items]} />
      <Page title="Book a pickup">
        {catalog.error ? (
          <ErrorNotice title="The price list could not be loaded" error={catalog.error} onRetry={() => void catalog.refresh()} />
        ) : (
          <Loading label="Loading the price list" lines={5} />
        )}
      </Page>
    </>
  );
}
