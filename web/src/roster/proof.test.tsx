// @vitest-environment happy-dom
/* What the planner reads of the proof of a roster. */
import { cleanup, render } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import { ProofNote, type Proof } from './proof';

afterEach(cleanup);

it.each<[Proof, RegExp]>([
  [undefined, /^$/],
  [{ kind: 'best', rules_gap: 0, cost_gap: 0 }, /^Terbukti terbaik/],
  [{ kind: 'gap', rules_gap: 0, cost_gap: 1240 }, /^Belum terbukti terbaik: jadwal lain mungkin lebih baik dalam jatah adil dan usulan, paling banyak senilai 1\.240 /],
  [{ kind: 'gap', rules_gap: 2, cost_gap: 0 }, /jadwal lain mungkin melanggar setelan Anda 2 hari lebih sedikit\.$/],
  [{ kind: 'gap', rules_gap: 2, cost_gap: -1 }, /2 hari lebih sedikit, lebih baik dalam jatah adil dan usulan\.$/],
  [{ kind: 'flow', rules_gap: -1, cost_gap: -1 }, /^Batas waktu perhitungan tercapai/],
])('%o', (proof, text) => {
  expect(render(<ProofNote proof={proof} />).container.textContent).toMatch(text);
});
