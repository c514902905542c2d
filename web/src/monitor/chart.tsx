/* Arrivals of the day, always also as a table; uPlot itself is fetched after the figures are on screen. */
import { signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { number } from '../base/format';
import { w } from './words';

export interface Slot { minute: number; present_office: number; present_home: number; late: number }

export const text = (m: number) => `${String(Math.floor(m / 60)).padStart(2, '0')}.${String(m % 60).padStart(2, '0')}`;

const Plot = signal<FunctionComponent<{ slots: readonly Slot[] }> | undefined>(undefined);

function Canvas({ slots }: { slots: readonly Slot[] }) {
  useEffect(() => { if (!Plot.peek()) void import('./plot').then(m => { Plot.value = m.Plot; }, () => undefined); }, []);
  return Plot.value ? <Plot.value slots={slots} /> : <div class="chart" aria-busy="true" />;
}

export function ArrivalChart({ slots }: { slots: readonly Slot[] }) {
  const [table, setTable] = useState(false);
  return <section class="card"><div class="row between"><h2>{w().today}</h2><button class="link sm noprint" onClick={() => setTable(!table)}>{table ? w().asChart : w().asTable}</button></div>
    {table ? <div class="scroll" tabIndex={0} role="region" aria-label={w().today} style={{ maxHeight: '280px' }}><table class="table num"><thead><tr><th scope="col">{w().time}</th><th scope="col" class="r">{w().presentOffice}</th><th scope="col" class="r">{w().presentHome}</th><th scope="col" class="r">{w().lateLine}</th></tr></thead>
      <tbody>{slots.map(s => <tr key={s.minute}><td>{text(s.minute)}</td><td class="r">{number(s.present_office)}</td><td class="r">{number(s.present_home)}</td><td class="r">{number(s.late)}</td></tr>)}</tbody></table></div>
      : <Canvas slots={slots} />}</section>;
}
