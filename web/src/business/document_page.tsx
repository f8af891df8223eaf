import { fetchBusiness, type Business } from "../api/business";
import { ContactLinks } from "../controls/contact_links";
import { Empty } from "../controls/list/empty";
import { Loading } from "../controls/loading";
import { ErrorNotice } from "../controls/notice";
import { Page } from "../controls/page";
import type { DocumentName } from "../lib/business";
import { formatDay } from "../lib/time";
import { useQuery } from "../live/query";

const titles: Record<DocumentName, string> = {
  terms: "Terms",
  privacy: "Privacy",
  prohibited: "What we do not store",
};

/** One of the business's texts, as it was typed: paragraphs, and nothing that a browser would run. */
export function DocumentPage({ name }: { name: DocumentName }) {
  const { data, error, refresh } = useQuery(fetchBusiness, []);
  const text = data && (name === "terms" ? (data.terms?.text ?? "") : data[name]);
  return (
    <Page title={titles[name]} lead={data && <Lead business={data} name={name} />}>
      {text ? (
        <article class="card document">
          {text.split(/\n\s*\n/).map((paragraph, index) => (
            <p key={index}>{paragraph.trim()}</p>
          ))}
        </article>
      ) : data ? (
        <Empty title="There is nothing here yet">
          <p>Ask us: we are glad to tell you.</p>
          <ContactLinks {...data} />
        </Empty>
      ) : error ? (
        <ErrorNotice title="This text could not be loaded" error={error} onRetry={() => void refresh()} />
      ) : (
        <Loading label="Loading the text" lines={8} />
      )}
    </Page>
  );
}

function Lead({ business: { name, legal_name, terms }, name: document }: { business: Business; name: DocumentName }) {
  const version = document === "terms" && terms ? `Version ${terms.version}, ${formatDay(terms.date)}` : "";
  return <>{[legal_name || name, version].filter(Boolean).join(" · ")}</>;
}
