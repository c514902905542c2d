/* "Progres Harian" of a period as Excel or CSV, in the columns of e-Kinerja: one's own, or those of one's own line. Loaded when asked for. */
import { useState } from 'preact/hooks';
import { serverNow } from '../base/api';
import { Downloads } from '../base/downloads';
import { addDays, dayIn } from '../base/format';
import { words } from '../base/i18n';
import { zone } from '../base/shell';
import { DateInput, Dialog, Field, Note } from '../base/ui';

const w = words(
  { title: 'Unduh Progres Harian', own: 'Satu baris untuk setiap hasil kerja yang sudah Anda kirim, dengan kolom seperti Progres Harian e-Kinerja BKN. Draf tidak ikut.', team: 'Satu baris untuk setiap hasil kerja yang sudah dikirim pegawai yang Anda verifikasi, dengan kolom seperti Progres Harian e-Kinerja BKN.', unverified: 'Susunan kolomnya belum dicocokkan dengan e-Kinerja. Periksa sebelum menyalin.', from: 'Dari tanggal', to: 'Sampai tanggal', order: 'Tanggal akhir harus pada atau setelah tanggal awal.', long: 'Paling lama 62 hari sekali unduh.' },
  { title: 'Download daily progress', own: 'One row for each result you have sent, in columns like those of Progres Harian in BKN’s e-Kinerja. Drafts are left out.', team: 'One row for each result sent by the people you verify, in columns like those of Progres Harian in BKN’s e-Kinerja.', unverified: 'The columns have not been compared with e-Kinerja yet. Check before you copy.', from: 'From', to: 'To', order: 'The last day must not lie before the first.', long: '62 days at most at a time.' });

/** What is wrong with a period, if anything is. */
export const periodFault = (from: string, to: string): 'order' | 'long' | undefined => to < from ? 'order' : to > addDays(from, 61) ? 'long' : undefined;

export function ProgressDialog({ team, onClose }: { team?: boolean; onClose: () => void }) {
  const today = dayIn(serverNow(), zone()), [from, setFrom] = useState(today.slice(0, 8) + '01'), [to, setTo] = useState(today), fault = periodFault(from, to);
  return <Dialog title={w().title} onClose={onClose}><p>{team ? w().team : w().own}</p>
    <div class="two"><Field label={w().from}>{p => <DateInput {...p} value={from} onValue={d => { if (d) setFrom(d); }} />}</Field>
      <Field label={w().to} error={fault && w()[fault]}>{p => <DateInput {...p} value={to} onValue={d => { if (d) setTo(d); }} />}</Field></div>
    <Note icon="info">{w().unverified}</Note>
    {!fault && <Downloads path={`/api/v1/reports/progress${team ? '-team' : ''}?from=${from}&to=${to}`} />}</Dialog>;
}
