/*
 * A signature in a PDF: what is signed is whole and by this key, and everything else is named.
 *
 * ISO 32000-1, 12.8: the byte range covers the file but the signature. Each case changes a signed
 * file in one way. The same files are checked by openssl and by poppler's pdfsig, two programs of
 * other people, in a directory of their own.
 */
#include "platform/document.h"
#include "platform/signature_int.h"
#include "platform/signer.h"

#include <openssl/cms.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#define MADE_AT INT64_C(1764547200000) /* 2025-12-01T00:00:00Z */
#define DAY     INT64_C(86400000)
#define NAME    "Pemerintah Contoh, naskah internal"
#define REASON  "TTE tidak tersertifikasi - untuk dokumen internal"

struct bench {
	struct arena arena;
	char directory[40];
	const char *key, *certificate, *other_key, *other_certificate;
	struct signature_key *own, *other;
	struct bytes plain, pdf;
};

static const char *path_in(struct bench *b, const char *name)
{
	return arena_printf(&b->arena, "%s/%s", b->directory, name);
}

static struct bytes make_paper(struct arena *arena, int pages)
{
	const struct document_seal seal = {
		"http://localhost/periksa/#00", "Periksa", "Ketik", "0000", NULL};
	const struct document_style style = {
		.paper = PAPER_F4, .title = "SURAT PENGANTAR", .made_at = MADE_AT, .seal = &seal};
	struct document *d = document_new(arena, &style);
	struct bytes pdf;

	for (int i = 1; i < pages; i++)
		document_page(d, true, "Lampiran");
	document_paragraph(d, "Isi naskah.");
	assert_int_equal(document_finish(d, &pdf), OK);
	return pdf;
}

static void make_keys(struct bench *b)
{
	const char *why = "";

	b->key = path_in(b, "own.key");
	b->certificate = path_in(b, "own.pem");
	b->other_key = path_in(b, "other.key");
	b->other_certificate = path_in(b, "other.pem");
	assert_true(signature_make_key(
		b->key, b->certificate, NAME, MADE_AT - DAY, 2, &b->arena, &why));
	assert_true(signature_make_key(
		b->other_key, b->other_certificate, NAME, MADE_AT - DAY, 2, &b->arena, &why));
	b->own = signature_open_key(b->key, b->certificate, &b->arena, &why);
	b->other = signature_open_key(b->other_key, b->other_certificate, &b->arena, &why);
	assert_non_null(b->own);
	assert_non_null(b->other);
}

static int open_bench(void **state)
{
	struct bench *b = calloc(1, sizeof *b);

	arena_init(&b->arena, (size_t)256 << 20);
	memcpy(b->directory, "/tmp/luwes-signature-XXXXXX", 28);
	assert_non_null(mkdtemp(b->directory));
	make_keys(b);
	b->plain = make_paper(&b->arena, 3);
	assert_int_equal(signature_add(b->own, b->plain, MADE_AT, REASON, &b->arena, &b->pdf), OK);
	*state = b;
	return 0;
}

static int close_bench(void **state)
{
	static const char *const files[] = {
		"own.key", "own.pem", "other.key", "other.pem", "a.pdf", "a.der", "a.bin"};
	struct bench *b = *state;

	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		unlink(path_in(b, files[i]));
	rmdir(b->directory);
	signature_close_key(b->own);
	signature_close_key(b->other);
	arena_release(&b->arena);
	free(b);
	return 0;
}

static void write_file(const char *path, struct bytes content)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(content.p, 1, content.n, f), content.n);
	assert_int_equal(fclose(f), 0);
}

static struct bytes find_der(struct bench *b, struct signature_hole *ret_hole)
{
	struct bytes der;

	assert_int_equal(signature_find(b->pdf, &b->arena, ret_hole, &der), SIGNATURE_GOOD);
	return der;
}

/* ---- what comes out ---- */

static void the_paper_stays_as_it_was_with_the_signature_behind_it(void **state)
{
	struct bench *b = *state;
	struct bytes tail = {b->pdf.p + b->plain.n, b->pdf.n - b->plain.n};

	assert_memory_equal(b->pdf.p, b->plain.p, b->plain.n);
	for (const char *const *said = (const char *const[]){"/Filter /Adobe.PPKLite",
		     "/SubFilter /adbe.pkcs7.detached", "/SigFlags 3", "/Annots [", "/Prev ",
		     "/M (D:20251201000000Z)", "/Reason (" REASON ")", NULL};
		*said; said++)
		assert_non_null(memmem(tail.p, tail.n, *said, strlen(*said)));
	assert_int_equal(signature_check(b->own, b->pdf, &b->arena), SIGNATURE_GOOD);
}

static void every_reference_leads_to_its_object(void **state)
{
	struct bench *b = *state;
	const char *text = (const char *)b->pdf.p + b->plain.n;
	int found = 0;

	for (const char *p = strstr(text, "\nxref\n") + 6; *p >= '0' && *p <= '9'; found++) {
		char begins[32];
		long number = strtol(p, NULL, 10), at;

		p = strchr(p, '\n') + 1;
		at = strtol(p, NULL, 10);
		snprintf(begins, sizeof begins, "%ld 0 obj\n", number);
		assert_memory_equal(b->pdf.p + at, begins, strlen(begins));
		p = strchr(p, '\n') + 1;
	}
	assert_int_equal(found, 4);
}

static void the_instant_is_the_caller_s(void **state)
{
	struct bench *b = *state;
	struct signature_hole hole;
	struct bytes der = find_der(b, &hole);
	const unsigned char *p = der.p;
	CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &p, (long)der.n);
	CMS_SignerInfo *signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0);
	const X509_ATTRIBUTE *a = CMS_signed_get_attr(
		signer, CMS_signed_get_attr_by_NID(signer, NID_pkcs9_signingTime, -1));
	const ASN1_TYPE *t = X509_ATTRIBUTE_get0_type((X509_ATTRIBUTE *)a, 0);

	assert_string_equal((const char *)t->value.utctime->data, "251201000000Z");
	assert_true(
		CMS_signed_get_attr_by_NID(signer, NID_id_smime_aa_signingCertificateV2, -1) >= 0);
	CMS_ContentInfo_free(cms);
}

/* ---- what is not what was signed ---- */

enum change {
	NOTHING,
	FIRST_BYTE_OF_TEXT,
	LAST_BYTE,
	BYTE_OF_THE_RANGE,
	DIGIT_OF_THE_SIGNATURE,
	NO_SIGNATURE,
	TEXT_BEHIND,
	UPDATE_BEHIND,
	SECOND_SIGNATURE,
	RANGE_BEYOND,
	HOLE_ELSEWHERE,
	LETTER_IN_THE_HOLE,
	CUT_SHORT
};

static struct bytes changed(struct bench *b, enum change change)
{
	struct signature_hole hole;
	struct bytes der = find_der(b, &hole), from = change == NO_SIGNATURE ? b->plain : b->pdf;
	size_t n = from.n;
	uint8_t *p = arena_alloc(&b->arena, n + 100), *range;

	memcpy(p, from.p, n);
	range = memmem(p, n, "/ByteRange [0 ", 14);
	if (change == FIRST_BYTE_OF_TEXT)
		p[10] ^= 1;
	if (change == LAST_BYTE)
		p[n - 1] = ' ';
	if (change == DIGIT_OF_THE_SIGNATURE) { /* of the number at its end */
		uint8_t *digit = p + hole.from + 1 + 2 * (size_t)(der.p[2] * 256 + der.p[3]) - 4;

		*digit = *digit == '0' ? '1' : '0';
	}
	if (change == LETTER_IN_THE_HOLE)
		p[hole.to - 2] = 'x';
	if (change == BYTE_OF_THE_RANGE) /* to 0: from 0 on, a hole elsewhere */
		memcpy(range + 14, "0000000000", 10);
	if (change == RANGE_BEYOND)
		memcpy(range + 14 + 22, "9999999999", 10);
	if (change == HOLE_ELSEWHERE)
		range[14 + 9] = range[14 + 9] == '0' ? '1' : (uint8_t)(range[14 + 9] - 1);
	if (change == TEXT_BEHIND)
		p[n++] = '\n';
	if (change == UPDATE_BEHIND)
		n += (size_t)snprintf((char *)p + n, 100, "1 0 obj\n<< >>\nendobj\n%%%%EOF\n");
	if (change == SECOND_SIGNATURE)
		n += (size_t)snprintf((char *)p + n, 100, "/ByteRange [0 1 2 3]\n%%%%EOF\n");
	return (struct bytes){p, change == CUT_SHORT ? n - 10 : n};
}

static void what_was_changed_is_named(void **state)
{
	static const struct {
		enum change change;
		enum signature_fault fault;
	} row[] = {
		{NOTHING, SIGNATURE_GOOD},
		{FIRST_BYTE_OF_TEXT, SIGNATURE_BROKEN},
		{LAST_BYTE, SIGNATURE_BROKEN},
		{DIGIT_OF_THE_SIGNATURE, SIGNATURE_BROKEN},
		{NO_SIGNATURE, SIGNATURE_NONE},
		{TEXT_BEHIND, SIGNATURE_NOT_WHOLE},
		{UPDATE_BEHIND, SIGNATURE_NOT_WHOLE},
		{CUT_SHORT, SIGNATURE_NOT_WHOLE},
		{SECOND_SIGNATURE, SIGNATURE_MANY},
		{RANGE_BEYOND, SIGNATURE_MALFORMED},
		{BYTE_OF_THE_RANGE, SIGNATURE_MALFORMED},
		{HOLE_ELSEWHERE, SIGNATURE_MALFORMED},
		{LETTER_IN_THE_HOLE, SIGNATURE_MALFORMED},
	};
	struct bench *b = *state;

	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		enum signature_fault fault = signature_check(
			b->own, changed(b, row[i].change), &b->arena);

		if (fault != row[i].fault)
			fail_msg("change %d is %s", (int)row[i].change,
				signature_fault_names[fault]);
	}
}

/* Outside the signature every byte was signed; in its place nothing else may stand. */
static void a_byte_changed_anywhere_is_noticed(void **state)
{
	struct bench *b = *state;
	struct signature_hole hole;
	struct bytes der = find_der(b, &hole);
	size_t end = hole.from + 1 + 2 * (size_t)(der.p[2] * 256 + der.p[3] + 4);
	uint8_t *p = arena_alloc(&b->arena, b->pdf.n);
	struct arena own;

	memcpy(p, b->pdf.p, b->pdf.n);
	for (size_t i = 0; i < b->pdf.n; i += i < hole.from ? 997 : 61) {
		if (i > hole.from && i < end)
			continue;
		arena_init(&own, (size_t)64 << 20);
		p[i] ^= 4;
		if (!signature_check(b->own, (struct bytes){p, b->pdf.n}, &own))
			fail_msg("byte %zu of %zu", i, b->pdf.n);
		p[i] ^= 4;
		arena_release(&own);
	}
}

static void another_key_of_the_same_name_is_another_key(void **state)
{
	struct bench *b = *state;

	assert_string_equal(signature_name(b->own), signature_name(b->other));
	assert_string_not_equal(signature_fingerprint(b->own), signature_fingerprint(b->other));
	assert_int_equal(signature_check(b->other, b->pdf, &b->arena), SIGNATURE_OTHER_KEY);
}

static void what_is_signed_is_not_signed_again(void **state)
{
	struct bench *b = *state;
	struct bytes twice;

	assert_int_equal(
		signature_add(b->other, b->pdf, MADE_AT, REASON, &b->arena, &twice), E_CONFLICT);
}

static void what_is_no_paper_of_ours_is_not_signed(void **state)
{
	static const char *const text[] = {"", "%PDF-1.4\n", "startxref\n",
		"startxref\n99999\n%%EOF",
		"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 /Root 1 0 R /Info 2 "
		"0 R "
		">>\nstartxref\n9\n%%EOF\n"};
	struct bench *b = *state;
	struct bytes out;

	for (size_t i = 0; i < sizeof text / sizeof *text; i++)
		assert_int_equal(signature_add(b->own,
					 (struct bytes){(const uint8_t *)text[i], strlen(text[i])},
					 MADE_AT, REASON, &b->arena, &out),
			E_INTERNAL);
}

/* ---- keys ---- */

static void a_key_is_opened_only_as_it_should_lie(void **state)
{
	struct bench *b = *state;
	const char *why = "";

	assert_null(signature_open_key(b->other_key, b->certificate, &b->arena, &why));
	assert_string_equal(why, "the key is not that of the certificate");
	assert_null(signature_open_key(path_in(b, "none"), b->certificate, &b->arena, &why));
	assert_null(signature_open_key(b->certificate, b->key, &b->arena, &why));
	assert_int_equal(chmod(b->key, 0640), 0);
	assert_null(signature_open_key(b->key, b->certificate, &b->arena, &why));
	assert_non_null(strstr(why, "chmod 600"));
	assert_int_equal(chmod(b->key, 0600), 0);
	assert_false(
		signature_make_key(b->key, path_in(b, "a.pdf"), NAME, MADE_AT, 2, &b->arena, &why));
	assert_false(signature_make_key(
		path_in(b, "a.bin"), b->certificate, NAME, MADE_AT, 2, &b->arena, &why));
	assert_int_equal(access(path_in(b, "a.bin"), F_OK), -1); /* both or none */
}

static void a_certificate_holds_for_its_years(void **state)
{
	static const struct {
		int64_t at;
		bool holds;
	} row[] = {
		{MADE_AT - 2 * DAY, false},
		{MADE_AT, true},
		{MADE_AT + 729 * DAY, true},
		{MADE_AT + 730 * DAY, false},
	};
	struct bench *b = *state;

	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		assert_int_equal(signature_is_valid_at(b->own, row[i].at), row[i].holds);
}

/* ---- the signer of the program ---- */

static void the_built_in_signer_takes_the_three_steps(void **state)
{
	struct bench *b = *state;
	const char *why = "";
	struct bytes pdf;
	const struct sign_order order = {b->plain, MADE_AT, REASON, &b->arena};
	const struct signer *s = signer_open_internal(b->key, b->certificate, &b->arena, &why);

	assert_non_null(s);
	assert_int_equal(s->standing, SIGNATURE_INTERNAL);
	assert_string_equal(s->name, NAME);
	assert_string_equal(s->line, REASON);
	assert_true(s->is_ready(s, MADE_AT, &why));
	assert_false(s->is_ready(s, MADE_AT + 3650 * DAY, &why));
	assert_int_equal(signer_sign(s, &order, &pdf), OK);
	assert_int_equal(signature_check(b->own, pdf, &b->arena), SIGNATURE_GOOD);
	signer_close_internal();
}

/* A service: what it answers decides what comes of the order. */
static int asked;
static enum err waits(const struct signer *s, const struct sign_order *o, struct sign_ticket *t)
{
	(void)s, (void)o;
	t->reference = "7";
	asked = 0;
	return OK;
}
static enum err declines(const struct signer *s, struct sign_ticket *t, enum sign_state *ret)
{
	(void)s;
	assert_string_equal(t->reference, "7");
	*ret = asked++ ? SIGN_DECLINED : SIGN_WAITS;
	return OK;
}
static enum err never(const struct signer *s, struct sign_ticket *t, enum sign_state *ret)
{
	(void)s, (void)t;
	*ret = SIGN_WAITS;
	return OK;
}
static enum err away(const struct signer *s, struct sign_ticket *t, enum sign_state *ret)
{
	(void)s, (void)t, (void)ret;
	return E_STORE;
}

static void a_service_may_decline_or_take_too_long(void **state)
{
	const struct {
		enum err (*poll)(const struct signer *, struct sign_ticket *, enum sign_state *);
		int64_t wait_ms;
		enum err e;
	} row[] = {{declines, 60000, E_REFUSED}, {never, 0, E_BUSY}, {away, 60000, E_STORE}};
	const struct sign_order order = {.at = MADE_AT};
	struct bytes pdf;

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		const struct signer s = {
			.wait_ms = row[i].wait_ms, .request = waits, .poll = row[i].poll};

		assert_int_equal(signer_sign(&s, &order, &pdf), row[i].e);
	}
}

/* ---- programs of other people ---- */

static int run(struct bench *b, const char *command, char *said, size_t room)
{
	FILE *f = popen(arena_printf(&b->arena, "cd %s && %s 2>&1", b->directory, command), "r");
	size_t n;

	assert_non_null(f);
	n = fread(said, 1, room - 1, f);
	said[n] = '\0';
	return pclose(f);
}

static void openssl_agrees(void **state)
{
	struct bench *b = *state;
	char said[4000];
	struct signature_hole hole;
	struct bytes der = find_der(b, &hole);
	struct bytes content = signature_signed_bytes(b->pdf, hole, &b->arena);
	const char *command = "openssl cms -verify -inform DER -in a.der -content a.bin -binary "
			      "-CAfile own.pem -purpose any -attime 1764547200 -out /dev/null";

	write_file(path_in(b, "a.der"),
		(struct bytes){der.p, 4 + (size_t)(der.p[2] * 256 + der.p[3])});
	write_file(path_in(b, "a.bin"), content);
	assert_int_equal(run(b, command, said, sizeof said), 0);
	assert_non_null(strstr(said, "successful"));
	((uint8_t *)(uintptr_t)content.p)[20] ^= 1;
	write_file(path_in(b, "a.bin"), content);
	assert_int_not_equal(run(b, command, said, sizeof said), 0);
}

static void poppler_agrees(void **state)
{
	struct bench *b = *state;
	char said[4000];

	write_file(path_in(b, "a.pdf"), b->pdf);
	run(b, "pdfsig -nocert a.pdf", said, sizeof said);
	for (const char *const *line = (const char *const[]){"Signature #1", "Signature is Valid",
		     "Total document signed", "adbe.pkcs7.detached", "SHA-256", NAME, NULL};
		*line; line++)
		if (!strstr(said, *line))
			fail_msg("pdfsig does not say \"%s\":\n%s", *line, said);
	assert_null(strstr(said, "Signature #2"));
	write_file(path_in(b, "a.pdf"), changed(b, FIRST_BYTE_OF_TEXT));
	run(b, "pdfsig -nocert a.pdf", said, sizeof said);
	assert_non_null(strstr(said, "Digest Mismatch"));
	write_file(path_in(b, "a.pdf"), changed(b, UPDATE_BEHIND));
	run(b, "pdfsig -nocert a.pdf", said, sizeof said);
	assert_null(strstr(said, "Total document signed"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_paper_stays_as_it_was_with_the_signature_behind_it),
		cmocka_unit_test(every_reference_leads_to_its_object),
		cmocka_unit_test(the_instant_is_the_caller_s),
		cmocka_unit_test(what_was_changed_is_named),
		cmocka_unit_test(a_byte_changed_anywhere_is_noticed),
		cmocka_unit_test(another_key_of_the_same_name_is_another_key),
		cmocka_unit_test(what_is_signed_is_not_signed_again),
		cmocka_unit_test(what_is_no_paper_of_ours_is_not_signed),
		cmocka_unit_test(a_key_is_opened_only_as_it_should_lie),
		cmocka_unit_test(a_certificate_holds_for_its_years),
		cmocka_unit_test(the_built_in_signer_takes_the_three_steps),
		cmocka_unit_test(a_service_may_decline_or_take_too_long),
		cmocka_unit_test(openssl_agrees),
		cmocka_unit_test(poppler_agrees),
	};

	return cmocka_run_group_tests(tests, open_bench, close_bench);
}
