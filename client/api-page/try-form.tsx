import { useId, useState } from 'preact/hooks';
import { inWords, type Listed, type Parameter, toAddress } from '../api/openapi.ts';
import { type Answer, tryRequest } from '../api/try-request.ts';
import { words } from './words.ts';

function firstValue({ required, example, schema }: Parameter): string {
  if (!required) return '';
  return String(example ?? schema.example ?? schema.enum?.[0] ?? '');
}

interface InputProps {
  readonly parameter: Parameter;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Input({ parameter, value, onChange }: InputProps) {
  const { name, required, schema, description } = parameter;
  const id = useId();
  return (
    <div class="field">
      <label for={id}>
        <code>{name}</code> <small>{inWords(schema)}</small>
      </label>
      <div>
        {schema.enum ? (
          <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
            {!required && <option value="" />}
            {schema.enum.map((option) => (
              <option key={String(option)}>{String(option)}</option>
            ))}
          </select>
        ) : (
          <input
            id={id}
            value={value}
            placeholder={schema.default === undefined ? '' : String(schema.default)}
            required={required}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
        )}
        {description && <small>{description}</small>}
      </div>
    </div>
  );
}

function Shown({ answer }: { readonly answer: Answer }) {
  const { status, statusText, milliseconds, bytes, headers, text } = answer;
  return (
    <section aria-label={words.answer}>
      <p>
        <strong>
          {status} {statusText}
        </strong>{' '}
        · {milliseconds} ms · {bytes.toLocaleString()} B
      </p>
      <pre>{headers.map(([name, value]) => `${name}: ${value}`).join('\n')}</pre>
      {text !== '' && <pre>{text}</pre>}
    </section>
  );
}

/** The parameters of a GET request, a button that sends it, and what comes. */
export function TryForm({ listed }: { readonly listed: Listed }) {
  const shown = listed.parameters.filter((parameter) => parameter.in !== 'header');
  const [values, setValues] = useState(() => Object.fromEntries(shown.map((each) => [each.name, firstValue(each)])));
  const [accept, setAccept] = useState(listed.types[0] ?? '');
  const [answer, setAnswer] = useState<Answer | 'failed' | undefined>();
  const acceptId = useId();
  const address = toAddress(listed, values);

  const send = (event: Event) => {
    event.preventDefault();
    tryRequest(address, accept).then(setAnswer, () => setAnswer('failed'));
  };

  return (
    <form onSubmit={send}>
      {shown.map((parameter) => (
        <Input
          key={parameter.name}
          parameter={parameter}
          value={values[parameter.name] ?? ''}
          onChange={(value) => setValues({ ...values, [parameter.name]: value })}
        />
      ))}
      {listed.types.length > 1 && (
        <div class="field">
          <label for={acceptId}>
            <code>Accept</code>
          </label>
          <select id={acceptId} value={accept} onChange={(event) => setAccept(event.currentTarget.value)}>
            {listed.types.map((type) => (
              <option key={type}>{type}</option>
            ))}
          </select>
        </div>
      )}
      <p>
        <button type="submit">{words.send}</button> <a href={address}>{address.replace(/^\.\/(?=.)/, '')}</a>
      </p>
      {answer === 'failed' && <p>{words.failed}</p>}
      {answer !== undefined && answer !== 'failed' && <Shown answer={answer} />}
    </form>
  );
}
