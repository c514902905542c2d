/*
 * Papers: the same input gives the same bytes; pages have the size of the paper; tables and
 * paragraphs break over pages; a logo that is none is left out. What a page says is read back in
 * test/http/recap.test.ts.
 */
#include "platform/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#define MADE_AT INT64_C(1764547200000) /* 2025-12-01T00:00:00Z */

static struct document_style style_of(enum paper paper)
{
	return (struct document_style){
		.paper = paper,
		.head = {.government = "PEMERINTAH DAERAH PROVINSI JAWA BARAT",
			.agency = "DINAS PENDIDIKAN",
			.address = "Jalan Contoh Nomor 1, Bandung"},
		.title = "REKAPITULASI KEHADIRAN",
		.number = "800/..../2025",
		.footer = "Dicetak dari Luwes",
		.made_at = MADE_AT,
	};
}

static int count_of(struct bytes pdf, const char *what)
{
	size_t n = strlen(what);
	int found = 0;

	for (size_t i = 0; i + n <= pdf.n; i++)
		found += memcmp(pdf.p + i, what, n) == 0;
	return found;
}

static int pages_of(struct bytes pdf)
{
	return count_of(pdf, "/Type /Page %");
}

static void add_table(struct document *d, int rows)
{
	static const struct document_column column[] = {
		{"No.", NULL, 1, ALIGN_RIGHT},
		{"Nama", NULL, 6, ALIGN_LEFT},
		{"WFO", "Hadir", 1, ALIGN_RIGHT},
		{"WFH", "Hadir", 1, ALIGN_RIGHT},
	};

	document_table(d, column, 4, 80);
	for (int i = 0; i < rows; i++)
		document_row(d, (const char *const[]){"1", "Dra. Sri Wahyuni, M.Si.", "12", NULL},
			i == rows - 1);
}

static void add_signers(struct document *d)
{
	document_signers(d,
		&(struct document_signer){.caption = "Mengetahui,",
			.prefix = "a.n.",
			.office = "KEPALA DINAS PENDIDIKAN",
			.below = "SEKRETARIS",
			.name = "Dr. Asep Contoh, M.Pd.",
			.rank = "Pembina Tk. I",
			.nip = "197001011995031001"},
		&(struct document_signer){.caption = "Bandung, 1 Desember 2025",
			.prefix = "Plt.",
			.office = "KEPALA SUBBAGIAN",
			.name = "Budi Contoh, S.Sos.",
			.nip = "198001012005011001"});
}

static struct bytes make(struct arena *arena, const struct document_style *style, int rows)
{
	struct document *d = document_new(arena, style);
	struct bytes pdf;

	document_fact(d, "Bulan", "November 2025");
	document_heading(d, "Uraian");
	document_numbered(d, "Butir pertama.");
	document_numbered(d, "Butir kedua.");
	add_table(d, rows);
	add_signers(d);
	assert_int_equal(document_finish(d, &pdf), OK);
	return pdf;
}

static void same_input_gives_the_same_bytes(void **state)
{
	struct document_style style = style_of(PAPER_F4);
	struct arena a, b;

	(void)state;
	style.is_demo = true;
	arena_init(&a, (size_t)64 << 20);
	arena_init(&b, (size_t)64 << 20);
	struct bytes x = make(&a, &style, 60), y = make(&b, &style, 60);

	assert_int_equal(x.n, y.n);
	assert_memory_equal(x.p, y.p, x.n);
	assert_memory_equal(x.p, "%PDF-1.4", 8);
	assert_int_equal(count_of(x, "(20251201000000"), 2);
	arena_release(&a);
	arena_release(&b);
}

static void a_page_has_the_size_of_the_paper(void **state)
{
	static const struct {
		enum paper paper;
		bool is_landscape;
		const char *box;
	} row[] = {
		{PAPER_A4, false, "595.275591 841.889764"},
		{PAPER_F4, false, "609.448819 935.433071"},
		{PAPER_F4, true, "935.433071 609.448819"},
	};
	struct arena a;

	(void)state;
	arena_init(&a, (size_t)64 << 20);
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		struct document_style style = style_of(row[i].paper);

		style.is_landscape = row[i].is_landscape;
		assert_int_equal(count_of(make(&a, &style, 3), row[i].box) > 0, 1);
	}
	arena_release(&a);
}

static void a_table_breaks_over_pages(void **state)
{
	static const struct {
		int rows, least, most;
	} row[] = {{1, 1, 1}, {100, 2, 4}, {1000, 15, 30}};
	struct document_style style = style_of(PAPER_A4);
	struct arena a;

	(void)state;
	arena_init(&a, (size_t)256 << 20);
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++)
		assert_in_range(pages_of(make(&a, &style, row[i].rows)), row[i].least, row[i].most);
	arena_release(&a);
}

static void a_long_paragraph_breaks_between_lines(void **state)
{
	struct document_style style = style_of(PAPER_A4);
	struct arena a;
	struct buf text;
	struct bytes pdf;

	(void)state;
	arena_init(&a, (size_t)64 << 20);
	buf_init(&text, &a, 1000);
	for (int i = 0; i < 1500; i++)
		buf_str(&text, "kehadiran ");
	struct document *d = document_new(&a, &style);
	document_paragraph(d, text.p);
	assert_int_equal(document_finish(d, &pdf), OK);
	assert_in_range(pages_of(pdf), 3, 4);
	arena_release(&a);
}

/* An upright letter, then its annex across the page. */
static void an_annex_may_be_turned(void **state)
{
	struct document_style style = style_of(PAPER_A4);
	struct arena a;
	struct bytes pdf;

	(void)state;
	arena_init(&a, (size_t)64 << 20);
	style.mark = "KONSEP";
	struct document *d = document_new(&a, &style);
	document_line(d, ALIGN_RIGHT, false, "Bandung, 1 Desember 2025");
	document_point(d, "Dasar", "1.", "PermenPANRB 4/2025;");
	document_point(d, NULL, "2.", "SE 150/KPG.03/BKD.");
	add_signers(d);
	document_page(d, true, "Lampiran");
	add_table(d, 60);
	document_page(d, false, NULL);
	add_table(d, 3);
	assert_int_equal(document_finish(d, &pdf), OK);
	assert_int_equal(count_of(pdf, "[ 0 0 595.275591 841.889764 ]"), 2);
	assert_int_equal(count_of(pdf, "[ 0 0 841.889764 595.275591 ]"), pages_of(pdf) - 2);
	assert_in_range(pages_of(pdf), 4, 6);
	arena_release(&a);
}

static void only_a_small_png_is_a_logo(void **state)
{
	uint8_t png[60] = {0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 'I', 'H', 'D',
		'R', 0, 0, 1, 0, 0, 0, 1, 0};
	struct document_style style = style_of(PAPER_A4);
	struct arena a;

	(void)state;
	arena_init(&a, (size_t)64 << 20);
	assert_true(document_is_logo((struct bytes){png, sizeof png}));
	style.head.logo = (struct bytes){png, sizeof png}; /* its content is broken */
	assert_int_equal(pages_of(make(&a, &style, 3)), 1);
	png[16] = 1; /* 16 million pixels wide */
	assert_false(document_is_logo((struct bytes){png, sizeof png}));
	assert_false(document_is_logo((struct bytes){(const uint8_t *)"%PDF-1.4", 8}));
	assert_false(document_is_logo((struct bytes){NULL, 0}));
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_input_gives_the_same_bytes),
		cmocka_unit_test(a_page_has_the_size_of_the_paper),
		cmocka_unit_test(a_table_breaks_over_pages),
		cmocka_unit_test(a_long_paragraph_breaks_between_lines),
		cmocka_unit_test(an_annex_may_be_turned),
		cmocka_unit_test(only_a_small_png_is_a_logo),
	};

	return cmocka_run_group_tests_name("document", tests, NULL, NULL);
}
