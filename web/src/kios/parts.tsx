/* What screens and kiosks share: the line that says how the device stands, and light or dark. */
import { signal } from '@preact/signals';
import { setTheme } from '../base/theme';
import { waiting } from './chain';
import { connected } from './station';
import type { Station } from './store';
import { w } from './words';

/* What was chosen here, else as the device has it; asked when it is shown, because the choice is taken up later than this file. */
const chosen = signal<boolean>();
const isDark = () => chosen.value ?? (document.documentElement.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
const turn = () => {
  chosen.value = !isDark();
  setTheme(chosen.value ? 'dark' : 'light');
};

export function Net({ s }: { s: Station }) {
  const unsent = waiting.value.filter(r => !r.refused).length, refused = waiting.value.length - unsent;
  return <span class="row">
    <span class={`net${connected.value ? '' : ' off'}`} role="status"><i aria-hidden="true" />{connected.value ? w().online : w().offline}</span>
    <span>{s.name}</span>
    {unsent > 0 && <span class="num">{w().unsent(unsent)}</span>}
    {refused > 0 && <b class="num" title={w().refusedHint}>{w().refused(refused)}</b>}
    <button type="button" class="link" onClick={turn}>{isDark() ? w().day : w().night}</button>
  </span>;
}
