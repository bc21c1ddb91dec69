/** A statement with its values. */
export type Statement = readonly [sql: string, values?: readonly (string | number | null)[]];

/** Names come from the catalogue: letters, digits and underscores. */
export const quoted = (name: string): string => `"${name}"`;
