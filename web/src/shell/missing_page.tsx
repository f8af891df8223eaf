import { Page } from "../controls/page";

export function MissingPage() {
  return (
    <Page title="Page not found">
      <p>There is nothing at this address.</p>
      <p>
        <a href="/">Book a pickup</a> or <a href="/booking">find a booking</a>.
      </p>
    </Page>
  );
}
