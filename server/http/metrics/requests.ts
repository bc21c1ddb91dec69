import { Counter, type Metric, type Registry } from 'prom-client';
import { SECONDS, Series } from './series.ts';

/** The series by their labels. */
export class Requests {
  readonly #series = new Map<string, { readonly labels: { route: string; zoom: string }; readonly series: Series }>();

  /** `route` is a pattern of the code's, never an address. */
  series(route: string, zoom = ''): Series {
    const key = `${route} ${zoom}`;
    const known = this.#series.get(key);
    if (known) return known.series;
    const series = new Series();
    this.#series.set(key, { labels: { route, zoom }, series });
    return series;
  }

  register(registry: Registry): void {
    const all = () => this.#series.values();
    new Counter({
      name: 'azalai_http_requests_total',
      help: 'Requests answered, by route, zoom class of the tile (low z0-6, mid z7-9, high z10-) and status.',
      labelNames: ['route', 'zoom', 'status'],
      registers: [registry],
      collect() {
        this.reset();
        for (const { labels, series } of all()) {
          for (const [status, count] of series.statuses) this.inc({ ...labels, status }, count);
        }
      },
    });
    new Counter({
      name: 'azalai_http_response_bytes_total',
      help: 'Bytes sent: bodies of tiles, and responses with their headers for everything else.',
      labelNames: ['route', 'zoom'],
      registers: [registry],
      collect() {
        this.reset();
        for (const { labels, series } of all()) this.inc(labels, series.bytes);
      },
    });
    // A histogram whose buckets were counted elsewhere: prom-client's own can only be told one duration at a time.
    const name = 'azalai_http_request_duration_seconds';
    const durations = {
      name,
      get: async () => ({
        name,
        help: 'Seconds from a request to its answer.',
        type: 'histogram',
        aggregator: 'sum',
        values: [...all()].flatMap(({ labels, series }) => histogramValues(name, labels, series)),
      }),
    };
    registry.registerMetric(durations as unknown as Metric);
  }
}

function histogramValues(name: string, labels: object, { buckets, seconds }: Series) {
  let total = 0;
  const cumulative = [...SECONDS, '+Inf'].map((le, index) => {
    total += buckets[index] as number;
    return { metricName: `${name}_bucket`, labels: { ...labels, le }, value: total };
  });
  return [
    ...cumulative,
    { metricName: `${name}_sum`, labels, value: seconds },
    { metricName: `${name}_count`, labels, value: total },
  ];
}
