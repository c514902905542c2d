/* Arrivals of the day, always also as a table; uPlot itself is fetched after the figures are on screen. */
import { signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { minute, number } from '../base/format';
import { Empty } from '../base/ui';
import { w } from './words';

export interface Slot { minute: number; present_office: number; present_home: number; late: number }

export const text = (m: number) => minute(`${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`);

interface PlotProps { slots: readonly Slot[]; point: (at: number | null) => void }
const Plot = signal<FunctionComponent<PlotProps> | undefined>(undefined);

function Canvas(props: PlotProps) {
  useEffect(() => { if (!Plot.peek()) void import('./plot').then(m => { Plot.value = m.Plot; }, () => undefined); }, []);
  return Plot.value ? <Plot.value {...props} /> : <div class="chart" aria-busy="true" aria-label={w().loading} />;
}

/* What the lines are, with the figures of the moment pointed at, else of the last one. */
function Key({ slot }: { slot: Slot }) {
  const line = (color: string, label: string, n: number, dash = '') => <span class="key"><i class={dash} style={{ color: `var(${color})` }} />{label} <b class="num">{number(n)}</b></span>;
  return <p class="row sm muted"><span class="num">{w().time} {text(slot.minute)}</span>{line('--m-office', w().presentOffice, slot.present_office)}{line('--kunyit-500', w().presentHome, slot.present_home)}{line('--bad', w().lateLine, slot.late, 'dash')}</p>;
}

export function ArrivalChart({ slots }: { slots: readonly Slot[] }) {
  const [table, setTable] = useState(false), [at, setAt] = useState<number | null>(null);
  const slot = slots[at ?? slots.length - 1] ?? slots.at(-1);
  return <section class="card"><div class="row between"><h2>{w().today}</h2>{slot && <button class="link sm noprint" onClick={() => setTable(!table)}>{table ? w().asChart : w().asTable}</button>}</div>
    {!slot ? <Empty>{w().nobodyYet}</Empty> : table ? <div class="scroll figures" tabIndex={0} role="region" aria-label={w().today}><table class="table num"><thead><tr><th scope="col">{w().time}</th><th scope="col" class="r">{w().presentOffice}</th><th scope="col" class="r">{w().presentHome}</th><th scope="col" class="r">{w().lateLine}</th></tr></thead>
      <tbody>{slots.map(s => <tr key={s.minute}><td>{text(s.minute)}</td><td class="r">{number(s.present_office)}</td><td class="r">{number(s.present_home)}</td><td class="r">{number(s.late)}</td></tr>)}</tbody></table></div>
      : <><Key slot={slot} /><Canvas slots={slots} point={setAt} /></>}</section>;
}
