import type { Language } from '../../server/core/layer.ts';
import { get } from '../api.ts';
import type { Queryables } from '../filter/fields.ts';

/** What filters can ask of a layer, with titles in a language. @throws ApiError */
export const getQueryables = (layer: string, language: Language, signal?: AbortSignal): Promise<Queryables> =>
  get(`collections/${layer}/queryables?lang=${language}`, signal);
