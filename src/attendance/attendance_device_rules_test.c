/*
 * When a code is good, who may be the second officer, and the bytes a phone signs to be enrolled
 * and the log commits to: pure rules of attendance_device_rules.c.
 *
 * Security 1.3: enrolment is the choke point; PP 94/2021 art. 25: a decision about a person is
 * never one person's alone where it is unusual. `attendance_device_rules_test --write FILE` makes
 * test/vectors/enrolment.json anew.
 */
#include "attendance/attendance_device.h"

#include "attendance/attendance_test_key.h"
#include "base/date.h"
#include "base/str.h"

#define TEST_ARENA_BYTES (256 * 1024)
#include "platform/test_arena.h"

#include <jansson.h>
#include <string.h>

#define VECTORS "test/vectors/enrolment.json"
#define NOW     INT64_C(1763000000000)
#define MINUTE  INT64_C(60000)

static void test_states_of_a_code(void **state)
{
	static const struct {
		const char *what;
		struct device_code code;
		enum device_code_state state;
	} cases[] = {
		{"just shown", {.shown_at = NOW, .expires_at = NOW + 10 * MINUTE},
			DEVICE_CODE_OPEN},
		{"in its last millisecond", {.shown_at = NOW - 10 * MINUTE, .expires_at = NOW + 1},
			DEVICE_CODE_OPEN},
		{"its time is over", {.shown_at = NOW - 10 * MINUTE, .expires_at = NOW},
			DEVICE_CODE_EXPIRED},
		{"used, and past its time",
			{.shown_at = NOW - 99 * MINUTE,
				.expires_at = NOW - 89 * MINUTE,
				.used_at = NOW - 95 * MINUTE},
			DEVICE_CODE_USED},
		{"waits for the second officer", {.needs_second = true, .expires_at = NOW + MINUTE},
			DEVICE_CODE_WAITS},
		{"nobody came", {.needs_second = true, .expires_at = NOW}, DEVICE_CODE_EXPIRED},
		{"approved, not yet shown",
			{.needs_second = true,
				.approved_by = {7},
				.decided_at = NOW,
				.expires_at = NOW + MINUTE},
			DEVICE_CODE_APPROVED},
		{"approved and shown",
			{.needs_second = true,
				.approved_by = {7},
				.decided_at = NOW - MINUTE,
				.shown_at = NOW,
				.expires_at = NOW + MINUTE},
			DEVICE_CODE_OPEN},
		{"approved too long ago",
			{.needs_second = true, .approved_by = {7}, .expires_at = NOW},
			DEVICE_CODE_EXPIRED},
		{"refused, also later",
			{.needs_second = true,
				.approved_by = {7},
				.is_refused = true,
				.expires_at = NOW - MINUTE},
			DEVICE_CODE_REFUSED},
	};

	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++)
		if (attendance_device_code_state(&cases[i].code, NOW) != cases[i].state)
			fail_msg("%s", cases[i].what);
}

static void test_second_officer(void **state)
{
	const struct device_code waits = {.employee = {1},
		.issued_by = {2},
		.needs_second = true,
		.expires_at = NOW + MINUTE};
	struct device_code open = waits;

	(void)state;
	assert_int_equal(attendance_decide_second(&waits, (struct employee_id){3}, NOW), OK);
	assert_int_equal(attendance_decide_second(&waits, (struct employee_id){2}, NOW), E_SELF);
	assert_int_equal(attendance_decide_second(&waits, (struct employee_id){1}, NOW), E_SELF);
	assert_int_equal(attendance_decide_second(&waits, (struct employee_id){3}, NOW + MINUTE),
		E_CONFLICT);
	open.shown_at = NOW;
	assert_int_equal(attendance_decide_second(&open, (struct employee_id){3}, NOW), E_CONFLICT);
}

static void test_soon_and_probation(void **state)
{
	struct parameters numbers = attendance_default_parameters();
	const struct device d = {.enrolled_at = NOW};

	(void)state;
	assert_false(attendance_is_changed_soon(0, NOW, &numbers)); /* the first phone */
	assert_true(attendance_is_changed_soon(NOW, NOW, &numbers));
	assert_true(attendance_is_changed_soon(NOW - 30 * MS_PER_DAY + 1, NOW, &numbers));
	assert_false(attendance_is_changed_soon(NOW - 30 * MS_PER_DAY, NOW, &numbers));
	numbers.of[PARAMETER_CHANGE_DAYS] = 0;
	assert_false(attendance_is_changed_soon(NOW, NOW, &numbers));
	assert_int_equal(attendance_probation_until(&d, &numbers), NOW + 24 * 60 * MINUTE);
	numbers.of[PARAMETER_PROBATION_HOURS] = 0;
	assert_int_equal(attendance_probation_until(&d, &numbers), NOW);
}

/* ---- bytes ---- */

static struct device_step make_step(enum device_step_kind kind)
{
	struct device_step s = {.kind = kind,
		.employee = {INT64_C(0x0102030405060708)},
		.by = {0x22},
		.at = 0x0198,
		.key = {{0xaa, [31] = 0xbb}},
		.shown_by = {0x33},
		.nip = "198504122010011001",
		.state = DEVICE_LOST,
		.code = 0x44,
		.text = "hilang"};

	memset(s.device, 0xd0, sizeof s.device);
	return s;
}

#define HEAD(step)                                                                                 \
	"6c757765732f64652f310a" step "0000000000000009"                                           \
	"0102030405060708"                                                                         \
	"d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0"                                                         \
	"0000000000000022"                                                                         \
	"0000000000000198"
#define KEY  "aa000000000000000000000000000000000000000000000000000000000000bb"
#define TEXT "000668696c616e67"

/* What is written here is what docs/EVIDENCE.md says; a bundle of years ago must still be read. */
static void test_steps_as_the_log_has_them(void **state)
{
	static const struct {
		enum device_step_kind kind;
		const char *hex;
	} cases[] = {
		{DEVICE_STEP_ENROLLED,
			HEAD("01") KEY "0000000000000033313938353034313232303130303131303031"},
		{DEVICE_STEP_ENDED, HEAD("02") "02" TEXT},
		{DEVICE_STEP_PASSKEY, HEAD("03") KEY},
		{DEVICE_STEP_PASSKEY_ENDED, HEAD("04")},
		{DEVICE_STEP_ASKED, HEAD("05") "0000000000000044" TEXT},
		{DEVICE_STEP_APPROVED, HEAD("06") "0000000000000044" TEXT},
		{DEVICE_STEP_REFUSED, HEAD("07") "0000000000000044" TEXT},
		{DEVICE_STEP_SHOWN, HEAD("08") "0000000000000044" TEXT},
		{DEVICE_STEP_SHARED, HEAD("09")},
		{DEVICE_STEP_NOT_SHARED, HEAD("0a")},
	};
	uint8_t written[DEVICE_STEP_MAX];
	char hex[2 * DEVICE_STEP_MAX + 1];

	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct device_step s = make_step(cases[i].kind);
		size_t n = attendance_write_device_step((struct government_id){9}, &s, written);

		hex_encode(written, n, hex);
		assert_string_equal(hex, cases[i].hex);
	}
}

static void test_longest_step_and_shorter_nip(void **state)
{
	struct device_step s = make_step(DEVICE_STEP_REFUSED);
	uint8_t written[DEVICE_STEP_MAX];
	char *text = arena_alloc(*state, DEVICE_NOTE_MAX + 1);
	size_t n;

	memset(text, 'x', DEVICE_NOTE_MAX);
	s.text = text;
	assert_true(attendance_write_device_step((struct government_id){9}, &s, written) <=
		    sizeof written);
	s = make_step(DEVICE_STEP_ENROLLED);
	s.nip = "1234";
	n = attendance_write_device_step((struct government_id){9}, &s, written);
	assert_memory_equal(written + n - 18, "1234\0\0\0\0\0\0\0\0\0\0\0\0\0", 18);
}

static void test_subject_is_positive(void **state)
{
	uint8_t id[DEVICE_ID_BYTES] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};

	(void)state;
	assert_int_equal(attendance_device_subject(id), INT64_MAX);
	id[0] = 0x80;
	id[7] = 0x01;
	assert_int_equal(attendance_device_subject(id), INT64_C(0x00ffffffffffff01));
}

/* ---- the vector both languages read ---- */

#define GOVERNMENT INT64_C(437509845000000001)
#define EMPLOYEE   INT64_C(437509845123465216)
#define CODE       "7K2QD-M4XRA"

static struct device make_device(const uint8_t key[ES256_KEY_BYTES])
{
	struct device d = {.employee = {EMPLOYEE}};

	memcpy(d.public_key, key, ES256_KEY_BYTES);
	for (int i = 0; i < INSTALL_ID_BYTES; i++)
		d.install_id[i] = (uint8_t)(0x10 + i);
	return d;
}

static void write_message(const struct device *d, uint8_t message[ENROLMENT_PROOF_BYTES])
{
	char letters[AUTH_CODE_LETTERS];

	assert_true(auth_read_code(CODE, letters));
	attendance_write_enrolment_proof(
		(struct government_id){GOVERNMENT}, d, hash_of(letters, sizeof letters), message);
}

static json_t *json_bytes(struct arena *arena, const void *p, size_t n)
{
	return json_string(base64url_encode(arena, p, n));
}

static json_t *describe(struct arena *arena, const struct device *d)
{
	uint8_t message[ENROLMENT_PROOF_BYTES];
	json_t *o = json_object();

	write_message(d, message);
	json_object_set_new(o, "about",
		json_string(
			"What a phone signs to be enrolled (docs/EVIDENCE.md); bytes as base64url. "
			"Made by attendance_device_rules_test --write."));
	json_object_set_new(o, "government", json_string(arena_printf(arena, "%ld", GOVERNMENT)));
	json_object_set_new(o, "employee", json_string(arena_printf(arena, "%ld", EMPLOYEE)));
	json_object_set_new(o, "code", json_string(CODE));
	json_object_set_new(o, "qr", json_string("LW1C.7K2QDM4XRA"));
	json_object_set_new(o, "install_id", json_bytes(arena, d->install_id, INSTALL_ID_BYTES));
	json_object_set_new(o, "public_key", json_bytes(arena, d->public_key, ES256_KEY_BYTES));
	json_object_set_new(o, "message", json_bytes(arena, message, sizeof message));
	return o;
}

static int write_vector(const char *path)
{
	struct arena arena;
	struct test_key key = make_test_key();
	struct device d = make_device(key.public);
	uint8_t message[ENROLMENT_PROOF_BYTES], proof[ES256_SIGNATURE_BYTES];
	json_t *o;
	int failed;

	arena_init(&arena, TEST_ARENA_BYTES);
	write_message(&d, message);
	test_sign(&key, message, sizeof message, proof);
	o = describe(&arena, &d);
	json_object_set_new(o, "proof", json_bytes(&arena, proof, sizeof proof));
	failed = json_dump_file(o, path, JSON_INDENT(1));
	json_decref(o);
	EVP_PKEY_free(key.pair);
	arena_release(&arena);
	return failed ? 1 : 0;
}

static void test_vector(void **state)
{
	struct arena *arena = *state;
	json_t *kept = json_load_file(VECTORS, JSON_REJECT_DUPLICATES, NULL), *made;
	struct bytes key, proof;
	uint8_t message[ENROLMENT_PROOF_BYTES];
	struct device d;

	assert_true(base64url_decode(
		arena, json_string_value(json_object_get(kept, "public_key")), &key));
	assert_true(
		base64url_decode(arena, json_string_value(json_object_get(kept, "proof")), &proof));
	assert_int_equal(key.n, ES256_KEY_BYTES);
	assert_int_equal(proof.n, ES256_SIGNATURE_BYTES);
	d = make_device(key.p);
	made = describe(arena, &d);
	json_object_set(made, "proof", json_object_get(kept, "proof"));
	assert_true(json_equal(made, kept));
	write_message(&d, message);
	assert_true(es256_verify(key.p, message, sizeof message, proof.p));
	json_decref(made);
	json_decref(kept);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_states_of_a_code),
		cmocka_unit_test(test_second_officer),
		cmocka_unit_test(test_soon_and_probation),
		cmocka_unit_test(test_steps_as_the_log_has_them),
		ARENA_TEST(test_longest_step_and_shorter_nip),
		cmocka_unit_test(test_subject_is_positive),
		ARENA_TEST(test_vector),
	};

	if (argc == 3 && str_eq(argv[1], "--write"))
		return write_vector(argv[2]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
