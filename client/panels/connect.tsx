import '../css/connect.css';
import '../i18n/connect-texts.ts';
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Collection } from '../api.ts';
import { PROGRAMS, type Program } from '../connect/programs.ts';
import { local, t } from '../i18n/text.ts';
import { closeConnect, collections, connectLayer, visible } from '../state.ts';
import { ConnectCheck } from './connect-check.tsx';
import { CopyText } from './copy-text.tsx';
import { usePanelFocus } from './use-panel-focus.ts';

const LOCAL = /^(localhost|127\.|\[::1\])/;

/** How other programs come to these records: their addresses, what to do with them, and whether it works from here. */
export function ConnectPanel() {
  const heading = usePanelFocus();
  const chosen = useSignal<Program>(PROGRAMS[0] as Program);
  const base = new URL('.', document.baseURI).href.replace(/\/$/, '');
  const layer = layerNamed(connectLayer.value ?? '');
  return (
    <aside class="panel connect" aria-label={t('connect.title')}>
      <div class="panel-head">
        <h2 tabIndex={-1} ref={heading}>
          {t('connect.title')}
        </h2>
        <button type="button" class="icon-button" aria-label={t('panel.close')} onClick={closeConnect}>
          ×
        </button>
      </div>
      <section class="panel-part">
        <p>{t('connect.lead')}</p>
        <h3>{t('connect.address')}</h3>
        <CopyText text={base} />
        {LOCAL.test(location.host) && <p class="quiet">{t('connect.local')}</p>}
        {layer && <LayerChoice layer={layer} />}
        <fieldset class="connect-programs" aria-label={t('connect.program')}>
          {PROGRAMS.map((program) => (
            <button
              key={program.id}
              type="button"
              aria-pressed={program === chosen.value}
              onClick={() => {
                chosen.value = program;
              }}
            >
              {program.title}
            </button>
          ))}
        </fieldset>
      </section>
      {layer && (
        <>
          <Ways program={chosen.value} layer={layer} base={base} />
          <ConnectCheck
            key={`${chosen.value.id}/${layer.id}`}
            program={chosen.value}
            subject={{ base, layer: layer.id, count: layer.azalai.count }}
          />
        </>
      )}
    </aside>
  );
}

/** Else the first that is shown and is no base map. */
function layerNamed(id: string): Collection | undefined {
  const all = collections.value;
  const isShown = (collection: Collection) => visible.value.has(collection.id) && collection.azalai.group !== 'base';
  return all.find((collection) => collection.id === id) ?? all.find(isShown) ?? all[0];
}

function LayerChoice({ layer }: { layer: Collection }) {
  const id = useId();
  return (
    <div class="connect-layer">
      <label for={id}>{t('connect.layer')}</label>
      <select
        id={id}
        value={layer.id}
        onChange={({ currentTarget }) => {
          connectLayer.value = currentTarget.value;
        }}
      >
        {collections.value.map((collection) => (
          <option key={collection.id} value={collection.id}>
            {local(collection.azalai.title)}
          </option>
        ))}
      </select>
    </div>
  );
}

function Ways({ program, layer, base }: { program: Program; layer: Collection; base: string }) {
  const { geometry, licence } = layer.azalai;
  return (
    <section class="panel-part connect-ways" aria-label={program.title}>
      {!licence.redistribution && <p class="connect-closed">{t('connect.closed')}</p>}
      {program.ways({ base, layer: layer.id, geometry }).map(({ title, instructions }) => (
        <div key={title}>
          <h3>{t(title)}</h3>
          <ol>
            {instructions.map(({ text, code, file }) => (
              <li key={text}>
                <p>{t(text)}</p>
                {code !== undefined && <CopyText text={code} />}
                {file !== undefined && (
                  <a class="button is-main connect-file" href={file} download>
                    {t('connect.download')}
                  </a>
                )}
              </li>
            ))}
          </ol>
        </div>
      ))}
    </section>
  );
}
