import '../css/filter.css';
import '../css/forms.css';
import '../i18n/filter-texts.ts';
import { useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { parseFilter } from '../../server/core/cql2/parse-text.ts';
import { printText } from '../../server/core/cql2/print-text.ts';
import { getQueryables } from '../api/queryables.ts';
import { type FilterField, toFilterFields } from '../filter/fields.ts';
import { isComplete, operatorsOf, type Rule, type Rules, toPredicate, toRules } from '../filter/rules.ts';
import { t } from '../i18n/text.ts';
import { filters, setFilter } from '../state/filters.ts';
import { collectionById, language } from '../state.ts';
import { FilterRule } from './filter-rule.tsx';
import { FilterText } from './filter-text.tsx';
import { useFetched } from './use-fetched.ts';

/** Builds the filter of a layer: conditions on its fields, and the text that they make, which can be written by hand too. */
export function Filter({ layer }: { layer: string }) {
  const azalai = collectionById.value.get(layer)?.azalai;
  const code = language.value;
  const answer = useFetched((signal) => getQueryables(layer, code, signal), `${layer}/${code}`);
  if (!azalai || answer.state === 'loading') return <p class="quiet">{t('records.loading')}</p>;
  if (answer.state === 'failed') {
    return (
      <p role="alert">
        {t('filter.noFields')}{' '}
        <button type="button" class="link-button" onClick={answer.retry}>
          {t('app.retry')}
        </button>
      </p>
    );
  }
  return <FilterForm layer={layer} fields={toFilterFields(answer.value, azalai.fields)} />;
}

/** A filter as the form has it; null where it asks more than the form can. */
function read(text: string | undefined, fields: readonly FilterField[]): Rules | null {
  if (text === undefined) return { combine: 'and', rules: [] };
  try {
    return toRules(parseFilter(text).predicate, fields);
  } catch {
    return null;
  }
}

const newRule = (fields: readonly FilterField[]): Rule => {
  const [first] = fields as [FilterField];
  return { field: first.name, operator: operatorsOf(first)[0] ?? 'notNull', values: [] };
};

function FilterForm({ layer, fields }: { layer: string; fields: readonly FilterField[] }) {
  const text = filters.value.get(layer);
  const rules = useSignal<Rules | null>(read(text, fields));
  const applied = useSignal(text);
  // What came from elsewhere: a text written by hand, undo, another address.
  useEffect(() => {
    if (text === applied.value) return;
    applied.value = text;
    rules.value = read(text, fields);
  }, [text]);
  const apply = (next: Rules) => {
    rules.value = next;
    const predicate = toPredicate(next, fields);
    applied.value = predicate === null ? undefined : printText(predicate);
    if (applied.value !== text) setFilter(layer, applied.value ?? null);
  };
  const isUnsaid = useComputed(() => rules.value?.rules.some((rule) => !isComplete(rule)) ?? false);
  const now = rules.value;
  return (
    <section class="filter" aria-label={t('filter.title')}>
      {now === null ? (
        <p>
          {t('filter.byHand')}{' '}
          <button type="button" class="link-button" onClick={() => apply({ combine: 'and', rules: [] })}>
            {t('filter.startOver')}
          </button>
        </p>
      ) : (
        <>
          {now.rules.length > 1 && (
            <fieldset class="filter-combine" aria-label={t('filter.combine')}>
              {(['and', 'or'] as const).map((combine) => (
                <button
                  key={combine}
                  type="button"
                  aria-pressed={now.combine === combine}
                  onClick={() => apply({ ...now, combine })}
                >
                  {t(`filter.${combine}`)}
                </button>
              ))}
            </fieldset>
          )}
          <ol class="filter-rules">
            {now.rules.map((rule, index) => (
              <li key={index}>
                <FilterRule
                  rule={rule}
                  fields={fields}
                  number={index + 1}
                  onChange={(changed) => apply({ ...now, rules: now.rules.with(index, changed) })}
                  onRemove={() => apply({ ...now, rules: now.rules.toSpliced(index, 1) })}
                />
              </li>
            ))}
          </ol>
          <button
            type="button"
            class="button"
            onClick={() => apply({ ...now, rules: [...now.rules, newRule(fields)] })}
          >
            {t('filter.add')}
          </button>
          {isUnsaid.value && <p class="quiet">{t('filter.unsaid')}</p>}
        </>
      )}
      <FilterText layer={layer} text={text ?? ''} />
    </section>
  );
}
