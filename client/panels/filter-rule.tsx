import type { FilterField } from '../filter/fields.ts';
import { type Operator, operatorsOf, type Rule, type Value, valuesOf } from '../filter/rules.ts';
import { local, t } from '../i18n/text.ts';
import { SelectInput } from './form-inputs.tsx';

const WORDS = {
  '=': 'is',
  '<>': 'isNot',
  '<': 'below',
  '<=': 'atMost',
  '>': 'above',
  '>=': 'atLeast',
  in: 'in',
  notIn: 'notIn',
  between: 'between',
  contains: 'contains',
  starts: 'starts',
  isNull: 'isNull',
  notNull: 'notNull',
} as const satisfies Record<Operator, string>;

/** Days are earlier and later, where numbers are less and more. */
const TIMES = { '<': 'before', '<=': 'until', '>': 'after', '>=': 'since' } as const;

function operatorText(operator: Operator, type: FilterField['type']): string {
  const isTime = type === 'date' || type === 'datetime';
  const word = isTime && operator in TIMES ? TIMES[operator as keyof typeof TIMES] : WORDS[operator];
  return t(`operator.${word}`);
}

/** One condition: a field, what is asked of it, and with which values. */
export function FilterRule({
  rule,
  fields,
  number,
  onChange,
  onRemove,
}: {
  rule: Rule;
  fields: readonly FilterField[];
  number: number;
  onChange: (rule: Rule) => void;
  onRemove: () => void;
}) {
  const field = fields.find(({ name }) => name === rule.field) ?? (fields[0] as FilterField);
  const chooseField = (name: string) => {
    const next = fields.find((each) => each.name === name) as FilterField;
    onChange({ field: name, operator: operatorsOf(next)[0] as Operator, values: [] });
  };
  const chooseOperator = (operator: Operator) => {
    const wanted = valuesOf(operator);
    onChange({ ...rule, operator, values: wanted === null ? rule.values : rule.values.slice(0, wanted) });
  };
  return (
    <fieldset class="filter-rule" aria-label={t('filter.condition', { number })}>
      <SelectInput
        label={t('filter.field')}
        hidden
        value={rule.field}
        choices={fields.map(({ name, title }) => ({ value: name, title }))}
        onChoose={chooseField}
      />
      <SelectInput
        label={t('filter.operator')}
        hidden
        value={rule.operator}
        choices={operatorsOf(field).map((operator) => ({ value: operator, title: operatorText(operator, field.type) }))}
        onChoose={(operator) => chooseOperator(operator as Operator)}
      />
      <button type="button" class="icon-button" aria-label={t('filter.removeCondition', { number })} onClick={onRemove}>
        ×
      </button>
      <RuleValues rule={rule} field={field} onChange={(values) => onChange({ ...rule, values })} />
    </fieldset>
  );
}

function RuleValues({
  rule,
  field,
  onChange,
}: {
  rule: Rule;
  field: FilterField;
  onChange: (values: readonly Value[]) => void;
}) {
  const wanted = valuesOf(rule.operator);
  if (wanted === 0) return null;
  if (field.type === 'boolean') {
    const choices = [
      { value: '', title: t('filter.choose') },
      { value: 'true', title: t('value.yes') },
      { value: 'false', title: t('value.no') },
    ];
    const value = rule.values.length === 0 ? '' : String(rule.values[0]);
    return (
      <div class="filter-values">
        <SelectInput
          label={t('filter.value')}
          hidden
          {...{ value, choices }}
          onChoose={(text) => onChange(text === '' ? [] : [text === 'true'])}
        />
      </div>
    );
  }
  if (wanted === null && field.values) {
    return (
      <ul class="filter-choices" aria-label={t('filter.value')}>
        {field.values.map(({ value, title }) => (
          <li key={value}>
            <label class="form-check">
              <input
                type="checkbox"
                checked={rule.values.includes(value)}
                onChange={({ currentTarget }) => {
                  const others = rule.values.filter((other) => other !== value);
                  onChange(currentTarget.checked ? [...others, value] : others);
                }}
              />
              <span>{local(title)}</span>
            </label>
          </li>
        ))}
      </ul>
    );
  }
  if (wanted === null) {
    return (
      <div class="filter-values">
        <ValueInput
          label={t('filter.list')}
          field={field}
          value={rule.values.join(', ')}
          onChange={(text) =>
            onChange(
              String(text)
                .split(',')
                .map((part) => part.trim())
                .filter(Boolean),
            )
          }
        />
      </div>
    );
  }
  return (
    <div class="filter-values">
      {Array.from({ length: wanted ?? 1 }, (_, index) => (
        <ValueInput
          key={index}
          label={t(wanted === 2 ? (index === 0 ? 'filter.from' : 'filter.to') : 'filter.value')}
          field={field}
          value={rule.values[index] ?? ''}
          onChange={(value) => {
            const values = Array.from({ length: wanted ?? 1 }, (_, at) =>
              at === index ? value : (rule.values[at] ?? ''),
            );
            onChange(values);
          }}
        />
      ))}
      {field.unit && <span class="quiet">{field.unit}</span>}
    </div>
  );
}

const INPUTS = { integer: 'number', number: 'number', date: 'date', datetime: 'datetime-local' } as const;

/** Moments are entered and asked in UTC. */
function ValueInput({
  label,
  field: { type },
  value,
  onChange,
}: {
  label: string;
  field: FilterField;
  value: Value;
  onChange: (value: Value) => void;
}) {
  const isNumber = type === 'integer' || type === 'number';
  return (
    <div class="form-field">
      <input
        type={INPUTS[type as keyof typeof INPUTS] ?? 'text'}
        step={type === 'integer' ? 1 : 'any'}
        aria-label={label}
        placeholder={label}
        value={type === 'datetime' ? String(value).replace(/(?::00)?(?:\.\d+)?Z$/, '') : String(value)}
        onChange={({ currentTarget: { value: text } }) => {
          if (isNumber) onChange(text === '' ? '' : Number(text));
          else if (type === 'datetime') onChange(text === '' ? '' : `${text.length === 16 ? `${text}:00` : text}Z`);
          else onChange(text.trim());
        }}
      />
    </div>
  );
}
