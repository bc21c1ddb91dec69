import type { Link } from '../../core/collection.ts';
import { ITEM_FORMS, type ItemForm } from './item-params.ts';
import type { ReadPage } from './read-page.ts';

/** Forms that a page of items names as others of itself. */
const ALTERNATES = ['json', 'html', 'csv', 'geojsonseq', 'fgb'] as const satisfies readonly ItemForm[];

/** The profile that every GeoJSON of this server follows. */
export const RFC7946 = 'http://www.opengis.net/def/profile/OGC/0/rfc7946';

const typeOf = (form: ItemForm) => (form === 'geojson' ? ITEM_FORMS.json : ITEM_FORMS[form]);

/** The links of a page of items: itself, its other forms, and the pages beside it in the same form. */
export function pageLinks(
  self: string,
  collection: string,
  form: ItemForm,
  { next, prev }: Pick<ReadPage<unknown>, 'next' | 'prev'>,
): Link[] {
  const here = new URL(self);
  const changed = (name: string, value: string) => {
    const url = new URL(here);
    url.searchParams.set(name, value);
    return url.href;
  };
  const beside = (rel: 'next' | 'prev', cursor: string | undefined): Link[] =>
    cursor === undefined ? [] : [{ href: changed('cursor', cursor), rel, type: typeOf(form) }];
  const isSame = (other: ItemForm) => typeOf(other) === typeOf(form);
  return [
    { href: here.href, rel: 'self', type: typeOf(form) },
    ...ALTERNATES.filter((other) => !isSame(other)).map((other) => ({
      ...{ href: changed('f', other), rel: 'alternate', type: typeOf(other) },
    })),
    ...beside('next', next),
    ...beside('prev', prev),
    { href: collection, rel: 'collection', type: 'application/json' },
    ...(isSame('json') ? [{ href: RFC7946, rel: 'profile', type: 'text/html' }] : []),
  ];
}
