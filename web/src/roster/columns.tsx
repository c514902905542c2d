/* Home and office of a group per day, above the columns of the grid and as wide as they are. */
import { useState } from 'preact/hooks';
import { longDay, percent, shortDay } from '../base/format';
import { Dialog } from '../base/ui';
import { PITCH } from './grid';
import { figure, w } from './plannerwords';
import { awayOn, officeOn, type Plan } from './sheet';

const HEIGHT = 64, limitText = (say: (n: string) => string, n: number) => n < 0 ? '' : say(figure(n));

/** The rule of a group in words: "Aturan: paling banyak 50% dari pegawai yang hadir menurut SE 12, angka 3." */
export function ruleText(plan: Plan, group: number): string {
  const g = plan.sheet.groups[group]!;
  return g.percent === undefined || !g.bound || !g.base ? '' : w().rule(w().bound[g.bound], figure(g.percent), w().base[g.base], [g.number, g.article].filter(Boolean).join(', '));
}
/** A day of a group in figures, against its limits and against all three bases. */
export function figures(plan: Plan, group: number, day: number): string {
  const g = plan.sheet.groups[group]!, away = awayOn(plan, group, day), { mostText, leastText, minimumText, awayText, officeText, ofAll, ofEligible, ofPresent } = w();
  const limits = [g.least[day]! > 0 ? leastText(figure(g.least[day]!)) : '', limitText(mostText, g.most[day]!)].filter(Boolean).join(', ');
  const of = (say: (p: string, n: string) => string, n: number) => say(percent(away, n), figure(n));
  return `${longDay(plan.sheet.days[day]!.day)}: ${awayText(figure(away), limits)}, ${officeText(figure(officeOn(plan, group, day)), limitText(minimumText, g.minimum[day]!))}. ${[of(ofAll, g.all[day]!), of(ofEligible, g.eligible[day]!), of(ofPresent, g.present[day]!)].join('; ')}.`;
}
const isAwayKept = (plan: Plan, group: number, day: number) => { const g = plan.sheet.groups[group]!, n = awayOn(plan, group, day); return (g.most[day]! < 0 || n <= g.most[day]!) && (g.least[day]! < 0 || n >= g.least[day]!); };
const isOfficeKept = (plan: Plan, group: number, day: number) => officeOn(plan, group, day) >= plan.sheet.groups[group]!.minimum[day]!;

function Day({ plan, group, day, top }: { plan: Plan; group: number; day: number; top: number }) {
  const g = plan.sheet.groups[group]!, y = (n: number) => HEIGHT - Math.round(n / top * (HEIGHT - 8)), office = Math.max(0, officeOn(plan, group, day)), away = awayOn(plan, group, day), x = day * PITCH;
  const bar = (from: number, n: number, kind: string, kept: boolean) => n > 0 && <rect class={kept ? kind : 'broken'} x={x + from} y={y(n)} width={10} height={HEIGHT - y(n)} rx={2} />;
  const line = (from: number, n: number) => n >= 0 && <path class="limit" d={`M${x + from} ${y(n) + 0.5}h12`} />;
  const officeKept = isOfficeKept(plan, group, day), awayKept = isAwayKept(plan, group, day);
  return <g>{bar(3, office, 'office', officeKept)}{bar(15, away, 'home', awayKept)}{g.minimum[day]! > 0 && line(2, g.minimum[day]!)}{present(g, day) && line(14, g.most[day]!)}{g.least[day]! > 0 && line(14, g.least[day]!)}
    {(!officeKept || !awayKept) && <text class="mark" x={x + (awayKept ? 8 : 20)} y={Math.max(9, y(awayKept ? office : away) - 3)}>!</text>}</g>;
}
const present = (g: Plan['sheet']['groups'][number], day: number) => g.present[day]! > 0;

export function Columns({ plan, group, day, onDay }: { plan: Plan; group: number; day: number; onDay: (day: number | undefined) => void }) {
  const g = plan.sheet.groups[group]!, top = Math.max(1, ...g.present, ...g.most.map((n, d) => g.present[d] ? n : 0), ...g.minimum), width = plan.days * PITCH;
  const keys = (e: KeyboardEvent) => {
    const to = { ArrowLeft: day - 1, ArrowDown: day - 1, ArrowRight: day + 1, ArrowUp: day + 1, Home: 0, End: plan.days - 1 }[e.key];
    if (to === undefined) return;
    e.preventDefault();
    onDay(Math.max(0, Math.min(plan.days - 1, to)));
  };
  return <div class="columns"><span class="who xs muted num" aria-hidden="true"><span>{figure(top)}</span><span>0</span></span>
    <div role="slider" tabIndex={0} aria-label={`${w().chart}, ${g.name}`} aria-valuemin={1} aria-valuemax={plan.days} aria-valuenow={day + 1} aria-valuetext={figures(plan, group, day)} onKeyDown={keys} onBlur={() => onDay(undefined)}
      onPointerMove={e => onDay(Math.max(0, Math.min(plan.days - 1, Math.floor((e.clientX - e.currentTarget.getBoundingClientRect().left) / PITCH))))} onPointerLeave={() => onDay(undefined)}>
      <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true"><rect class="here" x={day * PITCH} width={PITCH} height={HEIGHT} />{plan.sheet.days.map((d, i) => <Day key={d.day} plan={plan} group={group} day={i} top={top} />)}</svg></div></div>;
}

export function ColumnsTable({ plan, group }: { plan: Plan; group: number }) {
  const g = plan.sheet.groups[group]!, n = (x: number) => x < 0 ? '–' : figure(x), head = [w().away, w().least, w().most, w().office, w().minimum, w().all, w().eligible, w().present], rule = ruleText(plan, group);
  return <>{rule && <p class="sm muted">{rule}</p>}<div class="scroll sideways" tabIndex={0} role="region" aria-label={w().chart}><table class="table num"><thead><tr><th scope="col">{w().day}</th>{head.map(h => <th key={h} scope="col" class="r">{h}</th>)}</tr></thead>
    <tbody>{plan.sheet.days.map((d, i) => {
      const away = awayOn(plan, group, i), share = (base: number) => `${figure(base)} (${percent(away, base)})`;
      return <tr key={d.day}><th scope="row">{shortDay(d.day)}{d.label && <span class="xs muted"> {d.label}</span>}</th><td class={`r${isAwayKept(plan, group, i) ? '' : ' err'}`}>{figure(away)}</td><td class="r">{n(g.least[i]!)}</td><td class="r">{n(g.most[i]!)}</td><td class={`r${isOfficeKept(plan, group, i) ? '' : ' err'}`}>{figure(officeOn(plan, group, i))}</td><td class="r">{n(g.minimum[i]!)}</td><td class="r">{share(g.all[i]!)}</td><td class="r">{share(g.eligible[i]!)}</td><td class="r">{share(g.present[i]!)}</td></tr>;
    })}</tbody></table></div></>;
}

/** "Lihat sebagai tabel", and the table. */
export function AsTable({ plan, group }: { plan: Plan; group: number }) {
  const [open, setOpen] = useState(false);
  return <><button type="button" class="link sm" onClick={() => setOpen(true)}>{w().asTable}</button>{open && <Dialog broad title={w().chart} sub={plan.sheet.groups[group]!.name} onClose={() => setOpen(false)}><ColumnsTable plan={plan} group={group} /></Dialog>}</>;
}
