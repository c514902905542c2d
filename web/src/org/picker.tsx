import { useEffect, useState } from 'preact/hooks';
import { api, type Got } from '../base/api';
import { Field } from '../base/ui';
import { w as policyWords } from '../policy/words';
import { w } from './words';

export type Person = Got<'/api/v1/org/employees'>['items'][number];

/** Finds an employee by name or NIP among those one may see. */
export function PersonPicker({ onPick }: { onPick: (p: Person) => void }) {
  const [query, setQuery] = useState(''), [found, setFound] = useState<readonly Person[]>();
  useEffect(() => {
    if (query.trim().length < 3) return setFound(undefined);
    const timer = setTimeout(() => void api.GET('/api/v1/org/employees', { params: { query: { query: query.trim() } } }).then(r => setFound(r.data?.items ?? [])).catch(() => undefined), 300);
    return () => clearTimeout(timer);
  }, [query]);
  return <div class="col"><Field label={policyWords().search} hint={w().searchHint}>{p => <input {...p} type="search" maxLength={60} value={query} onInput={e => setQuery(e.currentTarget.value)} />}</Field>
    {found && <ul class="list" aria-live="polite">{found.length === 0 && <li class="sm muted">{policyWords().noneFound}</li>}{found.slice(0, 8).map(e => <li key={e.id}><button class="rowbutton" onClick={() => { onPick(e); setQuery(''); setFound(undefined); }}><b>{e.full_name}</b><span class="sm muted">{e.position} · {e.unit_name}</span></button></li>)}</ul>}</div>;
}
