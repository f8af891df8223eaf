import { useEffect, useState } from "preact/hooks";
import { Button } from "../controls/button";
import { Loading } from "../controls/loading";
import { Notice } from "../controls/notice";
import type { BackOfficeRoute } from "./route";

type BackOffice = typeof import("./back_office");

let backOffice: BackOffice | null = null;

/** Shows a page of staff or owner, once their part of the script is loaded. */
export function BackOfficeLoader({ route }: { route: BackOfficeRoute }) {
  const [loaded, setLoaded] = useState(backOffice);
  const [isMissing, setMissing] = useState(false);

  useEffect(() => {
    if (loaded) return;
    let isShown = true;
    import("./back_office").then(
      (pages) => {
        backOffice = pages;
        if (isShown) setLoaded(pages);
      },
      () => isShown && setMissing(true),
    );
    return () => {
      isShown = false;
    };
  }, [loaded]);

  if (loaded) return <loaded.BackOfficePage route={route} />;
  if (!isMissing) return <Loading label="Loading the page" />;
  // A reload also gets a newer version of the page, whose files have other names.
  return (
    <Notice kind="bad" title="This page could not be loaded">
      <p>The server could not be reached. Nothing is lost.</p>
      <Button onPress={() => window.location.reload()}>Try again</Button>
    </Notice>
  );
}
