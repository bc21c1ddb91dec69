/** The part somebody plays who corrects records: none of these says who it is. */
export const AUTHORS = ['analyst', 'gis-officer', 'planner', 'field-team', 'partner', 'administrator'] as const;
export type Author = (typeof AUTHORS)[number];
