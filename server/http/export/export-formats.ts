import { z } from 'zod';
import { ITEM_FORMATS, type ItemFormatId } from '../../encode/formats.ts';

export type ExportFormatId = ItemFormatId | 'gpkg';

/** How each format of an export is called. The first is the one that is given when `f` is left out. */
export const EXPORT_FORMATS: Readonly<
  Record<ExportFormatId, { readonly title: string; readonly mediaType: string; readonly extension: string }>
> = {
  ...ITEM_FORMATS,
  gpkg: { title: 'GeoPackage', mediaType: 'application/geopackage+sqlite3', extension: 'gpkg' },
};

const IDS = Object.keys(EXPORT_FORMATS) as [ExportFormatId, ...ExportFormatId[]];

/** The parameter `f` of an export. */
export const EXPORT_FORM_PARAM = z
  .enum(IDS, { error: `f must be one of ${IDS.join(', ')}` })
  .default('geojson')
  .meta({
    description: 'The format of the file.',
    written: { type: 'string', enum: IDS, default: 'geojson' },
  });
