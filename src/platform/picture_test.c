/*
 * Pictures and PDFs as they are kept: what is gone, what stays, what is refused; byte by byte.
 *
 * UU 27/2022 art. 16 (no more than needed); issue: polyglots, EXIF, what breaks off, 10^5 pixels.
 */
#include "platform/picture.h"

#include "base/str.h"
#include "platform/slice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>
#include <zlib.h>

#define JPEG "image/jpeg"
#define PDF  "application/pdf"

/* Literals of bytes with zeros in them. */
#define B(literal) ((struct bytes){(const uint8_t *)(literal), sizeof(literal) - 1})

#define SOI   "\xff\xd8"
#define EOI   "\xff\xd9"
#define JFIF  "\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
#define FRAME "\xff\xc0\0\x0b\x08\0\x10\0\x10\1\1\x11\0"
#define WIDE  "\xff\xc0\0\x0b\x08\0\x10\xff\xff\1\1\x11\0"
#define EMPTY "\xff\xc0\0\x0b\x08\0\0\0\x10\1\1\x11\0"
#define SCAN  "\xff\xda\0\x08\1\1\0\0?\0pixels\xff\0more\xff\xd0last"
#define NOTE  "\xff\xfe\0\x1d<script>alert(1)</script>\n\n"
#define ICC   "\xff\xe2\0\x12ICC_PROFILE\0\1\1xy"
#define MPF   "\xff\xe2\0\x08MPF\0\0\0"
#define ADOBE                                                                                      \
	"\xff\xee\0\x0e"                                                                           \
	"Adobe\0d\0\0\0\0\1"
/* Exif with make, place and the side that is up (6), little-endian; without the place; cut. */
#define EXIF                                                                                       \
	"\xff\xe1\0\x4a"                                                                           \
	"Exif\0\0II*\0\x08\0\0\0\3\0"                                                              \
	"\x0f\1\2\0\5\0\0\0\x32\0\0\0"                                                             \
	"\x12\1\3\0\1\0\0\0\6\0\0\0"                                                               \
	"\x25\x88\4\0\1\0\0\0\x37\0\0\0"                                                           \
	"\0\0\0\0"                                                                                 \
	"Make!"                                                                                    \
	"-6.91,107.6"
#define UPRIGHT6                                                                                   \
	"\xff\xe1\0\x22"                                                                           \
	"Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0"
#define EXIF_FAR                                                                                   \
	"\xff\xe1\0\x16"                                                                           \
	"Exif\0\0II*\0\xff\xff\xff\xff\0\0\0\0\0\0"

static void test_jpeg(void **state)
{
	static const struct {
		const char *what;
		struct bytes in, out;
		enum picture_fault fault;
	} cases[] = {
		{"as it is", B(SOI JFIF FRAME SCAN EOI), B(SOI JFIF FRAME SCAN EOI), 0},
		{"a comment with HTML", B(SOI JFIF NOTE FRAME SCAN EOI), B(SOI JFIF FRAME SCAN EOI),
			0},
		{"a comment between scans", B(SOI FRAME SCAN NOTE SCAN EOI),
			B(SOI FRAME SCAN SCAN EOI), 0},
		{"a PDF behind it", B(SOI FRAME SCAN EOI "%PDF-1.7 1 0 obj"), B(SOI FRAME SCAN EOI),
			0},
		{"colours stay, a second picture does not", B(SOI ICC MPF ADOBE FRAME SCAN EOI),
			B(SOI ICC ADOBE FRAME SCAN EOI), 0},
		{"Exif goes, which side is up stays", B(SOI EXIF FRAME SCAN EOI),
			B(SOI UPRIGHT6 FRAME SCAN EOI), 0},
		{"Exif that points nowhere", B(SOI EXIF_FAR FRAME SCAN EOI), B(SOI FRAME SCAN EOI),
			0},
		{"filled up", B(SOI "\xff\xff" FRAME SCAN EOI), B(SOI FRAME SCAN EOI), 0},
		{"broken off in the pixels", B(SOI FRAME SCAN), {0}, PICTURE_DAMAGED},
		{"broken off in a segment", B(SOI "\xff\xc0\0\x0b\x08"), {0}, PICTURE_DAMAGED},
		{"broken off behind its name", B(SOI), {0}, PICTURE_DAMAGED},
		{"broken off in a length", B(SOI "\xff\xc0\0"), {0}, PICTURE_DAMAGED},
		{"a length of nothing", B(SOI "\xff\xfe\0\1" FRAME SCAN EOI), {0}, PICTURE_DAMAGED},
		{"without a frame", B(SOI SCAN EOI), {0}, PICTURE_DAMAGED},
		{"without pixels", B(SOI FRAME EOI), {0}, PICTURE_DAMAGED},
		{"two frames", B(SOI FRAME FRAME SCAN EOI), {0}, PICTURE_DAMAGED},
		{"no height", B(SOI EMPTY SCAN EOI), {0}, PICTURE_DAMAGED},
		{"65,535 pixels wide", B(SOI WIDE SCAN EOI), {0}, PICTURE_TOO_BIG},
		{"no segment at all", B("\xff\xd8\xffpixels"), {0}, PICTURE_DAMAGED},
	};
	struct arena arena;
	(void)state;

	arena_init(&arena, 1 << 20);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct bytes out = {0};
		enum picture_fault fault = picture_clean(&arena, JPEG, cases[i].in, &out);

		if (fault != cases[i].fault ||
			(!fault &&
				(out.n != cases[i].out.n || memcmp(out.p, cases[i].out.p, out.n))))
			fail_msg("%s: %s, %zu of %zu bytes", cases[i].what,
				picture_fault_names[fault], out.n, cases[i].out.n);
		/* cleaned again it is the same */
		struct bytes again = {0};
		if (!fault)
			assert_int_equal(picture_clean(&arena, JPEG, out, &again), 0);
		if (!fault)
			assert_true(again.n == out.n && !memcmp(again.p, out.p, out.n));
	}
	arena_release(&arena);
}

static void add_number(struct buf *b, uint32_t n)
{
	const uint8_t bytes[] = {
		(uint8_t)(n >> 24), (uint8_t)(n >> 16), (uint8_t)(n >> 8), (uint8_t)n};

	buf_add(b, bytes, 4);
}

static void add_chunk(struct buf *b, const char *type, struct bytes body, uint32_t spoil)
{
	size_t from;

	add_number(b, (uint32_t)body.n);
	from = b->n;
	buf_add(b, type, 4);
	buf_add(b, body.p, body.n);
	add_number(b, (uint32_t)crc32(0, (const Bytef *)b->p + from, (uInt)(body.n + 4)) ^ spoil);
}

static void begin_png(struct buf *b, struct arena *arena, uint32_t width, uint32_t height)
{
	uint8_t head[13] = {0};

	for (int i = 0; i < 4; i++) {
		head[i] = (uint8_t)(width >> (24 - 8 * i));
		head[4 + i] = (uint8_t)(height >> (24 - 8 * i));
	}
	head[8] = 8;
	buf_init(b, arena, 256);
	buf_add(b, "\x89PNG\r\n\x1a\n", 8);
	add_chunk(b, "IHDR", (struct bytes){head, 13}, 0);
}

/* `more` a chunk before the pixels, whose sum is spoiled by `spoil`. */
static struct bytes make_png(struct arena *arena, uint32_t side, const char *more, uint32_t spoil)
{
	struct buf b;

	begin_png(&b, arena, side, 1);
	if (more)
		add_chunk(&b, more, B("-6.91,107.6"), 0);
	add_chunk(&b, "IDAT", B("pixels"), spoil);
	add_chunk(&b, "IEND", B(""), 0);
	return (struct bytes){(const uint8_t *)b.p, b.n};
}

static void test_png(void **state)
{
	struct arena arena;
	struct bytes out, plain, cut;
	(void)state;

	arena_init(&arena, 1 << 20);
	plain = make_png(&arena, 16, NULL, 0);
	assert_int_equal(picture_clean(&arena, "image/png", plain, &out), PICTURE_SOUND);
	assert_true(out.n == plain.n && !memcmp(out.p, plain.p, out.n));
	static const char *const go[] = {"tEXt", "zTXt", "iTXt", "eXIf", "iCCP", "tIME", "acTL"};
	for (int i = 0; i < COUNT_OF(go); i++) {
		struct bytes in = make_png(&arena, 16, go[i], 0);

		assert_int_equal(picture_clean(&arena, "image/png", in, &out), PICTURE_SOUND);
		assert_true(out.n == plain.n && !memcmp(out.p, plain.p, out.n));
	}
	struct bytes behind = {(const uint8_t *)arena_alloc(&arena, plain.n + 9), plain.n + 9};
	memcpy((uint8_t *)behind.p, plain.p, plain.n);
	memcpy((uint8_t *)behind.p + plain.n, "PK\3\4 more", 9);
	assert_int_equal(picture_clean(&arena, "image/png", behind, &out), PICTURE_SOUND);
	assert_int_equal(out.n, plain.n);
	for (cut = plain; cut.n > 8; cut.n--) {
		cut.n--;
		assert_int_equal(picture_clean(&arena, "image/png", cut, &out), PICTURE_DAMAGED);
	}
	assert_int_equal(picture_clean(&arena, "image/png", make_png(&arena, 16, "ABCD", 0), &out),
		PICTURE_DAMAGED); /* needed to decode, and not known */
	assert_int_equal(picture_clean(&arena, "image/png", make_png(&arena, 16, NULL, 1), &out),
		PICTURE_DAMAGED);
	assert_int_equal(
		picture_clean(&arena, "image/png", make_png(&arena, 100000, NULL, 0), &out),
		PICTURE_TOO_BIG);
	assert_int_equal(picture_clean(&arena, "image/png",
				 make_png(&arena, PICTURE_SIDE_MAX, NULL, 0), &out),
		PICTURE_SOUND);
	arena_release(&arena);
}

#define LOSSY "VP8 \x0a\0\0\0\0\0\0\x9d\1\x2a\x10\0\x10\0"
#define EXTRA "EXIF\4\0\0\0GPS!"
#define WIDER "VP8X\x0a\0\0\0\x2c\0\0\0\x0f\0\0\x0f\0\0"
#define PLAIN "VP8X\x0a\0\0\0\0\0\0\0\x0f\0\0\x0f\0\0"
#define HUGE  "VP8X\x0a\0\0\0\0\0\0\0\xff\xff\x0f\x0f\0\0"
#define FILM  "VP8X\x0a\0\0\0\2\0\0\0\x0f\0\0\x0f\0\0"

static void test_webp(void **state)
{
	static const struct {
		const char *what;
		struct bytes in, out;
		enum picture_fault fault;
	} cases[] = {
		{"as it is", B("RIFF\x16\0\0\0WEBP" LOSSY), B("RIFF\x16\0\0\0WEBP" LOSSY), 0},
		{"place and what tells of it", B("RIFF\x34\0\0\0WEBP" WIDER LOSSY EXTRA),
			B("RIFF\x28\0\0\0WEBP" PLAIN LOSSY), 0},
		{"something behind it", B("RIFF\x16\0\0\0WEBP" LOSSY "%PDF-"),
			B("RIFF\x16\0\0\0WEBP" LOSSY), 0},
		{"a film", B("RIFF\x28\0\0\0WEBP" FILM LOSSY), {0}, PICTURE_DAMAGED},
		{"a million pixels wide", B("RIFF\x28\0\0\0WEBP" HUGE LOSSY), {0}, PICTURE_TOO_BIG},
		{"broken off", B("RIFF\x18\0\0\0WEBP" LOSSY), {0}, PICTURE_DAMAGED},
		{"no picture", B("RIFF\4\0\0\0WEBP"), {0}, PICTURE_DAMAGED},
		{"two pictures", B("RIFF\x28\0\0\0WEBP" LOSSY LOSSY), {0}, PICTURE_DAMAGED},
	};
	struct arena arena;
	(void)state;

	arena_init(&arena, 1 << 20);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct bytes out = {0};
		enum picture_fault fault = picture_clean(&arena, "image/webp", cases[i].in, &out);

		if (fault != cases[i].fault ||
			(!fault &&
				(out.n != cases[i].out.n || memcmp(out.p, cases[i].out.p, out.n))))
			fail_msg("%s: %s, %zu of %zu bytes", cases[i].what,
				picture_fault_names[fault], out.n, cases[i].out.n);
	}
	arena_release(&arena);
}

static void test_pdf(void **state)
{
	static const struct {
		const char *inside;
		enum picture_fault fault;
	} cases[] = {
		{"1 0 obj<</Type/Catalog>>endobj", PICTURE_SOUND},
		{"<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>", PICTURE_ACTIVE},
		{"<</S /JS 5 0 R>>", PICTURE_ACTIVE},
		{"<</S/#4aava#53cript>>", PICTURE_ACTIVE},
		{"<</S/Launch/F(cmd.exe)>>", PICTURE_ACTIVE},
		{"<</Type/EmbeddedFile>>", PICTURE_ACTIVE},
		{"<</Names<</EmbeddedFiles 3 0 R>>>>", PICTURE_ACTIVE},
		{"<</Subtype/RichMedia>>", PICTURE_ACTIVE},
		{"<</JSX 1/JavaScripts 2/L#61unchpad 3>>", PICTURE_SOUND},
		{"stream\nxx/JS /Launch xx\nendstream", PICTURE_SOUND}, /* pixels */
		{"stream\nxx\nendstream <</S/JS>>", PICTURE_ACTIVE},
		{"stream\nxx stream\nxx <</S/JS>>", PICTURE_ACTIVE}, /* no end of it */
		{"(stream of work) <</S/JS>>", PICTURE_ACTIVE},
		{"/", PICTURE_SOUND},
	};
	struct arena arena;
	struct bytes out;
	(void)state;

	arena_init(&arena, 1 << 20);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const char *text = arena_printf(
			&arena, "%%PDF-1.7\n%s\ntrailer\n%%%%EOF\n", cases[i].inside);
		const struct bytes in = {(const uint8_t *)text, strlen(text)};

		if (picture_clean(&arena, PDF, in, &out) != cases[i].fault)
			fail_msg("%s", cases[i].inside);
		assert_ptr_equal(out.p, in.p);
	}
	assert_int_equal(picture_clean(&arena, PDF, B("%PDF-1.7\n1 0 obj"), &out), PICTURE_DAMAGED);
	assert_int_equal(picture_clean(&arena, "text/csv", B("nip;nama"), &out), PICTURE_SOUND);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_jpeg),
		cmocka_unit_test(test_png),
		cmocka_unit_test(test_webp),
		cmocka_unit_test(test_pdf),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
