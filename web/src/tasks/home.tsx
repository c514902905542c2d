/* On the first screen: how many tasks one has in hand, and that one of them is late. Nothing where there are none. */
import { useEffect } from 'preact/hooks';
import { number } from '../base/format';
import { Chip } from '../base/ui';
import { kept } from './lists';
import { w } from './words';

export function TasksCard() {
  useEffect(() => { void kept.inbox.refresh(); }, []);
  const list = kept.inbox.state.value.value, items = list?.items ?? [], late = items.filter(x => x.past_due).length, count = number(items.length) + (list?.next ? '+' : '');
  return items.length === 0 ? null : <section class="card"><div class="row between"><h2>{w().views.inbox}</h2><a class="sm" href="#/tugas">{w().seeAll}</a></div><div class="row tight"><Chip tone="info">{w().inHand(count)}</Chip>{late > 0 && <Chip tone="bad">{w().lateOnes(number(late))}</Chip>}</div></section>;
}
