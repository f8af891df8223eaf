import { documentPaths } from "../app/route";
import { ContactLinks } from "../controls/contact_links";
import { businessStore, taglineOf, type DocumentName } from "../lib/business";
import { useStore } from "../lib/store";

const labels: Record<DocumentName, string> = { terms: "Terms", privacy: "Privacy", prohibited: "What we do not store" };

export function Footer() {
  const business = useStore(businessStore);
  const tagline = taglineOf(business.name).replace(/^S/, "s");
  return (
    <footer class="footer">
      <p>{[business.name, tagline].filter(Boolean).join(" · ")}</p>
      <ContactLinks {...business} />
      {business.documents.length > 0 && (
        <ul class="contact-links">
          {business.documents.map((name) => (
            <li key={name}>
              <a href={documentPaths[name]}>{labels[name]}</a>
            </li>
          ))}
        </ul>
      )}
    </footer>
  );
}
