/** What is known of an answer that is kept: how large it is, and when it was last asked for (ms since 1970). */
export interface Kept {
  readonly bytes: number;
  readonly at: number;
}

/** What may be kept of data in all. */
export interface Room {
  readonly bytes: number;
  readonly answers: number;
}

/** The addresses that are to go so that the rest has room, the one longest not asked for first. Pure. */
export function toDrop(kept: ReadonlyMap<string, Kept>, room: Room): string[] {
  let bytes = [...kept.values()].reduce((sum, each) => sum + each.bytes, 0);
  let answers = kept.size;
  const dropped: string[] = [];
  const isRoom = () => bytes <= room.bytes && answers <= room.answers;
  // Mostly: nothing need be put in order then.
  if (isRoom()) return dropped;
  for (const [url, each] of [...kept].toSorted(([, a], [, b]) => a.at - b.at)) {
    if (isRoom()) break;
    dropped.push(url);
    bytes -= each.bytes;
    answers -= 1;
  }
  return dropped;
}
