import * as packed from 'mgrs';

/** Bundlers have the package's exports by name, Node has them in one. */
const names: Readonly<Record<string, unknown>> = { ...packed };

export const mgrs = (names.default ?? packed) as typeof packed;
