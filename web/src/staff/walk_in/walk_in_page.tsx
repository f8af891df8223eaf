import { fetchCatalog } from "../../api/catalog";
import { Loading } from "../../controls/loading";
import { ErrorNotice } from "../../controls/notice";
import { useQuery } from "../../live/query";
import { StaffPage } from "../staff_page";
import { WalkInForm } from "./walk_in_form";

/** Staff book for somebody. */
export function WalkInPage() {
  const { data, error, refresh } = useQuery(fetchCatalog, []);
  return (
    <StaffPage title="Book for somebody" lead="For whoever stands at the counter or calls. Nothing of it stays on this device.">
      {data ? (
        <WalkInForm catalog={data} reloadCatalog={refresh} />
      ) : error ? (
        <ErrorNotice title="The price list could not be loaded" error={error} onRetry={() => void refresh()} />
      ) : (
        <Loading label="Loading the price list" lines={5} />
      )}
    </StaffPage>
  );
}
