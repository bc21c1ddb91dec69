import type { Brief } from '../../server/core/brief.ts';
import type { ChangedLayer } from '../../server/core/view.ts';
import { getBrief } from '../api/briefs.ts';
import { getView } from '../api/views.ts';
import type { PrintJob } from './job.ts';

/** What one sheet is to show. */
export interface PrintPage {
  /** Empty: the title of the map. */
  readonly title: string;
  readonly note: string;
  /** Of the page, from "#" on. */
  readonly address: string;
  /** Null: it is not stored, and has no receipt. */
  readonly stored: {
    readonly layers: Readonly<Record<string, number>>;
    readonly storedAt: string;
    readonly hash: string;
    /** What the server says has changed since; undefined: it was not asked. */
    readonly changed?: readonly ChangedLayer[];
  } | null;
}

export interface PrintPages {
  readonly pages: readonly PrintPage[];
  /** Null where it is a single view. */
  readonly brief: Pick<Brief, 'title' | 'language' | 'handling' | 'updatedAt' | 'version'> | null;
}

/** @throws ApiError */
export async function pagesOf({ of, title, note }: PrintJob): Promise<PrintPages> {
  if (of.type === 'address') return { pages: [{ title, note, address: of.address, stored: null }], brief: null };
  if (of.type === 'view') {
    const { address, layers, storedAt, hash, changed } = await getView(of.id);
    return { pages: [{ title, note, address, stored: { layers, storedAt, hash, changed } }], brief: null };
  }
  const brief = await getBrief(of.id, of.version ?? undefined);
  return {
    brief,
    pages: brief.views.map(({ title, note, view: { address, layers, storedAt, hash } }) => ({
      ...{ title, note, address },
      stored: { layers, storedAt, hash },
    })),
  };
}
