import { words } from '../base/i18n';

const id = {
  look: 'Isi berkas', reading: 'Membaca berkas…', where: (sheet: string, line: string) => sheet ? `Lembar "${sheet}", judul kolom di baris ${line}.` : `Judul kolom di baris ${line}.`,
  own: 'Judul kolomnya sama dengan contoh. Tidak perlu pemetaan.', saved: (n: string) => `Dibaca dengan pemetaan "${n}".`, change: 'Ubah pemetaan',
  example: (n: string) => `Judul kolomnya seperti "${n}". Itu contoh yang belum diverifikasi: periksa setiap kolom, lalu simpan dengan nama Anda sendiri.`,
  likeness: 'Judul kolomnya berbeda dari contoh. Usulan di bawah dibuat dari kemiripan nama: periksa setiap kolom, lalu simpan.', nothing: 'Judul kolomnya belum dikenali. Tentukan kolom mana yang dibaca, lalu simpan.',
  title: 'Pemetaan kolom', hint: 'Sekali disimpan, pemetaan dipakai sendiri untuk berkas bulan berikutnya yang berjudul sama.',
  from: 'Dibaca dari kolom', none: 'tidak dibaca', fixed: 'Isi tetap', fixedHint: 'Isi tetap dipakai bila selnya kosong atau kolomnya tidak dibaca.', means: (said: string) => `"${said}" berarti`, asIs: 'sama seperti tertulis', required: 'wajib',
  sample: 'Contoh isi', unread: (names: string) => `Tidak dibaca dan tidak disimpan: ${names}.`, private: (names: string) => `Data pribadi yang tidak diperlukan, tidak ditampilkan dan tidak disimpan: ${names}.`,
  dates: 'Urutan tanggal', order: { dmy: '13/11/2025 (tanggal, bulan, tahun)', mdy: '11/13/2025 (bulan, tanggal, tahun)', ymd: '2025/11/13 (tahun, bulan, tanggal)' },
  endsAtBlank: 'Tabel berakhir di baris kosong pertama (di bawahnya hanya tanda tangan)', name: 'Nama pemetaan', save: 'Simpan pemetaan', cancel: 'Batal', saved2: 'Pemetaan disimpan.',
  list: 'Pemetaan tersimpan', noList: 'Belum ada pemetaan untuk jenis data ini.', by: (n: string, when: string) => `disimpan ${n}, ${when}`, end: 'Akhiri', ended: 'Pemetaan diakhiri.', columns: (n: string) => `${n} kolom`, usedMapping: (n: string) => `dengan pemetaan "${n}"`,
  empty: 'Berkasnya kosong. Pilih berkas lain.', notATable: 'Berkas ini bukan .xlsx atau CSV. Buka di Excel, lalu simpan sebagai "Buku Kerja Excel (.xlsx)".', missingName: 'Beri nama, misalnya "DUK SIMPEG".', missingColumn: 'Kolom ini wajib: pilih kolomnya atau beri isi tetap.', cell: 'Sel', templateCsv: 'Contoh CSV', templateXlsx: 'Contoh Excel',
  column: {
    nip: 'NIP', name: 'Nama', title_before: 'Gelar depan', title_after: 'Gelar belakang', employment_kind: 'Kepegawaian', has_phone: 'Punya ponsel', last_day: 'Hari terakhir', unit: 'Unit kerja (kode atau nama)', position: 'Jabatan', position_level: 'Jenis jabatan', decree: 'Nomor SK', posts: 'Loket', superior: 'NIP atasan', relation: 'Hubungan',
    code: 'Kode', parent: 'Kode induk', kind: 'Jenis', character: 'Sifat', date: 'Tanggal', source: 'Dasar', from: 'Mulai', to: 'Sampai', letter: 'Nomor surat', nama: 'Nama', is_direct: 'Layanan langsung', skills: 'Keahlian', weekdays: 'Hari', opens: 'Buka', closes: 'Tutup', minimum: 'Sedikitnya',
    period: 'Tahun atau triwulan', result: 'Rencana hasil kerja (RHK)', aspect: 'Aspek', indicator: 'Indikator', target: 'Target (angka, boleh dengan satuannya)', unit_of_measure: 'Satuan', superior_result: 'RHK atasan yang diintervensi',
  } as Record<string, string>,
  choice: {
    pns: 'PNS', cpns: 'CPNS', pppk: 'PPPK', pppk_part_time: 'PPPK paruh waktu', jpt_madya: 'JPT madya', jpt_pratama: 'JPT pratama', administrator: 'Administrator', pengawas: 'Pengawas', fungsional: 'Fungsional', pelaksana: 'Pelaksana', supervisor: 'Atasan langsung', team_lead: 'Ketua tim', main: 'Utama', additional: 'Tambahan', quantity: 'Kuantitas', quality: 'Kualitas', time: 'Waktu', cost: 'Biaya',
  } as Record<string, string>,
};
const en: typeof id = {
  look: 'What the file holds', reading: 'Reading the file…', where: (sheet, line) => sheet ? `Sheet "${sheet}", headings in row ${line}.` : `Headings in line ${line}.`,
  own: 'Its headings are those of the template. No mapping is needed.', saved: n => `Read by the mapping "${n}".`, change: 'Change the mapping',
  example: n => `Its headings are like "${n}". That is an unverified example: check each column, then save it under a name of your own.`,
  likeness: 'Its headings differ from the template. The proposal below comes from similar names: check each column, then save.', nothing: 'Its headings are not known. Say which columns are read, then save.',
  title: 'Mapping of columns', hint: 'Once saved, a mapping applies by itself to next month\'s file with the same headings.',
  from: 'Read from column', none: 'not read', fixed: 'Fixed value', fixedHint: 'A fixed value is used where the cell is empty or the column is not read.', means: said => `"${said}" means`, asIs: 'as it stands', required: 'required',
  sample: 'Examples', unread: names => `Neither read nor kept: ${names}.`, private: names => `Personal data that is not needed, neither shown nor kept: ${names}.`,
  dates: 'Order of dates', order: { dmy: '13/11/2025 (day, month, year)', mdy: '11/13/2025 (month, day, year)', ymd: '2025/11/13 (year, month, day)' },
  endsAtBlank: 'The table ends at the first blank row (only signatures below)', name: 'Name of the mapping', save: 'Save the mapping', cancel: 'Cancel', saved2: 'The mapping is saved.',
  list: 'Saved mappings', noList: 'No mapping for this kind of data yet.', by: (n, when) => `saved by ${n}, ${when}`, end: 'End', ended: 'The mapping is ended.', columns: n => `${n} columns`, usedMapping: n => `by the mapping "${n}"`,
  empty: 'The file is empty. Choose another.', notATable: 'This file is neither .xlsx nor CSV. Open it in Excel and save it as "Excel Workbook (.xlsx)".', missingName: 'Give it a name, such as "DUK SIMPEG".', missingColumn: 'Required: choose its column or give a fixed value.', cell: 'Cell', templateCsv: 'CSV template', templateXlsx: 'Excel template',
  column: {
    nip: 'NIP', name: 'Name', title_before: 'Title before', title_after: 'Title after', employment_kind: 'Employment', has_phone: 'Has a phone', last_day: 'Last day', unit: 'Unit (code or name)', position: 'Position', position_level: 'Kind of position', decree: 'Decree', posts: 'Service posts', superior: 'NIP of the superior', relation: 'Relation',
    code: 'Code', parent: 'Code of the parent', kind: 'Kind', character: 'Character', date: 'Date', source: 'Source', from: 'From', to: 'To', letter: 'Letter', nama: 'Name', is_direct: 'Direct service', skills: 'Skills', weekdays: 'Weekdays', opens: 'Opens', closes: 'Closes', minimum: 'Minimum',
    period: 'Year or quarter', result: 'Planned result (RHK)', aspect: 'Aspect', indicator: 'Indicator', target: 'Target (a number, with its unit or without)', unit_of_measure: 'Unit of measure', superior_result: 'The superior’s result it is derived from',
  },
  choice: {
    pns: 'PNS', cpns: 'CPNS', pppk: 'PPPK', pppk_part_time: 'PPPK part time', jpt_madya: 'JPT madya', jpt_pratama: 'JPT pratama', administrator: 'Administrator', pengawas: 'Pengawas', fungsional: 'Functional', pelaksana: 'Executing', supervisor: 'Supervisor', team_lead: 'Team lead', main: 'Main', additional: 'Additional', quantity: 'Quantity', quality: 'Quality', time: 'Time', cost: 'Cost',
  },
};
export const mw = words(id, en);
