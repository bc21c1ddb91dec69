import { render } from 'preact';
import { type OpenApi, operationsOf } from '../api/openapi.ts';
import { readInterfaces } from '../api/try-request.ts';
import { OperationDetails } from './operation.tsx';
import { language, words } from './words.ts';

/** The interfaces as the server describes them at `/api`, to be read and tried. */
function Interfaces({ document }: { readonly document: OpenApi }) {
  const { info, tags } = document;
  return (
    <>
      <header>
        <nav aria-label="Breadcrumb">
          <ol class="crumbs">
            <li>
              <a href="./?f=html">Azalai</a>
            </li>
            <li aria-current="page">{words.interfaces}</li>
          </ol>
          <a href="./">{words.map}</a>
        </nav>
      </header>
      <main>
        <div class="head">
          <h1>{words.interfaces}</h1>
          <ul class="forms" aria-label={words.machine}>
            <li>
              <a href="./api" rel="alternate" type="application/vnd.oai.openapi+json;version=3.0">
                OpenAPI
              </a>
            </li>
          </ul>
        </div>
        <p class="lead">
          {info.description} {info.version}
        </p>
        {tags.map(({ name, description }) => (
          <section key={name} id={name}>
            <h2>{name}</h2>
            <p class="note">{description}</p>
            {operationsOf(document, name).map((listed) => (
              <OperationDetails key={listed.operation.operationId} document={document} listed={listed} />
            ))}
          </section>
        ))}
      </main>
    </>
  );
}

document.documentElement.lang = language;
const root = document.getElementById('app');
if (root) {
  readInterfaces().then(
    (interfaces) => render(<Interfaces document={interfaces} />, root),
    () => render(<p>{words.failed}</p>, root),
  );
}
