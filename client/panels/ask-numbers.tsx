import { type Cell, type NumberGroup, tablesOf } from '../ask/tables-of.ts';
import { saveFile } from '../charts/save-file.ts';
import { toCsv } from '../charts/to-csv.ts';
import { local, t } from '../i18n/text.ts';
import { unitText } from '../i18n/unit-text.ts';
import { language } from '../state.ts';

/** Rows of a table that are shown; the file has all. */
const ROWS = 200;

interface AskNumbersProps {
  readonly numbers: Readonly<Record<string, unknown>>;
  readonly units: Readonly<Record<string, string>>;
  /** Of files. */
  readonly name: string;
}

/** The numbers of a result: facts first, each table behind its name. */
export function AskNumbers({ numbers, units, name }: AskNumbersProps) {
  const groups = tablesOf(numbers);
  return (
    <details class="panel-part ask-numbers">
      <summary>{t('ask.numbers')}</summary>
      {groups.map((group) => (
        <Group key={group.place} group={group} units={units} name={name} />
      ))}
    </details>
  );
}

const inWords = (name: string) => name.replaceAll('_', ' ').replaceAll('.', ', ');

function cellText(value: Cell | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') {
    // Whole numbers as they are: counts, and numbers of records.
    const digits = Number.isInteger(value) ? {} : { maximumSignificantDigits: 6 };
    return new Intl.NumberFormat(language.value, digits).format(value);
  }
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  return typeof value === 'string' ? value : local(value);
}

/** Of texts in two languages that of the reader; numbers as they are. */
const csvOf = (columns: readonly string[], rows: readonly (readonly (Cell | undefined)[])[]) =>
  toCsv(
    columns,
    rows.map((row) => row.map((cell) => (typeof cell === 'object' ? local(cell) : cell))),
  );

function Group({ group, units, name: file }: Pick<AskNumbersProps, 'units' | 'name'> & { group: NumberGroup }) {
  const { place, facts, table } = group;
  const unitOf = (name: string) => {
    const unit = units[place === '' ? name : `${place}.${name}`];
    const words = unitText(unit);
    return words && ` ${words}`;
  };
  const title = place === '' ? '' : inWords(place.replaceAll('[]', ''));
  if (table) {
    const { columns, rows } = table;
    return (
      <details class="ask-table">
        <summary>{t('ask.rows', { name: title, count: rows.length })}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls is for the keyboard too. */}
        <div class="ask-scroll" tabIndex={0}>
          <table>
            <thead>
              <tr>
                {columns.map((name) => (
                  <th key={name} scope="col">
                    {inWords(name)}
                    {unitOf(name) && <span class="quiet">{unitOf(name)}</span>}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, ROWS).map((row, index) => (
                <tr key={index}>
                  {row.map((value, column) => (
                    <td key={columns[column]} class={typeof value === 'number' ? 'is-number' : undefined}>
                      {cellText(value)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <button
          type="button"
          class="link-button"
          onClick={() =>
            saveFile(`${file}-${place.replaceAll('[]', '')}.csv`, 'text/csv;charset=utf-8', csvOf(columns, rows))
          }
        >
          {t('chart.csv')}
        </button>
        {rows.length > ROWS && <p class="quiet">{t('ask.rest', { count: rows.length - ROWS })}</p>}
      </details>
    );
  }
  return (
    <>
      {title && <h4>{title}</h4>}
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{inWords(name)}</dt>
            <dd>
              {cellText(value)}
              {unitOf(name)}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
