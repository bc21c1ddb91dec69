import { COPY_FILE, type CopyFacts } from '../../server/core/offline.ts';
import { get } from '../api.ts';

/** What a copy without a server says of itself. @throws ApiError where it says nothing, as copies of older versions */
export const getCopyFacts = (): Promise<CopyFacts> => get<CopyFacts>(COPY_FILE);
