/* Why a day is as it is: rule, instrument, article, facts, and what lost. Used by every screen that shows a day. */
import { useEffect, useMemo } from 'preact/hooks';
import { api, type Got } from '../base/api';
import { fullDay, longDay, minute, stamp } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Chip, ModeText, Show, type Mode } from '../base/ui';
import { t } from '../base/words';
import { w } from './words';

export type Explanation = Got<'/api/v1/policy/explain'>;
type Step = Explanation['steps'][number];

/** "Izin 08.00–12.00": a part of a day that a letter covers. */
export const coverText = (c: Explanation['covers'][number]) => `${t().kind[c.kind] ?? c.kind} ${minute(c.from)}–${minute(c.to)}`;

/** "unit:NAME; level:CODE" of the server in words. */
export function scopeText(scope: string): string {
  if (!scope || scope === 'government') return w().scope.government!;
  return scope.split('; ').map(part => {
    const at = part.indexOf(':'), kind = part.slice(0, at), value = part.slice(at + 1);
    if (kind === 'level') return w().levels[value] ?? value;
    if (kind === 'character') return w().characters[value] ?? value;
    if (kind === 'mode') return t().mode[value as Mode] ?? value;
    return part === 'post:direct' ? w().scope.direct! : value;
  }).join(', ');
}

function says(s: Step): string {
  const parts = [w().kinds[s.rule_kind] ?? s.rule_kind];
  if (s.days_per_week) parts.push(w().perWeek(s.days_per_week));
  if (s.mode) parts.push(t().mode[s.mode as Mode]);
  if (s.percent !== undefined && s.bound) parts.push(w().share(w().bound[s.bound]!, s.percent, w().base[s.base ?? 'all']!, w().level[s.share_level ?? 'agency']!));
  return parts.join(' · ');
}

/* The rules of one instrument under its name, in the order in which they were weighed. */
function Steps({ steps }: { steps: readonly Step[] }) {
  const key = (s: Step) => `${s.number} ${s.title}`;
  return <ul class="list lined">{[...new Set(steps.map(key))].map(k => steps.filter(s => key(s) === k)).map(group => <li key={key(group[0]!)}>
    <span class="col tight"><b>{group[0]!.title}</b><span class="sm muted">{group[0]!.number} · {w().issuedOn(fullDay(group[0]!.issued))} · {group[0]!.verified ? w().verified : w().example}</span></span>
    <ul class="steps sm">{group.map((s, i) => <li key={i}><span class="col tight grow"><span>{says(s)}</span><span class="muted">{[scopeText(s.scope), s.article].filter(Boolean).join(' · ')}</span></span><Chip tone={s.result === 'applies' ? 'ok' : ''}>{w().result[s.result] ?? s.result}</Chip></li>)}</ul></li>)}</ul>;
}

export function ExplanationView({ e }: { e: Explanation }) {
  const shift = e.shift, applied = e.steps.filter(s => s.result !== 'not_this_day'), others = e.steps.filter(s => s.result === 'not_this_day');
  return <div class="col">
    <ModeText mode={e.mode}>{w().source[e.source] ?? e.source}</ModeText>
    <dl class="facts">
      {shift && <><dt>{w().hours}</dt><dd class="num">{minute(shift.starts)}–{minute(shift.ends, t().nextDay)} {e.zone}</dd></>}
      {shift?.break_starts && <><dt>{w().break}</dt><dd class="num">{minute(shift.break_starts)}–{minute(shift.break_ends!)}</dd></>}
      {shift?.asked_minutes && <><dt>{w().dynamic}</dt><dd>{w().dynamicText(shift.asked_minutes)}</dd></>}
      {shift?.band_after !== undefined && <><dt>{w().band}</dt><dd>{w().bandText(shift.band_after, shift.band_before ?? 0)}{e.band_basis && <span class="muted"> · {e.band_basis}</span>}</dd></>}
      {e.changed_at && <><dt>{w().changed}</dt><dd>{w().changedText(e.was ? `${minute(e.was.starts)}–${minute(e.was.ends)}` : w().noHours, stamp(e.changed_at, zone()))}</dd></>}
      {e.school_break && <><dt>{w().schoolBreak}</dt><dd>{e.school_break} ({e.school_break_source})</dd></>}
      {e.holiday && <><dt>{w().holiday}</dt><dd>{e.holiday} ({e.holiday_source})</dd></>}
      {e.pattern_name && <><dt>{e.is_turn ? w().turn : w().pattern}</dt><dd>{e.pattern_name}{e.legal_basis && <span class="muted"> · {e.legal_basis}</span>}</dd></>}
      {e.status && <><dt>{w().status}</dt><dd>{t().kind[e.status.kind] ?? e.status.kind}{e.status.letter && ` · ${e.status.letter}`}</dd></>}
      {/* a copy of an earlier version of the app knows of none */}
      {e.covers?.length > 0 && <><dt>{w().covers}</dt><dd class="num">{e.covers.map(coverText).join(', ')}</dd></>}
      {e.masked && <><dt>{w().status}</dt><dd class="muted">{w().masked}</dd></>}
      <dt>{w().duty}</dt><dd>{e.duty === 'weekly' && e.week_day ? w().weekDue(longDay(e.week_day)) : w().duties[e.duty]}</dd>
      {e.plan_due && <><dt>{w().plan}</dt><dd>{w().planDue(minute(e.plan_due))}</dd></>}
      {e.report_missing && <><dt>{w().missing}</dt><dd>{e.report_missing} <span class="muted">{w().missingHint}</span></dd></>}
      <dt>{w().place}</dt><dd>{w().places[e.place]}</dd>
    </dl>
    {applied.length > 0 && <Steps steps={applied} />}
    {others.length > 0 && <details><summary class="sm strong">{w().others(others.length)}</summary><Steps steps={others} /></details>}
  </div>;
}

/** Asks and shows the explanation of one person's day. */
export function Explain({ employee, day }: { employee: string; day: string }) {
  const s = useMemo(() => source<Explanation>(`explain/${employee}/${day}`, () => api.GET('/api/v1/policy/explain', { params: { query: { employee, day } } })), [employee, day]);
  useEffect(() => { void s.refresh(); }, [s]);
  return <section class="col"><p class="strong">{longDay(day)}</p><Show source={s} zone={zone()} height={160}>{e => <ExplanationView e={e} />}</Show></section>;
}
