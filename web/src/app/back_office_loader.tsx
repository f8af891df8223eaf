import { useEffect, useState } from "preact/hooks";
import { Button } from "../controls/button";
import { Loading } from "../controls/loading";
import { Notice } from "../controls/notice";
import type { BackOfficeRoute } from "./route";

type BackOffice = typeof import("./back_office");

let backOffice: BackOffice | null = null;

/** Shows a page of staff or owner, once the part of the script that holds them is here. */
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
  // Loaded anew, as a newer version of the page may have taken this one's place.
  return (
    <Notice kind="bad" title="This page could not be loaded">
      <p>The server could not be reached. Nothing is lost.</p>
      <Button onPress={() => window.location.reload()}>Try again</Button>
    </Notice>
  );
}
