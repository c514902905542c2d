/*
 * What was found about an event, in words: a short label, what was found, and what it does not mean.
 *
 * Both sentences are about the phone and the record, never about a person's guilt, so that the employee and
 * his superior read the same. Large: load it lazily (`await import('../attendance/marks')`).
 */
import { words } from '../base/i18n';

export type Mark =
  | 'geo_none' | 'geo_coarse' | 'geo_perfect' | 'geo_same_self' | 'geo_same_peer' | 'geo_stale' | 'teleport' | 'time_skew' | 'offline_long' | 'network_mismatch'
  | 'device_shared' | 'device_new' | 'pair_burst' | 'device_static' | 'no_user_verification' | 'seq_gap' | 'fork'
  | 'proof_kiosk' | 'proof_display' | 'proof_witness' | 'proof_network' | 'user_verified'
  | 'device_ended' | 'unknown_version' | 'token_missing' | 'token_foreign' | 'proof_bad' | 'assertion_bad' | 'backup_changed' | 'sign_count' | 'officer_missing' | 'card_ended';
export interface MarkWords { short: string; found: string; not: string }

/** What speaks for the event, to be shown apart from what asks a question. */
export const isProof = (m: string) => m.startsWith('proof_') && m !== 'proof_bad' || m === 'user_verified';

const id: Record<Mark, MarkWords> = {
  geo_none: { short: 'Tanpa posisi', found: 'Ponsel tidak mengirim posisi bersama presensi ini.', not: 'Tidak berarti pegawai di tempat lain: di dalam gedung dan pada ponsel sederhana, posisi sering tidak ditemukan.' },
  geo_coarse: { short: 'Posisi kurang teliti', found: 'Ponsel hanya mengetahui perkiraan posisinya.', not: 'Tidak berarti pegawai jauh dari tempat tugas: setelan lokasi “perkiraan” di Android memang hanya memberi posisi kasar.' },
  geo_perfect: { short: 'Posisi terlalu rapi', found: 'Berhari-hari posisi dikirim dengan ketelitian sangat tinggi, tanpa ketinggian dan kecepatan.', not: 'Bukan bukti lokasi palsu: ada jaringan Wi-Fi yang memang memberi angka seperti ini.' },
  geo_same_self: { short: 'Posisi selalu sama persis', found: 'Titik dan ketelitiannya sama persis dengan presensi pada banyak hari sebelumnya.', not: 'Bukan bukti lokasi palsu: posisi dari Wi-Fi dan menara seluler memang dapat berulang.' },
  geo_same_peer: { short: 'Posisi sama dengan rekan', found: 'Rekan sekantor mengirim titik yang sama persis pada hari yang sama.', not: 'Bukan hal yang mustahil: ponsel yang membaca Wi-Fi kantor yang sama sering mendapat titik yang sama.' },
  geo_stale: { short: 'Posisi lama', found: 'Posisi yang dikirim dibaca beberapa saat sebelum presensi.', not: 'Tidak berarti disengaja: peramban dapat memakai posisi terakhir yang disimpannya.' },
  teleport: { short: 'Berpindah terlalu cepat', found: 'Jarak dari presensi sebelumnya terlalu jauh untuk waktu yang berlalu.', not: 'Bukan bukti kecurangan: titik GPS dapat melompat, dan perjalanan udara memang cepat.' },
  time_skew: { short: 'Jam ponsel bergeser', found: 'Jam ponsel bergeser sejak terakhir dicocokkan dengan server.', not: 'Tidak berarti jam sengaja diubah: ponsel tanpa waktu otomatis sering bergeser.' },
  offline_long: { short: 'Lama tanpa sinyal', found: 'Presensi dibuat saat ponsel sudah lama tidak terhubung dengan server.', not: 'Bukan kesalahan pegawai: di daerah tanpa sinyal hal ini wajar.' },
  network_mismatch: { short: 'Bukan jaringan kantor', found: 'Presensi dikirim melalui jaringan lain daripada jaringan kantor.', not: 'Tidak berarti di luar kantor: paket data seluler juga jaringan lain.' },
  device_shared: { short: 'Ponsel bersama', found: 'Ponsel ini juga terdaftar untuk pegawai lain.', not: 'Bukan pelanggaran: ponsel bersama diperbolehkan; presensinya hanya perlu dipastikan.' },
  device_new: { short: 'Ponsel baru', found: 'Ponsel ini baru saja didaftarkan.', not: 'Tidak ada yang salah: tanda ini hilang dengan sendirinya.' },
  pair_burst: { short: 'Selalu berbarengan', found: 'Hampir setiap hari ponsel ini dan ponsel yang sama melakukan presensi dalam hitungan detik.', not: 'Bukan bukti titip presensi: pasangan suami istri dan rekan semobil juga tiba bersama.' },
  device_static: { short: 'Ponsel tidak berpindah', found: 'Presensi selalu dari satu titik, juga pada hari pegawai tercatat bertugas di tempat lain.', not: 'Bukan bukti ponsel ditinggal: pegawai dapat datang ke kantor pada hari WFH, dan ada ponsel dinas yang memang tetap di kantor.' },
  no_user_verification: { short: 'Tanpa kunci layar', found: 'Presensi ini tidak dikuatkan dengan kunci layar, padahal ponsel ini dapat melakukannya.', not: 'Bukan alasan menolak: kunci layar dapat gagal terbaca atau baru disetel ulang.' },
  seq_gap: { short: 'Nomor urut terlewat', found: 'Ada catatan sebelumnya dari ponsel ini yang tidak sampai ke server.', not: 'Tidak berarti ada yang dihapus: penyimpanan peramban dapat hilang dengan sendirinya.' },
  fork: { short: 'Nomor urut kembar', found: 'Dari kunci ponsel ini datang dua catatan berbeda dengan nomor urut yang sama.', not: 'Belum berarti pegawai pelakunya: isi ponsel dapat disalin orang lain, misalnya saat diperbaiki.' },
  proof_kiosk: { short: 'Dikuatkan kios', found: 'Kios presensi kantor memindai ponsel ini.', not: 'Membuktikan waktu dan tempat ponsel, bukan siapa yang memegangnya.' },
  proof_display: { short: 'Kode layar kantor', found: 'Ponsel memindai kode yang terus berganti di layar kantor.', not: 'Membuktikan kode itu terbaca saat itu, bukan siapa yang memegang ponsel.' },
  proof_witness: { short: 'Disaksikan rekan', found: 'Seorang rekan menguatkan presensi ini dari ponselnya sendiri.', not: 'Tidak menggantikan keputusan atasan.' },
  proof_network: { short: 'Jaringan kantor', found: 'Presensi dikirim melalui jaringan kantor.', not: 'Membuktikan jaringannya, bukan siapa yang memegang ponsel.' },
  user_verified: { short: 'Kunci layar', found: 'Pemegang ponsel membuka kunci layar untuk presensi ini.', not: 'Sidik jari dan wajah tidak pernah dikirim; PIN ponsel dapat diketahui orang lain.' },
  device_ended: { short: 'Ponsel tidak aktif lagi', found: 'Presensi berasal dari ponsel yang sudah diganti, hilang, atau dicabut.', not: 'Tidak berarti tidak dihitung: catatan yang dibuat sebelumnya tetap dapat dikuatkan.' },
  unknown_version: { short: 'Bentuk tidak dikenal', found: 'Aplikasi mengirim catatan dalam bentuk yang belum dikenal server.', not: 'Bukan kesalahan pegawai: catatan disimpan utuh sampai dapat dibaca.' },
  token_missing: { short: 'Waktu belum terbukti', found: 'Sebelum presensi ini, ponsel belum menerima tanda waktu dari server.', not: 'Tidak berarti jamnya salah; hanya belum dapat dibuktikan.' },
  token_foreign: { short: 'Tanda waktu asing', found: 'Tanda waktu dalam catatan ini bukan pemberian server ini untuk ponsel ini.', not: 'Belum berarti dipalsukan: dapat terjadi setelah server dipulihkan dari cadangan.' },
  proof_bad: { short: 'Bukti hadir tidak cocok', found: 'Kode layar kantor atau kesaksian rekan tidak dapat dipastikan.', not: 'Presensi tetap tercatat; kode yang terlambat dipindai juga berakibat begini.' },
  assertion_bad: { short: 'Kunci layar tidak terperiksa', found: 'Penguatan dengan kunci layar ponsel tidak dapat diperiksa.', not: 'Presensi tetap tercatat; ini hanya keterangan.' },
  backup_changed: { short: 'Kunci sandi dicadangkan', found: 'Kunci sandi (passkey) ponsel ini kini ikut dicadangkan ke akun pemiliknya, atau berhenti dicadangkan.', not: 'Bukan pelanggaran: ponsel melakukannya sendiri.' },
  officer_missing: { short: 'Tanpa petugas jaga', found: 'Kartu atau PIN dipakai di kios tanpa petugas jaga yang terdaftar dan sedang bertugas.', not: 'Tidak berarti pegawai tidak hadir: petugas dapat lupa memulai jaga.' },
  card_ended: { short: 'Kartu atau PIN tidak cocok', found: 'Kartu yang dipindai kios sudah dimatikan atau tidak dikenal, atau PIN-nya tidak diperiksa server.', not: 'Belum berarti disalahgunakan: kartu lama sering masih terbawa setelah diganti.' },
  sign_count: { short: 'Hitungan kunci tidak naik', found: 'Penghitung pada kunci sandi tidak bertambah sejak terakhir dipakai.', not: 'Bukan bukti penyalinan: banyak ponsel tidak menghitungnya.' },
};
const en: Record<Mark, MarkWords> = {
  geo_none: { short: 'No position', found: 'The phone sent no position with this record.', not: 'It does not mean the person was elsewhere: inside buildings and on simple phones a position is often not found.' },
  geo_coarse: { short: 'Rough position', found: 'The phone knew its position only roughly.', not: 'It does not mean far away: Android’s “approximate” setting gives no better.' },
  geo_perfect: { short: 'Position too neat', found: 'For days positions came with a very high accuracy, without altitude or speed.', not: 'No proof of a false position: some Wi-Fi networks do give such figures.' },
  geo_same_self: { short: 'Always the same point', found: 'Point and accuracy are exactly those of many days before.', not: 'No proof of a false position: positions from Wi-Fi and cell towers do repeat.' },
  geo_same_peer: { short: 'Same point as a colleague', found: 'A colleague of the office sent exactly the same point that day.', not: 'Not impossible: phones that read the same office Wi-Fi often get the same point.' },
  geo_stale: { short: 'Old position', found: 'The position was read some time before the record was made.', not: 'It does not mean intent: a browser may use the last position it kept.' },
  teleport: { short: 'Moved too fast', found: 'The record before was too far away for the time between.', not: 'No proof of cheating: GPS points jump, and flights are fast.' },
  time_skew: { short: 'Phone clock moved', found: 'The phone’s clock moved since it was last compared with the server.', not: 'It does not mean the clock was set on purpose: phones without automatic time drift.' },
  offline_long: { short: 'Long without signal', found: 'The record was made when the phone had been without the server for long.', not: 'Nobody’s fault: where there is no signal this is normal.' },
  network_mismatch: { short: 'Not the office network', found: 'The record came through another network than the office’s.', not: 'It does not mean outside the office: mobile data is another network, too.' },
  device_shared: { short: 'Shared phone', found: 'Another employee is registered on this phone, too.', not: 'No breach: shared phones are allowed; their records are only confirmed.' },
  device_new: { short: 'New phone', found: 'This phone was registered a short time ago.', not: 'Nothing is wrong: this mark goes away by itself.' },
  pair_burst: { short: 'Always together', found: 'Almost every day this phone and the same other one record within seconds.', not: 'No proof of clocking in for another: couples and car-pools arrive together, too.' },
  device_static: { short: 'Phone never moves', found: 'All records come from one point, also on days on which the person was due elsewhere.', not: 'No proof of a phone left behind: people come in on home days, and some work phones stay at the office.' },
  no_user_verification: { short: 'Without screen lock', found: 'This record was not confirmed by the screen lock although this phone can.', not: 'No ground to deny: a screen lock may fail or have been reset.' },
  seq_gap: { short: 'Number skipped', found: 'A record before this one never reached the server.', not: 'It does not mean something was deleted: a browser’s storage may be lost by itself.' },
  fork: { short: 'Number used twice', found: 'Two different records with one number came from this phone’s key.', not: 'It does not yet mean the employee did it: a phone may be copied by others, as in a repair.' },
  proof_kiosk: { short: 'Countersigned by kiosk', found: 'The office’s kiosk scanned this phone.', not: 'It proves time and place of the phone, not who held it.' },
  proof_display: { short: 'Office display code', found: 'The phone scanned the changing code on the office’s display.', not: 'It proves the code was read then, not who held the phone.' },
  proof_witness: { short: 'Witnessed', found: 'A colleague confirmed this record from his own phone.', not: 'It does not replace the superior’s decision.' },
  proof_network: { short: 'Office network', found: 'The record came through the office’s network.', not: 'It proves the network, not who held the phone.' },
  user_verified: { short: 'Screen lock', found: 'Whoever held the phone unlocked it for this record.', not: 'Fingerprint and face are never sent; a PIN may be known to others.' },
  device_ended: { short: 'Phone no longer active', found: 'The record is from a phone that was replaced, lost or revoked.', not: 'It does not mean it cannot count: records made before may be confirmed.' },
  unknown_version: { short: 'Unknown form', found: 'The app sent a record in a form the server does not know yet.', not: 'Nobody’s fault: it is kept whole until it can be read.' },
  token_missing: { short: 'Time not proven yet', found: 'The phone had no time token of the server before this record.', not: 'It does not mean the clock was wrong; only that it cannot be proven.' },
  token_foreign: { short: 'Foreign time token', found: 'The time token in this record was not given by this server to this phone.', not: 'It does not yet mean forgery: it happens after a server was restored from a backup.' },
  proof_bad: { short: 'Proof does not match', found: 'The display code or the colleague’s word could not be confirmed.', not: 'The record stands; a code scanned too late has the same effect.' },
  assertion_bad: { short: 'Screen lock not checked', found: 'The confirmation by the screen lock could not be checked.', not: 'The record stands; this is only a note.' },
  backup_changed: { short: 'Passkey backed up', found: 'This phone’s passkey is now backed up to its owner’s account, or no longer.', not: 'No breach: phones do this by themselves.' },
  officer_missing: { short: 'No officer on duty', found: 'A card or PIN was used at the kiosk without an officer who is named and on duty.', not: 'It does not mean the person was away: an officer may forget to begin his turn.' },
  card_ended: { short: 'Card or PIN does not match', found: 'The card the kiosk scanned was ended or is unknown, or the server was not asked about the PIN.', not: 'It does not yet mean misuse: old cards are often still carried after a new one.' },
  sign_count: { short: 'Key counter stands', found: 'The passkey’s counter did not rise since it was last used.', not: 'No proof of a copy: many phones do not count.' },
};
/** Words of each mark; `marks()[code]` is undefined for a code of a newer server. */
export const marks = words<Record<Mark, MarkWords>>(id, en);
