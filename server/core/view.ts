import { z } from 'zod';
import { isStorable } from './storable-text.ts';

/** Bytes of UTF-8 that an address may have: what a page shows, not data. */
const ADDRESS_BYTES = 32_768;
const LAYERS = 500;

const lengthInBytes = (text: string) => new TextEncoder().encode(text).length;

/** What stands for a stored view in an address would lead from one view to the next, and may lead in a ring. */
const leadsOn = (address: string) => ['view', 'brief'].some((name) => new URLSearchParams(address.slice(1)).has(name));

/** The fragment of the page's own address: `#map=…&layers=…&time=…`. */
const AddressSchema = z
  .string()
  .startsWith('#', 'is the fragment of the page’s address, from its "#" on')
  .refine((text) => lengthInBytes(text) <= ADDRESS_BYTES, 'an address may have 32,768 bytes')
  .refine(isStorable, 'an address has neither NUL nor half a character')
  .refine((text) => !leadsOn(text), 'an address of a view names no other: leave out "view" and "brief"');

/** The generation of each collection that is shown, by the collection's id. */
const GenerationsSchema = z
  .record(z.string().regex(/^[a-z][a-z0-9_]{0,47}$/, 'is no id of a collection'), z.int().positive())
  .refine((layers) => Object.keys(layers).length <= LAYERS, 'a view has at most 500 layers');

/** What the page shows: what is stored of it. */
export const ViewDraftSchema = z.strictObject({ address: AddressSchema, layers: GenerationsSchema });
export type ViewDraft = z.infer<typeof ViewDraftSchema>;

/** What a view shows and since when; part of a stored view, and of each page of a brief. */
export interface HashedView extends ViewDraft {
  /** ISO 8601 UTC, milliseconds: an instant at which these versions were in service together. `known_at` then shows them. */
  readonly storedAt: string;
  /** SHA-256, hexadecimal, of the canonical JSON of { address, layers }. */
  readonly hash: string;
}

/** A view that its id opens: the first 16 characters of its hash in base64url. */
export interface StoredView extends HashedView {
  readonly id: string;
}

export const VIEW_ID = /^[A-Za-z0-9_-]{16}$/;

/** A layer of a view that is in service in another version than the view was stored with, or in none. */
export interface ChangedLayer {
  readonly collection: string;
  /** In English and French; of a layer that is gone its id. */
  readonly title: { readonly en: string; readonly fr: string };
  readonly from: number;
  /** The generation in service; null: the layer is gone. */
  readonly to: number | null;
  /** Whether it can be shown as it was: else `known_at` is answered with 410, or with 404 when it is gone. */
  readonly isKept: boolean;
  /** Of records that the caller may see. Null where one of the two versions is not kept. */
  readonly counts: { readonly added: number; readonly changed: number; readonly removed: number } | null;
}

/** The answer of `GET /views/{id}`. */
export interface OpenedView extends StoredView {
  readonly changed: readonly ChangedLayer[];
}
