import { isPlainName, quoteName, quoteText } from '../server/core/cql2/quote.ts';
import type { Localized } from '../server/core/layer.ts';
import type { Swatch } from '../server/core/legend.ts';
import type { Collection } from './api.ts';

/** A class that can be switched off: the records of which the field has the value. */
export interface LayerClass {
  readonly field: string;
  readonly value: string;
  readonly label: Localized;
  /** Null: nothing on the map shows the class, which is counted only. */
  readonly swatch: Swatch | null;
}

type Described = Pick<Collection['azalai'], 'legend' | 'fields' | 'style' | 'kind'>;

/** Those of the legend, each once; of a layer that is always hexagons the kinds that these count. */
export function classesOf({ legend, fields, style, kind }: Described): LayerClass[] {
  if (style.type === 'hexagons') {
    const values = fields.find(({ name }) => name === kind)?.values ?? [];
    return values.map(({ value, title }) => ({ field: kind ?? '', value, label: title, swatch: null }));
  }
  const once = new Map<string, LayerClass>();
  for (const { field, value, label, swatch } of legend) {
    if (field === undefined || value === undefined || once.has(`${field}/${value}`)) continue;
    once.set(`${field}/${value}`, { field, value, label, swatch });
  }
  return [...once.values()];
}

/** What remains of one field: all but some of its values, or, where those without a class are off too, just some. */
export interface ClassRule {
  readonly field: string;
  readonly isOnly: boolean;
  readonly values: readonly string[];
}

/** The classes that are off ("field/value", "field/*") as one rule for each field that has any. */
export function classRules(azalai: Described, hidden: ReadonlySet<string>): ClassRule[] {
  const fields = new Set([...hidden].map((key) => key.slice(0, key.indexOf('/'))));
  const classes = classesOf(azalai);
  return [...fields].flatMap((field): ClassRule[] => {
    const known = classes.filter((each) => each.field === field).map(({ value }) => value);
    if (known.length === 0) return [];
    const isOff = (value: string) => hidden.has(`${field}/${value}`);
    const isOnly = isOff('*');
    return [{ field, isOnly, values: known.filter((value) => isOff(value) !== isOnly) }];
  });
}

/** Whether a record, as tiles have it, is left by a rule. */
export const passesRule = (
  properties: Readonly<Record<string, unknown>>,
  { field, isOnly, values }: ClassRule,
): boolean => values.includes(String(properties[field])) === isOnly;

/** The same as CQL2 text. A record without a value is in no class: it stays until only some are asked for. */
export function classText(rules: readonly ClassRule[]): string | null {
  if (rules.length === 0) return null;
  const printed = rules.map(({ field, isOnly, values }) => {
    const name = isPlainName(field) ? field : quoteName(field);
    const list = values.map(quoteText).join(', ');
    if (isOnly) return values.length === 0 ? 'FALSE' : `${name} IN (${list})`;
    return `(${name} NOT IN (${list}) OR ${name} IS NULL)`;
  });
  return printed.join(' AND ');
}
