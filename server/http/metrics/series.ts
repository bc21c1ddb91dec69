/** Upper bounds of the buckets of durations, in seconds. */
export const SECONDS = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10] as const;

/**
 * What is counted of the requests to one route. Plain numbers, turned into metrics only when somebody asks for them: a
 * labelled counter and histogram of prom-client took a tenth of the time of a tile from memory.
 */
export class Series {
  readonly statuses = new Map<number, number>();
  /** Not cumulative; one more than bounds, for what took longer. */
  readonly buckets = new Float64Array(SECONDS.length + 1);
  seconds = 0;
  bytes = 0;

  add(status: number, seconds: number, bytes: number): void {
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    let bucket = 0;
    while (bucket < SECONDS.length && seconds > (SECONDS[bucket] as number)) bucket += 1;
    this.buckets[bucket] = (this.buckets[bucket] as number) + 1;
    this.seconds += seconds;
    this.bytes += bytes;
  }
}
