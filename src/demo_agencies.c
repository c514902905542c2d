/*
 * The 42 agencies by name: the short code units are known by, and how each is divided. Names of
 * divisions follow the usual nomenclature of a province (Permendagri 90/2019) and are examples.
 */
#include "demo.h"

#include "base/str.h"
#include "platform/slice.h"

static const struct demo_agency_facts facts[] = {
	{"Sekretariat Daerah", "SETDA", {"Biro Pemerintahan dan Otonomi Daerah"}},
	{"Sekretariat DPRD", "SETWAN",
		{"Bagian Persidangan dan Perundang-undangan",
			"Bagian Fasilitasi Penganggaran dan Pengawasan",
			"Bagian Hubungan Masyarakat dan Protokol"}},
	{"Inspektorat Daerah", "ITDA",
		{"Inspektorat Pembantu I", "Inspektorat Pembantu II", "Inspektorat Pembantu III",
			"Inspektorat Pembantu IV", "Inspektorat Pembantu Investigasi"}},
	{"Dinas Pendidikan", "DISDIK",
		{"Bidang Pembinaan SMA", "Bidang Pembinaan SMK",
			"Bidang Pendidikan Khusus dan Layanan Khusus",
			"Bidang Guru dan Tenaga Kependidikan"}},
	{"Dinas Kesehatan", "DINKES",
		{"Bidang Kesehatan Masyarakat", "Bidang Pencegahan dan Pengendalian Penyakit",
			"Bidang Pelayanan Kesehatan", "Bidang Sumber Daya Kesehatan"}},
	{"Dinas Bina Marga dan Penataan Ruang", "DBMPR",
		{"Bidang Pembangunan Jalan dan Jembatan", "Bidang Pemeliharaan Jalan",
			"Bidang Penataan Ruang", "Bidang Jasa Konstruksi"}},
	{"Dinas Sumber Daya Air", "DSDA",
		{"Bidang Bina Teknik", "Bidang Operasi dan Pemeliharaan", "Bidang Irigasi",
			"Bidang Bina Manfaat"}},
	{"Dinas Perumahan dan Permukiman", "DISPERKIM",
		{"Bidang Perumahan", "Bidang Kawasan Permukiman",
			"Bidang Infrastruktur Permukiman"}},
	{"Satuan Polisi Pamong Praja", "SATPOLPP",
		{"Bidang Penegakan Produk Hukum Daerah", "Bidang Ketertiban Umum",
			"Bidang Perlindungan Masyarakat"}},
	{"Dinas Sosial", "DINSOS",
		{"Bidang Rehabilitasi Sosial", "Bidang Perlindungan dan Jaminan Sosial",
			"Bidang Pemberdayaan Sosial"}},
	{"Dinas Tenaga Kerja dan Transmigrasi", "DISNAKERTRANS",
		{"Bidang Pelatihan dan Produktivitas", "Bidang Penempatan Tenaga Kerja",
			"Bidang Hubungan Industrial", "Bidang Pengawasan Ketenagakerjaan"}},
	{"Dinas Pemberdayaan Perempuan, Perlindungan Anak dan Keluarga Berencana", "DP3AKB",
		{"Bidang Pemberdayaan Perempuan", "Bidang Perlindungan Anak",
			"Bidang Keluarga Berencana"}},
	{"Dinas Ketahanan Pangan dan Peternakan", "DKPP",
		{"Bidang Ketersediaan Pangan", "Bidang Produksi Peternakan",
			"Bidang Kesehatan Hewan"}},
	{"Dinas Lingkungan Hidup", "DLH",
		{"Bidang Tata Lingkungan", "Bidang Pengendalian Pencemaran",
			"Bidang Pengelolaan Sampah"}},
	{"Dinas Pemberdayaan Masyarakat dan Desa", "DPMDESA",
		{"Bidang Pemerintahan Desa", "Bidang Pembangunan Desa",
			"Bidang Pemberdayaan Masyarakat"}},
	{"Dinas Kependudukan dan Pencatatan Sipil", "DISDUKCAPIL",
		{"Bidang Fasilitasi Pendaftaran Penduduk",
			"Bidang Pengelolaan Informasi Kependudukan"}},
	{"Dinas Perhubungan", "DISHUB",
		{"Bidang Lalu Lintas", "Bidang Angkutan Jalan", "Bidang Keselamatan",
			"Bidang Pelayaran dan Udara"}},
	{"Dinas Komunikasi dan Informatika", "DISKOMINFO",
		{"Bidang Informasi dan Komunikasi Publik", "Bidang Aplikasi Informatika",
			"Bidang Infrastruktur TIK", "Bidang Persandian dan Keamanan Informasi",
			"Bidang Statistik"}},
	{"Dinas Koperasi dan Usaha Kecil", "DISKUK",
		{"Bidang Kelembagaan Koperasi", "Bidang Pemberdayaan Usaha Kecil",
			"Bidang Pengawasan Koperasi"}},
	{"Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", "DPMPTSP",
		{"Bidang Promosi Penanaman Modal", "Bidang Pengendalian Penanaman Modal",
			"Bidang Penyelenggaraan Perizinan"}},
	{"Dinas Pemuda dan Olahraga", "DISPORA",
		{"Bidang Pemberdayaan Pemuda", "Bidang Peningkatan Prestasi Olahraga",
			"Bidang Pembudayaan Olahraga"}},
	{"Dinas Perpustakaan dan Kearsipan Daerah", "DISPUSIPDA",
		{"Bidang Layanan Perpustakaan", "Bidang Pembinaan Perpustakaan",
			"Bidang Kearsipan"}},
	{"Dinas Kelautan dan Perikanan", "DKP",
		{"Bidang Perikanan Tangkap", "Bidang Perikanan Budidaya",
			"Bidang Pengawasan Sumber Daya Kelautan"}},
	{"Dinas Pariwisata dan Kebudayaan", "DISPARBUD",
		{"Bidang Destinasi Pariwisata", "Bidang Industri Pariwisata", "Bidang Kebudayaan"}},
	{"Dinas Tanaman Pangan dan Hortikultura", "DISTANHOR",
		{"Bidang Tanaman Pangan", "Bidang Hortikultura", "Bidang Sumber Daya",
			"Bidang Pascapanen"}},
	{"Dinas Perkebunan", "DISBUN",
		{"Bidang Produksi Perkebunan", "Bidang Pengolahan Hasil",
			"Bidang Sarana Perkebunan"}},
	{"Dinas Kehutanan", "DISHUT",
		{"Bidang Perencanaan Hutan", "Bidang Pengelolaan Hutan", "Bidang Penyuluhan",
			"Bidang Perlindungan Hutan"}},
	{"Dinas Energi dan Sumber Daya Mineral", "DESDM",
		{"Bidang Pertambangan", "Bidang Air Tanah", "Bidang Ketenagalistrikan",
			"Bidang Energi"}},
	{"Dinas Perindustrian dan Perdagangan", "DISPERINDAG",
		{"Bidang Industri Agro", "Bidang Industri Kreatif",
			"Bidang Perdagangan Dalam Negeri",
			"Bidang Metrologi dan Perlindungan Konsumen"}},
	{"Badan Perencanaan Pembangunan Daerah", "BAPPEDA",
		{"Bidang Perencanaan dan Pengendalian", "Bidang Ekonomi", "Bidang Sosial Budaya",
			"Bidang Infrastruktur", "Bidang Pemerintahan"}},
	{"Badan Pengelolaan Keuangan dan Aset Daerah", "BPKAD",
		{"Bidang Anggaran", "Bidang Perbendaharaan", "Bidang Akuntansi",
			"Bidang Aset Daerah"}},
	{"Badan Pendapatan Daerah", "BAPENDA",
		{"Bidang Perencanaan dan Pengembangan", "Bidang Pajak Daerah", "Bidang Retribusi",
			"Bidang Pengendalian dan Pembinaan"}},
	{"Badan Kepegawaian Daerah", "BKD",
		{"Bidang Pengadaan dan Mutasi", "Bidang Pengembangan Karier",
			"Bidang Kesejahteraan dan Disiplin", "Bidang Informasi Kepegawaian"}},
	{"Badan Pengembangan Sumber Daya Manusia", "BPSDM",
		{"Bidang Kompetensi Teknis", "Bidang Kompetensi Manajerial", "Bidang Sertifikasi"}},
	{"Badan Kesatuan Bangsa dan Politik", "KESBANGPOL",
		{"Bidang Ideologi dan Wawasan Kebangsaan", "Bidang Politik Dalam Negeri",
			"Bidang Kewaspadaan"}},
	{"Badan Penanggulangan Bencana Daerah", "BPBD",
		{"Bidang Pencegahan dan Kesiapsiagaan", "Bidang Kedaruratan dan Logistik",
			"Bidang Rehabilitasi"}},
	{"Badan Penghubung", "BAPENGHUB",
		{"Subbidang Hubungan Antarlembaga", "Subbidang Promosi dan Pelayanan"}},
	{"Balai Penelitian dan Pengembangan Daerah", "BP2D",
		{"Bidang Penelitian", "Bidang Inovasi dan Teknologi"}},
	{"RSUD Al Ihsan", "RSAI",
		{"Bagian Umum dan Keuangan", "Bidang Pelayanan Medik", "Bidang Keperawatan"}},
	{"Rumah Sakit Jiwa", "RSJ",
		{"Bagian Umum dan Keuangan", "Bidang Pelayanan Medik", "Bidang Keperawatan"}},
	{"Rumah Sakit Paru", "RSPARU", {"Bagian Umum dan Keuangan", "Bidang Pelayanan"}},
	{"RSUD Kesehatan Kerja", "RSKK", {"Bagian Umum dan Keuangan", "Bidang Pelayanan"}},
};

const struct demo_agency_facts *demo_agency_facts(const char *name)
{
	for (int i = 0; i < COUNT_OF(facts); i++)
		if (str_eq(facts[i].name, name))
			return &facts[i];
	return NULL;
}

const struct demo_job demo_secretariat_jobs[] = {
	{"Kepala Subbagian Kepegawaian dan Umum", PENGAWAS},
	{"Kepala Subbagian Keuangan dan Aset", PENGAWAS}, {"Perencana Ahli Muda", FUNGSIONAL},
	{"Analis Keuangan Pusat dan Daerah Ahli Muda", FUNGSIONAL},
	{"Arsiparis Terampil", FUNGSIONAL}, {"Pranata Komputer Ahli Pertama", FUNGSIONAL},
	{"Penata Layanan Operasional", PELAKSANA}, {"Pengolah Data dan Informasi", PELAKSANA},
	{"Pengadministrasi Perkantoran", PELAKSANA},
	{"Analis SDM Aparatur Ahli Pertama", FUNGSIONAL}, {"Bendahara Pengeluaran", PELAKSANA},
	{"Operator Layanan Operasional", PELAKSANA}, {NULL, PELAKSANA}};

const struct demo_job demo_office_jobs[] = {{"Analis Kebijakan Ahli Muda", FUNGSIONAL},
	{"Penelaah Teknis Kebijakan", PELAKSANA}, {"Analis Kebijakan Ahli Pertama", FUNGSIONAL},
	{"Pengolah Data dan Informasi", PELAKSANA}, {"Perencana Ahli Pertama", FUNGSIONAL},
	{"Pengadministrasi Perkantoran", PELAKSANA}, {"Statistisi Ahli Pertama", FUNGSIONAL},
	{"Penata Layanan Operasional", PELAKSANA}, {NULL, PELAKSANA}};

int demo_office_branches(
	struct demo_plan *plan, const struct demo_agency_facts *f, struct demo_branch *ret_branch)
{
	int n = 0;
	ret_branch[n++] = (struct demo_branch){.code = arena_printf(plan->arena, "%s-SEK", f->code),
		.name = "Sekretariat",
		.kind = UNIT_SECRETARIAT,
		.character = CHARACTER_OFFICE,
		.head = {"Sekretaris", ADMINISTRATOR},
		.staff = demo_secretariat_jobs,
		.weight = 30};
	for (int i = 0; i < DEMO_DIVISIONS && f->division[i]; i++)
		ret_branch[n++] = (struct demo_branch){
			.code = arena_printf(plan->arena, "%s-B%d", f->code, i + 1),
			.name = f->division[i],
			.kind = UNIT_DIVISION,
			.character = CHARACTER_OFFICE,
			.head = {arena_printf(plan->arena, "Kepala %s", f->division[i]),
				ADMINISTRATOR},
			.staff = demo_office_jobs,
			.weight = 22};
	return n;
}
