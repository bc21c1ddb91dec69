import { useState } from 'preact/hooks';
import { inWords, type Listed, type OpenApi } from '../api/openapi.ts';
import { TryForm } from './try-form.tsx';
import { words } from './words.ts';

/** What has parameters that a form would not send, or changes something, is told and not tried. */
function Parameters({ listed }: { readonly listed: Listed }) {
  if (listed.parameters.length === 0) return null;
  return (
    <>
      <h3>{words.parameters}</h3>
      <ul>
        {listed.parameters.map(({ name, in: place, schema, description }) => (
          <li key={name}>
            <code>{name}</code> <small>{[place, inWords(schema), description].filter(Boolean).join('; ')}</small>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Member and type, as deep as two levels: the rest is in the document. */
function Members({ document, name }: { readonly document: OpenApi; readonly name: string }) {
  const properties = Object.entries(document.components.schemas[name]?.properties ?? {});
  if (properties.length === 0) return null;
  return (
    <small>
      {' '}
      {name}: {properties.map(([member, schema]) => `${member} (${inWords(schema)})`).join(', ')}
    </small>
  );
}

function Answers({ document, listed }: { readonly document: OpenApi; readonly listed: Listed }) {
  return (
    <>
      <h3>{words.answers}</h3>
      <ul>
        {Object.entries(listed.operation.responses).map(([status, { description, content = {} }]) => (
          <li key={status}>
            {status === 'default' ? 'application/problem+json' : status} <small>{description}</small>
            {Object.entries(content).map(([type, { schema }]) => (
              <p key={type}>
                <code>{type}</code>
                {schema.$ref && <Members document={document} name={schema.$ref.split('/').at(-1) ?? ''} />}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}

/** One operation, closed until somebody opens it. */
export function OperationDetails({ document, listed }: { readonly document: OpenApi; readonly listed: Listed }) {
  const [wasOpened, setOpened] = useState(false);
  const { method, path, operation, needsToken } = listed;
  const canBeTried = method === 'get' && !needsToken;
  return (
    <details id={operation.operationId} onToggle={() => setOpened(true)}>
      <summary>
        <b class="method">{method.toUpperCase()}</b>
        <code>{path}</code>
        <span>{operation.summary}</span>
      </summary>
      {wasOpened && (
        <>
          {needsToken && <p>{words.token}</p>}
          {canBeTried ? <TryForm listed={listed} /> : <Parameters listed={listed} />}
          {operation.requestBody && (
            <p>
              {words.body}: <code>{Object.keys(operation.requestBody.content).join(', ')}</code>
            </p>
          )}
          <Answers document={document} listed={listed} />
        </>
      )}
    </details>
  );
}
