import { useEffect, useState } from "preact/hooks";
import { Button } from "./controls/button";
import { Loading } from "./controls/loading";
import { Notice } from "./controls/notice";
import type { OfficeRoute } from "./route";

type Office = typeof import("./office");

let office: Office | null = null;

/** Shows a page of staff or owner, once the part of the script that holds them is here. */
export function OfficeLoader({ route }: { route: OfficeRoute }) {
  const [loaded, setLoaded] = useState(office);
  const [isMissing, setMissing] = useState(false);

  useEffect(() => {
    if (loaded) return;
    let isShown = true;
    import("./office").then(
      (pages) => {
        office = pages;
        if (isShown) setLoaded(pages);
      },
      () => isShown && setMissing(true),
    );
    return () => {
      isShown = false;
    };
  }, [loaded]);

  if (loaded) return <loaded.OfficePage route={route} />;
  if (!isMissing) return <Loading label="Loading the page" />;
  // Loaded anew, as a newer version of the page may have taken this one's place.
  return (
    <Notice kind="bad" title="This page could not be loaded">
      <p>The server could not be reached. Nothing is lost.</p>
      <Button onPress={() => window.location.reload()}>Try again</Button>
    </Notice>
  );
}
