/* Cek kehadiran saya: what was asked of oneself in the last month and what became of it; and the lot, worked out again on this phone. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, type Got } from '../base/api';
import { ascii, fromText, join, number64, sha256, toText } from '../base/bytes';
import { number, shortFullDay } from '../base/format';
import { source } from '../base/load';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Action, Empty, Note, Show } from '../base/ui';
import { answerText, StateChip, windowText } from './parts';
import type { Check, Checks } from './open';
import { w } from './words';

type Lot = Got<'/api/v1/public/{government}/checks/{day}'>;
const int32 = (n: number) => { const b = new Uint8Array(4); new DataView(b.buffer).setInt32(0, n); return b; };

/** The number of a person in [0, 2^32), and whether the seed is the one that was promised (docs/EVIDENCE.md). */
export async function drawAgain(lot: Lot, employee: string): Promise<{ isPromised: boolean; chance: number }> {
  const seed = fromText(lot.seed!), day = int32(Date.parse(lot.day) / 86_400_000);
  const commitment = await sha256(ascii('luwes/cs/1\n'), number64(lot.government), day, seed);
  const key = await crypto.subtle.importKey('raw', seed, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const mac = await crypto.subtle.sign('HMAC', key, join(ascii('luwes/lt/1\n'), number64(employee)));
  return { isPromised: toText(commitment) === lot.commitment, chance: new DataView(mac).getUint32(0) };
}

type Found = { ok: boolean; text: string };
async function verify(day: string): Promise<Found> {
  const who = me.peek()!, r = await api.GET('/api/v1/public/{government}/checks/{day}', { params: { path: { government: who.government.code, day } } }).catch(() => undefined);
  if (!r?.data) return { ok: false, text: w().verifyFail };
  if (!r.data.seed) return { ok: true, text: w().verifyEarly };
  const { isPromised, chance } = await drawAgain(r.data, who.employee), percent = r.data.percent ?? 0;
  const isRight = isPromised && chance * 100 < percent * 2 ** 32;
  return { ok: isRight, text: isRight ? w().verifyOk(number(percent), number(Math.floor(chance / 2 ** 32 * 10_000) / 100)) : w().verifyBad };
}

function Row({ c }: { c: Check }) {
  const z = zone(), [found, setFound] = useState<Found>();
  return <li><div class="row between start"><b class="num">{shortFullDay(c.day)} · {windowText(c, z)}</b><StateChip c={c} z={z} /></div>
    {c.asked_by && <span class="sm">{w().callTitle(c.asked_by)}{c.note && `: ${c.note}`}</span>}
    {w().why[c.state] && <span class="sm muted">{w().why[c.state]}</span>}
    <span class="sm muted num">{answerText(c, z)}</span>
    {c.kind === 'lot' && !found && <span><Action class="link sm" onAct={async () => setFound(await verify(c.day))}>{w().verify}</Action></span>}
    {found && <Note tone={found.ok ? '' : 'bad'} icon={found.ok ? 'info' : 'warn'}>{found.text}</Note>}</li>;
}

export function OwnChecks() {
  const s = useMemo(() => source<Checks>('me/checks', () => api.GET('/api/v1/me/checks', { params: { query: {} } })), []);
  useEffect(() => { void s.refresh(); }, [s]);
  return <main id="m" tabIndex={-1}><section class="card"><h2>{w().mine}</h2><p class="sm muted">{w().mineHint}</p>
    <details><summary class="sm">{w().how}</summary><p class="sm">{w().howText}</p></details>
    <Show source={s} zone={zone()} height={200}>{v => v.items.length === 0 ? <Empty>{w().mineNone}</Empty> : <ul class="list">{v.items.map(c => <Row key={c.id} c={c} />)}</ul>}</Show></section></main>;
}
