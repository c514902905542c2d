/* A device that is nothing yet: the code its officer sees makes it a screen or a kiosk. */
import { useEffect, useState } from 'preact/hooks';
import { api, type Got } from '../base/api';
import { Action, Field, governmentName, Note, problemText } from '../base/ui';
import { enrol } from './station';
import { w } from './words';

type Governments = Got<'/api/v1/governments'>['items'];

export function Start() {
  const [list, setList] = useState<Governments>(), [government, setGovernment] = useState(''), [code, setCode] = useState(''), [fault, setFault] = useState('');
  useEffect(() => {
    void api.GET('/api/v1/governments').then(r => {
      setList(r.data?.items);
      if (r.data) setGovernment(r.data.items[0]?.code ?? '');
    }, () => undefined);
  }, []);
  const connect = async () => {
    const p = await enrol(government, code);
    setFault(!p ? '' : p === 'keys' ? w().faults.keys! : p === 'network' ? problemText(p) : w().faults[p.code] ?? problemText(p));
  };
  return <><header class="top"><div class="col tight"><h1>{w().title}</h1></div></header>
    <main id="m" class="signin" tabIndex={-1}><section class="card"><p>{w().how}</p>
      <form class="col" onSubmit={e => e.preventDefault()}>
        {list && list.length > 1 && <Field label={w().government}>{p => <select {...p} value={government} onChange={e => setGovernment(e.currentTarget.value)}>{list.map(g => <option key={g.code} value={g.code}>{governmentName(g)}</option>)}</select>}</Field>}
        <Field label={w().code} hint={w().codeHint}>{p => <input {...p} value={code} autocomplete="off" autocapitalize="characters" spellcheck={false} maxLength={16} onInput={e => { setCode(e.currentTarget.value); setFault(''); }} />}</Field>
        {fault && <Note tone="bad" icon="warn">{fault}</Note>}
        <Action disabled={!government || code.trim().length < 10} onAct={connect}>{w().connect}</Action></form></section></main></>;
}
