import { words } from '../base/i18n';

const id = {
  people: 'Pegawai', searchHint: 'Sedikitnya 3 huruf atau angka.', units: 'Unit', choose: 'Pilih unit untuk melihat pegawainya.', none: 'Tidak ada pegawai di unit ini.',
  account: { none: 'belum ada akun', waiting: 'belum diaktifkan', active: 'aktif' } as Record<string, string>, issue: (n: number) => `Cetak kode sekali pakai (${n})`, slips: 'Slip kode sekali pakai', slipsHint: 'Cetak, gunting, dan serahkan langsung kepada yang bersangkutan. Kode hanya tampil sekali ini dan berlaku satu kali.', print: 'Cetak', validUntil: (d: string) => `Berlaku sampai ${d}`, slipHow: 'Buka halaman masuk Luwes, pilih "Pakai kode sekali pakai".', noPhone: 'tanpa ponsel', employees: (n: string) => `${n} pegawai`, selectAll: 'Pilih semua',
  imports: 'Impor data', importHint: 'CSV dari Excel: UTF-8, pemisah koma atau titik koma. Periksa dulu, baru terapkan; bila ada satu baris salah, tidak ada yang diubah.', kind: 'Jenis data', template: 'Unduh contoh', effective: 'Berlaku mulai (TMT)', file: 'Berkas CSV', check: 'Periksa dulu', apply: 'Terapkan', history: 'Riwayat impor', noHistory: 'Belum pernah ada impor.',
  kinds: { units: 'Unit kerja', employees: 'Pegawai', placements: 'Penempatan', supervisors: 'Atasan langsung dan ketua tim', posts: 'Loket dan pos pelayanan', holidays: 'Hari libur', status: 'Cuti, dinas luar, diklat', rosters: 'Jadwal' } as Record<string, string>,
  state: { waiting: 'Menunggu', checked: 'Diperiksa, belum diterapkan', applied: 'Diterapkan', refused: 'Ditolak', failed: 'Gagal' } as Record<string, string>,
  result: (c: string, u: string, n: string) => `${c} baru, ${u} berubah, ${n} tetap`, errors: (n: string) => `${n} kesalahan`, line: 'Baris', column: 'Kolom', reason: 'Alasan', value: 'Isi', rows: (n: string) => `${n} baris`,
  reasons: { required: 'wajib diisi', nip_scientific: 'NIP berubah menjadi angka ilmiah oleh Excel (1,98E+17). Ubah format kolom menjadi Teks lalu isi ulang.', nip: 'NIP tidak sah', duplicate: 'muncul dua kali dalam berkas', unknown_unit: 'kode unit tidak dikenal', unknown_employee: 'NIP tidak dikenal', date: 'tanggal tidak sah (pakai 2025-11-13 atau 13/11/2025)', formula: 'isi yang diawali =, +, -, atau @ tidak diterima', encoding: 'bukan UTF-8: simpan ulang sebagai "CSV UTF-8"', too_long: 'terlalu panjang', column_missing: 'kolom tidak ada', columns: 'jumlah kolom tidak sesuai' } as Record<string, string>,
  checking: 'Sedang diperiksa…', done: 'Selesai.',
};
const en: typeof id = {
  people: 'People', searchHint: 'At least 3 characters.', units: 'Units', choose: 'Choose a unit to see its people.', none: 'Nobody in this unit.',
  account: { none: 'no account', waiting: 'not activated', active: 'active' }, issue: n => `Print one-time codes (${n})`, slips: 'One-time code slips', slipsHint: 'Print, cut, and hand over in person. A code is shown only now and works once.', print: 'Print', validUntil: d => `Valid until ${d}`, slipHow: 'Open the sign-in page of Luwes and choose "Use a one-time code".', noPhone: 'no phone', employees: n => `${n} people`, selectAll: 'Select all',
  imports: 'Import', importHint: 'CSV from Excel: UTF-8, comma or semicolon. Check first, then apply; if one row is wrong nothing changes.', kind: 'Kind of data', template: 'Download a template', effective: 'Valid from (TMT)', file: 'CSV file', check: 'Check first', apply: 'Apply', history: 'Imports so far', noHistory: 'No import yet.',
  kinds: { units: 'Units', employees: 'Employees', placements: 'Placements', supervisors: 'Supervisors and team leads', posts: 'Service posts', holidays: 'Holidays', status: 'Leave, duty, training', rosters: 'Rosters' },
  state: { waiting: 'Waiting', checked: 'Checked, not applied', applied: 'Applied', refused: 'Refused', failed: 'Failed' },
  result: (c, u, n) => `${c} new, ${u} changed, ${n} unchanged`, errors: n => `${n} errors`, line: 'Line', column: 'Column', reason: 'Reason', value: 'Value', rows: n => `${n} rows`,
  reasons: { required: 'required', nip_scientific: 'Excel turned the NIP into 1.98E+17. Format the column as Text and fill it in again.', nip: 'not a valid NIP', duplicate: 'twice in the file', unknown_unit: 'unknown unit code', unknown_employee: 'unknown NIP', date: 'not a date (2025-11-13 or 13/11/2025)', formula: 'values that begin with =, +, - or @ are refused', encoding: 'not UTF-8: save as "CSV UTF-8"', too_long: 'too long', column_missing: 'column missing', columns: 'wrong number of columns' },
  checking: 'Checking…', done: 'Done.',
};
export const w = words(id, en);
