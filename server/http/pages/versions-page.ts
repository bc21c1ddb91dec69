import type { PublishedLayer } from '../../core/catalogue.ts';
import { html } from './html.ts';
import { htmlPage, table } from './html-page.ts';

/** As `/collections/{id}/versions` describes one. */
interface Version {
  readonly generation: number;
  readonly count: number;
  readonly origin: unknown;
  readonly restored: number | null;
  readonly publishedAt: unknown;
  readonly isServed: boolean;
  readonly isKept: boolean;
}

function describe({ isServed, isKept, restored }: Version): string {
  const again = restored === null ? '' : `version ${restored} again`;
  return [isServed ? 'in service' : isKept ? '' : 'records no longer kept', again].filter(Boolean).join(', ');
}

/** The versions of a collection, the newest first, each with what differs from the one before. */
export function versionsPage(base: string, layer: PublishedLayer, versions: readonly Version[]): string {
  const self = `${base}/collections/${layer.id}`;
  const kept = versions.filter(({ isKept }) => isKept).toSorted((a, b) => b.generation - a.generation);
  const rows = versions.map((version) => {
    const { generation, count, publishedAt, origin } = version;
    const before = kept.find((other) => other.generation < generation);
    const changes = version.isKept && before && `${self}/versions/diff?from=${before.generation}&to=${generation}`;
    const when = publishedAt instanceof Date ? publishedAt.toISOString() : String(publishedAt);
    return [
      html`${generation}`,
      when.slice(0, 16).replace('T', ' '),
      count,
      String(origin),
      describe(version),
      changes ? html`<a href="${changes}">since version ${before.generation}</a>` : '',
    ];
  });
  return htmlPage({
    base,
    title: 'Versions',
    description: `What ${layer.title.en} was before, and is now.`,
    crumbs: [
      { title: 'Collections', href: `${base}/collections?f=html` },
      { title: layer.title.en, href: `${self}?f=html` },
    ],
    links: [{ href: `${self}/versions?f=json`, rel: 'alternate', type: 'application/json' }],
    body: table(['Version', 'Published', 'Records', 'From', '', 'Changes'], rows),
  });
}
