/** A second map of the page: it is renewed and tried again with the first. */
interface OtherMap {
  /** Its tiles are of a version that is not published any more. */
  renew(): void;
  /** `failed`: names of sources. */
  retry(failed: ReadonlySet<string>): void;
}

export let otherMap: OtherMap | null = null;

/** @returns what forgets it */
export function rememberOther(other: OtherMap): () => void {
  otherMap = other;
  return () => {
    if (otherMap === other) otherMap = null;
  };
}
