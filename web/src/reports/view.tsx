/* A report as it was sent, with its thread: for its writer and for who verifies it. */
import type { Got } from '../base/api';
import { minute, shortDay, stamp, type Zone } from '../base/format';
import { w } from './words';

export type Report = Got<'/api/v1/reports/daily'>;

export function ReportView({ r, z }: { r: Report; z: Zone }) {
  const isWeek = r.week_day === r.day || r.items.some(i => i.day);
  return <div class="col">
    <ul class="list">{r.items.map((i, k) => <li key={k}><b>{i.description}</b>
      <span class="sm num">{isWeek && `${shortDay(i.day ?? r.day)} · `}{minute(i.starts)}–{minute(i.ends)} · {i.volume} {i.unit_of_measure}{i.effective_minutes && ` · ${w().minutesOf(i.effective_minutes)}`}</span>
      {(i.target_result ?? i.target) && <span class="sm muted">{w().serves(i.target_result ?? i.target!)}</span>}
      {i.reference && <span class="sm">{w().referenceOf(i.reference)}</span>}
      {(i.evidence_sha256 || i.evidence_link) && <span class="sm row">{i.evidence_sha256 && <a href={`/api/v1/files/${i.evidence_sha256}`}>{i.evidence_name}</a>}{i.evidence_link && <a href={i.evidence_link} rel="noreferrer noopener" target="_blank">{i.evidence_link.replace('https://', '')}</a>}</span>}</li>)}</ul>
    {r.obstacle && <p class="sm"><span class="muted">{w().obstacle}: </span>{r.obstacle}</p>}
    {r.events.length > 0 && <section><h3>{w().thread}</h3><ul class="list">{r.events.map((e, k) => <li key={k} class="sm"><span><b>{w().events[e.kind]}</b> · {e.actor_name} · <span class="num">{stamp(e.at, z)}</span></span>{e.note && <span>{e.note}</span>}</li>)}</ul></section>}
  </div>;
}
