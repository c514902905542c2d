/* Pemerataan: days at home against the fair share, and those of the months before with them. By name, never by rank. */
import { useState } from 'preact/hooks';
import { Dialog } from '../base/ui';
import { t } from '../base/words';
import { figure, w } from './plannerwords';
import type { Plan } from './sheet';

const STEP = 100, WIDTH = 260, HEIGHT = 96;
export interface Bin { label: string; n: number; at: number }

/** Days off the fair share, from -5 and fewer to +5 and more. */
export function gaps(plan: Plan): Bin[] {
  const off = plan.sheet.people.map((p, i) => Math.max(-5, Math.min(5, Math.round(plan.homeOf[i]! - p.share)))), from = Math.min(0, ...off), to = Math.max(0, ...off);
  return Array.from({ length: to - from + 1 }, (_, k) => from + k).map(at => ({ at, n: off.filter(x => x === at).length, label: at === -5 ? '≤ −5' : at === 5 ? '≥ +5' : at > 0 ? `+${at}` : at < 0 ? `−${-at}` : '0' }));
}
/** Days at home with those of the months before, in ten steps at most. */
export function ledger(plan: Plan): Bin[] {
  const sums = plan.sheet.people.map((p, i) => p.past + plan.homeOf[i]!), from = Math.min(...sums), step = Math.max(1, Math.ceil((Math.max(...sums) - from + 1) / 10));
  if (!sums.length) return [];
  return Array.from({ length: Math.floor((Math.max(...sums) - from) / step) + 1 }, (_, k) => from + k * step).map(at => ({ at, n: sums.filter(x => x >= at && x < at + step).length, label: step === 1 ? figure(at) : `${figure(at)}–${figure(at + step - 1)}` }));
}

function Bars({ bins, label, fair }: { bins: readonly Bin[]; label: string; fair?: boolean }) {
  const most = Math.max(1, ...bins.map(b => b.n)), pitch = Math.min(40, WIDTH / Math.max(1, bins.length)), left = (WIDTH - pitch * bins.length) / 2, base = HEIGHT - 16, y = (n: number) => base - n / most * (base - 14);
  return <figure class="bars"><figcaption class="sm strong">{label}</figcaption><svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${label}. ${bins.filter(b => b.n).map(b => w().bar(b.label, figure(b.n))).join('; ')}`}>
    {bins.map((b, i) => <g key={b.at}><rect class={fair && b.at === 0 ? 'fair' : 'other'} x={left + i * pitch + 2} y={y(b.n)} width={Math.max(2, pitch - 4)} height={base - y(b.n)} rx={2} />{b.n > 0 && <text x={left + (i + 0.5) * pitch} y={y(b.n) - 3}>{figure(b.n)}</text>}<text class="tick" x={left + (i + 0.5) * pitch} y={HEIGHT - 4}>{b.label}</text></g>)}
    <path d={`M0 ${base + 0.5}H${WIDTH}`} /></svg></figure>;
}

function Ledger({ plan }: { plan: Plan }) {
  const [shown, setShown] = useState(STEP), { share, now, difference, past, sum } = w(), order = plan.sheet.people.map((p, i) => ({ p, i })).sort((a, b) => a.p.name.localeCompare(b.p.name, 'id'));
  return <><div class="scroll sideways" tabIndex={0} role="region" aria-label={w().fairness}><table class="table num"><thead><tr><th scope="col">{w().employee}</th>{[share, now, difference, past, sum].map(h => <th key={h} scope="col" class="r">{h}</th>)}</tr></thead>
    <tbody>{order.slice(0, shown).map(({ p, i }) => {
      const n = plan.homeOf[i]!, off = Math.round((n - p.share) * 10) / 10;
      return <tr key={p.employee}><th scope="row">{p.name}</th><td class="r">{figure(p.share)}</td><td class="r">{figure(n)}</td><td class="r">{off > 0 ? '+' : ''}{figure(off)}</td><td class="r">{figure(p.past)}</td><td class="r">{figure(p.past + n)}</td></tr>;
    })}</tbody></table></div>{order.length > shown && <button type="button" class="btn ghost" onClick={() => setShown(shown + STEP)}>{t().more}</button>}</>;
}

export function Fairness({ plan }: { plan: Plan }) {
  const [open, setOpen] = useState(false), bins = gaps(plan), fair = bins.find(b => b.at === 0)!.n;
  return <section class="card"><div class="row between"><h2>{w().fairness}</h2><button type="button" class="link sm" onClick={() => setOpen(true)}>{w().asTable}</button></div><p class="sm muted">{w().fairHint}</p>
    <p class="sm num">{w().asFair(figure(fair), figure(plan.sheet.people.length))}</p>
    <Bars bins={bins} label={w().gap} fair /><Bars bins={ledger(plan)} label={w().ledger} />
    {open && <Dialog broad title={w().fairness} sub={w().ledger} onClose={() => setOpen(false)}><Ledger plan={plan} /></Dialog>}</section>;
}
