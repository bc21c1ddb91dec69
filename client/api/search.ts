import type { Language } from '../../server/core/layer.ts';
import { get } from '../api.ts';

/** A place or record that was found by its name. */
export interface Hit {
  readonly id: string;
  readonly geometry: { readonly coordinates: readonly [lon: number, lat: number] };
  /** West, south, east, north; absent: a point. */
  readonly bbox?: readonly [number, number, number, number];
  readonly properties: {
    readonly name: string;
    /** The name or code by which it was found, where that is another one. */
    readonly found_by?: string;
    readonly match: string;
    readonly collection: string;
    readonly collection_title: string;
    readonly kind: string | null;
    readonly item: number;
    /** Records of that name there. */
    readonly count: number;
    /** Areas in which it lies, the smallest first. */
    readonly within: readonly string[];
    readonly valid_from: string | null;
    readonly valid_to: string | null;
  };
}

/** The best first. @throws ApiError */
export const searchByName = (typed: string, language: Language, limit: number, signal: AbortSignal) =>
  get<{ features: readonly Hit[] }>(`search?q=${encodeURIComponent(typed)}&limit=${limit}&lang=${language}`, signal);
