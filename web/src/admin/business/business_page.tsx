import { fetchBusiness } from "../../api/business";
import { Loading } from "../../controls/loading";
import { Page } from "../../controls/page";
import { useQuery } from "../../live/query";
import { LoadFailure } from "../load_failure";
import { BusinessForm } from "./business_form";

/** What customers read of the business, for its owner to change. */
export function BusinessPage() {
  const { data, error, refresh } = useQuery(fetchBusiness, []);
  return (
    <Page title="Business" lead="What customers see of you: on every page, on receipts, and on the printed sheet.">
      {data ? (
        <BusinessForm loaded={data} />
      ) : error ? (
        <LoadFailure title="The business could not be loaded" error={error} onRetry={refresh} />
      ) : (
        <Loading label="Loading the business" lines={8} />
      )}
    </Page>
  );
}
