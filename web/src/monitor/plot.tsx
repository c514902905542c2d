/* The line chart of the board, by uPlot: the only place that carries it. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'preact/hooks';
import { number } from '../base/format';
import { text, type Slot } from './chart';
import { w } from './words';

const HEIGHT = 250;
function columns(slots: readonly Slot[]): uPlot.AlignedData {
  return [slots.map(s => s.minute), slots.map(s => s.present_office), slots.map(s => s.present_home), slots.map(s => s.late)];
}

export function Plot({ slots, point }: { slots: readonly Slot[]; point: (at: number | null) => void }) {
  const box = useRef<HTMLDivElement>(null), plot = useRef<uPlot | null>(null);
  useEffect(() => {
    const el = box.current!;
    const css = getComputedStyle(document.documentElement), color = (n: string) => css.getPropertyValue(n).trim();
    const axis: uPlot.Axis = { stroke: color('--ink-2'), grid: { stroke: color('--line'), width: 1 }, ticks: { show: false }, font: `12px ${color('--ff')}` };
    const line = (label: string, c: string, more: uPlot.Series = {}): uPlot.Series => ({ label, stroke: color(c), width: 2, points: { show: false }, ...more });
    plot.current = new uPlot({
      width: el.clientWidth, height: HEIGHT, cursor: { y: false }, legend: { show: false }, hooks: { setCursor: [u => point(u.cursor.idx ?? null)] },
      scales: { x: { time: false }, y: { range: (_u, _low, high) => [0, Math.max(10, high * 1.08)] } },
      axes: [{ ...axis, values: (_u, v) => v.map(text), gap: 8, size: 32 }, { ...axis, size: 56, values: (_u, v) => v.map(number) }],
      series: [{ label: w().time },
        line(w().presentOffice, '--m-office', { fill: color('--m-office') + '22' }), line(w().presentHome, '--kunyit-500'), line(w().lateLine, '--bad', { dash: [6, 4] })],
    }, columns(slots), el);
    const watch = new ResizeObserver(() => plot.current?.setSize({ width: el.clientWidth, height: HEIGHT }));
    watch.observe(el);
    return () => { watch.disconnect(); plot.current?.destroy(); };
  }, []);
  useEffect(() => { plot.current?.setData(columns(slots)); }, [slots]);
  return <div class="chart" ref={box} role="img" aria-label={w().today} />;
}
