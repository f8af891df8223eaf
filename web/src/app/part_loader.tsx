import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../controls/button";
import { Loading } from "../controls/loading";
import { Notice } from "../controls/notice";

interface PartLoaderProps<Part> {
  /** Always the same function for the same part. */
  load: () => Promise<Part>;
  children: (part: Part) => JSX.Element;
}

/** The parts that are here already, by what loads them. */
const loadedParts = new Map<unknown, unknown>();

/** Shows a page of a part of the script that not everybody needs, once that is loaded. */
export function PartLoader<Part>({ load, children }: PartLoaderProps<Part>) {
  const [part, setPart] = useState(loadedParts.get(load) as Part | undefined);
  const [isMissing, setMissing] = useState(false);

  useEffect(() => {
    if (part) return;
    let isShown = true;
    load().then(
      (loaded) => {
        loadedParts.set(load, loaded);
        if (isShown) setPart(loaded);
      },
      () => isShown && setMissing(true),
    );
    return () => {
      isShown = false;
    };
  }, [part]);

  if (part) return children(part);
  if (!isMissing) return <Loading label="Loading the page" />;
  // A reload also gets a newer version of the page, whose files have other names.
  return (
    <Notice kind="bad" title="This page could not be loaded">
      <p>The server could not be reached. Nothing is lost.</p>
      <Button onPress={() => window.location.reload()}>Try again</Button>
    </Notice>
  );
}
