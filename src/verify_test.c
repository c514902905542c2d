/*
 * The sentences of `luwes verify` over constructed bundles: test/vectors/bundles.json, to which the
 * page at /verifikasi/ is held as well.
 *
 * LUWES_WRITE_VECTORS=FILE makes the file anew, with new keys of phone and kiosk.
 */
#include "attendance/attendance_test_bundle.h"
#include "base/str.h"
#include "verb_verify_words.h"

#include <jansson.h>

#define VECTORS "test/vectors/bundles.json"

/* ---- making them ---- */

static struct world w;

static json_t *lines_of(const char *text)
{
	json_t *list = json_array();
	char *copy = arena_strdup(&w.arena, text);
	for (char *end; *copy; copy = end) {
		end = copy + strcspn(copy, "\n");
		if (*end)
			*end++ = '\0';
		json_array_append_new(list, json_string(copy));
	}
	return list;
}

/* What is brought along, as text. */
struct brought {
	const char *log_key, *online_key, *witness[2];
	int policy;
};

static void take_brought(const struct brought *b, struct arena *arena, struct vkey *log_key,
	uint8_t online[1][ED25519_KEY_BYTES], struct vkey witness[2], struct bundle_trust *ret)
{
	struct bytes key;
	*ret = (struct bundle_trust){
		.policy = b->policy, .witness = witness, .online_key = (void *)online};
	if (b->log_key) {
		assert_true(trust_parse_vkey(b->log_key, log_key));
		ret->log_key = log_key;
	}
	if (b->online_key) {
		assert_true(base64url_decode(arena, b->online_key, &key));
		memcpy(online[0], key.p, ED25519_KEY_BYTES);
		ret->online_keys = 1;
	}
	for (int i = 0; i < 2 && b->witness[i]; i++)
		assert_true(trust_parse_vkey(b->witness[i], &witness[ret->witnesses++]));
}

/* The report on a bundle, its codes and whether it is false. */
static bool run(const char *text, const struct brought *brought, struct arena *arena,
	struct buf *codes, struct buf *report)
{
	struct bundle_findings findings;
	struct bundle_trust trust;
	struct bundle bundle;
	struct vkey log_key, witness[2];
	uint8_t online[1][ED25519_KEY_BYTES];
	int line;
	take_brought(brought, arena, &log_key, online, witness, &trust);
	if (!attendance_read_bundle(
		    (struct bytes){(const uint8_t *)text, strlen(text)}, arena, &bundle, &line))
		fail_msg("line %d", line);
	attendance_check_bundle(&bundle, &trust, &findings);
	for (int i = 0; i < findings.count; i++)
		buf_printf(codes, "%s%s", i ? " " : "", finding_codes[findings.found[i].what]);
	verify_report(&bundle, &trust, &findings, report);
	return findings.has_fault;
}

static void add_case(json_t *cases, const char *name, const struct brought *brought)
{
	struct buf text, codes, report;
	json_t *trust = json_object();
	buf_init(&text, &w.arena, 8192);
	buf_init(&codes, &w.arena, 256);
	buf_init(&report, &w.arena, 4096);
	attendance_write_bundle(&w.bundle, "Bukti presensi", &text);
	bool is_false = run(text.p, brought, &w.arena, &codes, &report);
	if (brought->log_key)
		json_object_set_new(trust, "log_key", json_string(brought->log_key));
	if (brought->online_key)
		json_object_set_new(trust, "online_key", json_string(brought->online_key));
	json_t *witnesses = json_array();
	for (int i = 0; i < 2 && brought->witness[i]; i++)
		json_array_append_new(witnesses, json_string(brought->witness[i]));
	json_object_set_new(trust, "witnesses", witnesses);
	json_object_set_new(trust, "policy", json_integer(brought->policy));
	json_array_append_new(cases, json_pack("{s:s,s:o,s:o,s:s,s:b,s:o}", "name", name, "bundle",
					     lines_of(text.p), "trust", trust, "codes", codes.p,
					     "is_false", is_false, "report", lines_of(report.p)));
}

static struct brought all_keys(int policy)
{
	return (struct brought){w.bundle.log_key,
		base64url_encode(&w.arena, w.bundle.online_key.p, w.bundle.online_key.n),
		{w.bundle.witness[0], w.bundle.witness[1]}, policy};
}

static void add_true_cases(json_t *cases)
{
	const struct brought nothing = {0};
	struct brought all = all_keys(2);
	add_case(cases, "nothing brought along", &nothing);
	add_case(cases, "every key from outside, two witnesses", &all);
	world_countersign(&w);
	w.bundle.zone = ZONE_WIT;
	add_case(cases, "countersigned by a kiosk, eastern time", &nothing);
	w.bundle.zone = ZONE_WIB;
	w.bundle.countersign.n = 0;
	struct bundle whole = w.bundle;
	w.bundle.has_proof = false;
	add_case(cases, "not in a signed head yet", &nothing);
	w.bundle.enrolment.payload.n = w.bundle.token_signature.n = 0;
	w.bundle.person_name = "";
	add_case(cases, "the least there can be", &nothing);
	w.bundle = whole;
	world_sign_log(&w, 0);
	all = all_keys(0);
	add_case(cases, "no witness", &all);
	w.event.type = EVENT_TYPE_OUT;
	w.event.proof_type = PROOF_DISPLAY;
	w.event.proof = (struct bytes){w.event.chance, 16};
	world_sign_event(&w);
	world_receive(&w);
	world_sign_log(&w, 1);
	add_case(cases, "going home, with a display's code", &nothing);
}

static void add_false_cases(json_t *cases)
{
	struct brought all = all_keys(2);
	const struct brought nothing = {0};
	struct bundle whole = w.bundle;
	uint8_t other[64] = {3};
	add_case(cases, "one witness of two asked for", &all);
	w.bundle.signature = world_keep(&w, other, sizeof other);
	add_case(cases, "another signature of the phone", &nothing);
	w.bundle = whole;
	w.bundle.index++;
	add_case(cases, "another index", &nothing);
	w.bundle = whole;
	w.bundle.government++;
	add_case(cases, "another government", &nothing);
	w.bundle = whole;
	w.event.seq++;
	world_sign_event(&w);
	add_case(cases, "the receipt of another event", &nothing);
	w.bundle = whole;
	all.online_key = base64url_encode(&w.arena, other, 32);
	add_case(cases, "another server's key", &all);
}

static void write_vectors(const char *path)
{
	json_t *cases = json_array();
	world_open(&w);
	add_true_cases(cases);
	add_false_cases(cases);
	world_close(&w);
	if (json_dump_file(cases, path, JSON_INDENT(1)))
		fail_msg("cannot write %s", path);
	json_decref(cases);
}

/* ---- holding the program to them ---- */

static const char *text_of(struct arena *arena, const json_t *lines)
{
	struct buf b;
	size_t i;
	json_t *line;
	buf_init(&b, arena, 8192);
	json_array_foreach(lines, i, line) buf_printf(&b, "%s\n", json_string_value(line));
	return b.p ? b.p : "";
}

static void check_case(const json_t *c, struct arena *arena)
{
	const json_t *trust = json_object_get(c, "trust");
	const json_t *witnesses = json_object_get(trust, "witnesses");
	struct brought brought = {json_string_value(json_object_get(trust, "log_key")),
		json_string_value(json_object_get(trust, "online_key")),
		{json_string_value(json_array_get(witnesses, 0)),
			json_string_value(json_array_get(witnesses, 1))},
		(int)json_integer_value(json_object_get(trust, "policy"))};
	struct buf codes, report;
	buf_init(&codes, arena, 256);
	buf_init(&report, arena, 4096);
	bool is_false = run(
		text_of(arena, json_object_get(c, "bundle")), &brought, arena, &codes, &report);
	assert_string_equal(codes.p, json_string_value(json_object_get(c, "codes")));
	assert_string_equal(report.p, text_of(arena, json_object_get(c, "report")));
	assert_int_equal(is_false, json_is_true(json_object_get(c, "is_false")));
}

static void test_vectors(void **state)
{
	struct arena arena;
	json_error_t error;
	json_t *cases, *c;
	size_t i;
	(void)state;
	if (getenv("LUWES_WRITE_VECTORS"))
		write_vectors(getenv("LUWES_WRITE_VECTORS"));
	cases = json_load_file(VECTORS, 0, &error);
	if (!cases)
		fail_msg("%s: %s", VECTORS, error.text);
	assert_true(json_array_size(cases) >= 13);
	arena_init(&arena, (size_t)64 << 20);
	json_array_foreach(cases, i, c) check_case(c, &arena);
	arena_release(&arena);
	json_decref(cases);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_vectors)};
	return cmocka_run_group_tests_name("verify", tests, NULL, NULL);
}
