import type { Field, Layer } from './layer.ts';

/** Where the records of a layer have their names. */
export interface NameFields {
  /** The name as it is shown, and the same in French where that is kept apart. */
  readonly name: string;
  readonly nameFr: string | null;
  /** From where to where, for what has no name of its own. */
  readonly toName: string | null;
  /** Other names, spellings and languages: texts, with ";" between several, or lists. */
  readonly others: readonly string[];
  /** P-codes and ISO codes. */
  readonly codes: readonly string[];
  /** Ascending = more important. */
  readonly rank: string | null;
  readonly population: string | null;
}

/** By which records are called, the best first. Files that were brought have theirs in many languages. */
const NAMES = [
  ...['name', 'title', 'nom', 'place', 'location', 'label', 'shapename', 'admin3_name', 'admin2_name', 'admin1_name'],
  ...['adm4_name', 'adm3_name', 'adm2_name', 'adm1_name', 'adm4_fr', 'adm3_fr', 'adm2_fr', 'adm1_fr', 'from_place'],
];
const OTHER = /^(alt|alternate|other|local|old|former)_?names?$|^name_[a-z]{2,3}$|^nam_[a-z]{2,3}$|^aka$/;
const CODE = /(^|_)(p_?code|pcod|iso|iso_?[23]|insee)$|^adm\d_?(pcode|code)$/;

/** Null where nothing of a layer's records is a name. */
export function nameFields({ fields, style }: Pick<Layer, 'fields' | 'style'>): NameFields | null {
  const isText = ({ type, values }: Field) => (type === 'string' || type === 'strings') && values === undefined;
  const texts = new Set(fields.filter(isText).map((field) => field.name));
  const numbers = new Set(fields.filter(({ type }) => type === 'integer' || type === 'number').map(({ name }) => name));
  const label = 'label' in style ? style.label : undefined;
  const single = (name: string) => fields.some((field) => field.name === name && field.type === 'string');
  const name = [...(label ? [label.field] : []), ...NAMES].find(
    (candidate) => texts.has(candidate) && single(candidate),
  );
  const codes = fields.filter((field) => field.type === 'string' && CODE.test(field.name)).map((field) => field.name);
  if (name === undefined) return null;
  const french = label?.field === name && label.field_fr ? label.field_fr : `${name}_fr`;
  const nameFr = texts.has(french) && french !== name ? french : null;
  const toName = name === 'from_place' && texts.has('to_place') ? 'to_place' : null;
  const others = [...texts].filter(
    (each) => each !== name && each !== nameFr && (OTHER.test(each) || (toName !== null && each === 'via')),
  );
  const rank = label?.rank !== undefined && numbers.has(label.rank) ? label.rank : null;
  const population = ['population', 'pop', 'pop_est'].find((each) => numbers.has(each)) ?? null;
  return { name, nameFr, toName, others, codes, rank, population };
}
