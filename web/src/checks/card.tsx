/* Beranda, while a check or a call is open: what is asked, how long, one tap to answer, and what became of the tap. */
import { clock, type Zone } from '../base/format';
import { Icon } from '../base/icons';
import { now } from '../base/shell';
import type { OutboxItem } from '../base/store';
import { Chip } from '../base/ui';
import { prove, punch, recording, RecordChip } from '../attendance/home';
import { happenedAt, outbox, typeOf } from '../attendance/outbox';
import { offersProof } from '../attendance/proofs_offer';
import { blind, position, standing, today, type Standing } from '../attendance/today';
import { asked, type Check } from './open';
import { w } from './words';

const SLACK_MS = 60_000;
/* What this phone recorded for it, before the server says so. */
const ownAnswer = (c: Check): OutboxItem | undefined => outbox.value.find(i => i.kind === 'punch' && typeOf(i) === 'answer' && i.state !== 'rejected' && happenedAt(i) >= Date.parse(c.opens_at) - SLACK_MS && happenedAt(i) <= Date.parse(c.until_at) + SLACK_MS);

function Time({ c, z }: { c: Check; z: Zone }) {
  const left = Date.parse(c.closes_at) - now.value.getTime();
  return left > 0 ? <Chip tone="info"><span class="num">{w().left(Math.ceil(left / 60_000))}</span></Chip> : <Chip tone="warn"><span class="num">{w().overdue(clock(c.until_at, z))}</span></Chip>;
}

function Answered({ c, own, z }: { c: Check; own?: OutboxItem; z: Zone }) {
  const at = own ? new Date(happenedAt(own)) : c.made_at!;
  return <div class="col tight"><div class="row between"><b class="num">{w().answeredAt(clock(at, z))}</b>{own && <RecordChip i={own} />}</div>
    <span class="sm muted">{own?.state === 'waiting' ? w().kept : w().gone}</span></div>;
}

function One({ c, day }: { c: Check; day: Standing }) {
  const z = day.zone as Zone, own = ownAnswer(c), isDone = !!own || !!c.made_at, isLot = c.kind === 'lot';
  return <section class="card asked" aria-label={w().title}>
    <div class="row between start"><h2 class="grow">{isLot ? w().lotTitle : w().callTitle(c.asked_by ?? '')}</h2>{!isDone && <Time c={c} z={z} />}</div>
    {c.asked_for && <p class="sm muted">{w().actingFor(c.asked_for)}</p>}
    {c.note && <blockquote>{c.note}</blockquote>}
    <p class="sm">{isLot ? w().lotText : c.kind === 'come' ? w().comeText : w().answerText}</p>
    {isDone ? <Answered c={c} own={own} z={z} /> : <div class="row"><button class="btn" disabled={recording.value} aria-busy={recording.value} onClick={() => punch('answer', day)}><Icon name="check" />{isLot ? w().here : c.kind === 'come' ? w().come : w().answer}</button>
      {offersProof(day, position.value) && <button class="btn ghost" disabled={recording.value} onClick={() => void prove('answer', day)}>{w().proof}</button>}</div>}
    {!isDone && <p class="xs muted">{w().fair}</p>}
  </section>;
}

export function CheckCards() {
  const copy = today.state.value.value, day = copy ? standing(copy, now.value) : blind(now.value, 'WIB');
  return <>{asked.value.map(c => <One key={c.id} c={c} day={day} />)}</>;
}
