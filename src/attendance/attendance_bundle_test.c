/*
 * Bundles: one spelling, everything true told, every change of a byte noticed, and parts of two
 * true bundles never taken for a third.
 */
#include "attendance/attendance_test_bundle.h"

#include "base/str.h"

#define COUNT_OF(a) ((int)(sizeof(a) / sizeof((a)[0])))

static struct world w;

static int open_world(void **state)
{
	(void)state;
	world_open(&w);
	return 0;
}

static int close_world(void **state)
{
	(void)state;
	world_close(&w);
	return 0;
}

static struct bytes write_bundle(const struct bundle *b)
{
	struct buf out;
	buf_init(&out, &w.arena, 8192);
	attendance_write_bundle(b, "Bukti presensi", &out);
	return (struct bytes){(const uint8_t *)out.p, out.n};
}

static struct bundle read_bundle(struct bytes text)
{
	struct bundle b;
	int line;
	if (!attendance_read_bundle(text, &w.arena, &b, &line))
		fail_msg("line %d is not understood", line);
	return b;
}

/* Codes of what was found, one after the other. */
static const char *check(const struct bundle *b, const struct bundle_trust *trust)
{
	static const struct bundle_trust nothing;
	struct bundle_findings f;
	struct buf out;
	attendance_check_bundle(b, trust ? trust : &nothing, &f);
	buf_init(&out, &w.arena, 256);
	for (int i = 0; i < f.count; i++)
		buf_printf(&out, "%s%s", i ? " " : "", finding_codes[f.found[i].what]);
	return out.n ? out.p : "";
}

static bool has_fault(const struct bundle *b)
{
	static const struct bundle_trust nothing;
	struct bundle_findings f;
	attendance_check_bundle(b, &nothing, &f);
	return f.has_fault;
}

/* ---- text ---- */

static void test_one_spelling(void **state)
{
	struct bytes text = write_bundle(&w.bundle);
	struct bundle again;
	(void)state;
	again = read_bundle(text);
	struct bytes second = write_bundle(&again);
	assert_int_equal(second.n, text.n);
	assert_memory_equal(second.p, text.p, text.n);
	assert_string_equal(again.person_name, "Asep Sunandar, S.Sos.");
	world_countersign(&w);
	text = write_bundle(&w.bundle);
	again = read_bundle(text);
	second = write_bundle(&again);
	assert_int_equal(second.n, text.n);
	assert_memory_equal(second.p, text.p, text.n);
}

static void test_what_may_be_missing(void **state)
{
	struct bundle b = w.bundle;
	(void)state;
	b.government_name = b.person_name = "";
	b.token_signature.n = 0;
	b.enrolment.payload.n = 0;
	b.witnesses = 0;
	assert_true(read_bundle(write_bundle(&b)).has_proof);
	b.has_proof = false;
	b.log_key = "";
	struct bundle again = read_bundle(write_bundle(&b));
	assert_false(again.has_proof);
	assert_int_equal(again.token_signature.n, 0);
}

/* Cut anywhere, or with any line left out or twice, it is another bundle or none. */
static void test_cut_and_doubled(void **state)
{
	struct bytes text = write_bundle(&w.bundle);
	struct bundle b;
	int line, taken = 0;
	(void)state;
	for (size_t n = 0; n < text.n; n++)
		if (attendance_read_bundle((struct bytes){text.p, n}, &w.arena, &b, &line) &&
			!has_fault(&b) && b.has_proof && b.witnesses == 2 &&
			b.note.n == w.bundle.note.n)
			fail_msg("cut at %zu it is still whole", n);
	for (size_t from = 0; from < text.n;) {
		size_t to = from;
		struct buf twice;
		while (text.p[to++] != '\n')
			;
		buf_init(&twice, &w.arena, text.n * 2);
		buf_add(&twice, text.p, to);
		buf_add(&twice, text.p + from, text.n - from);
		if (attendance_read_bundle((struct bytes){(const uint8_t *)twice.p, twice.n},
			    &w.arena, &b, &line) &&
			!has_fault(&b))
			taken++;
		from = to;
	}
	/* the remark, the two keys of witnesses and their two lines under the head */
	assert_int_equal(taken, 1 + 2 + 3);
}

static void test_malformed_bundles(void **state)
{
	static const struct {
		const char *from, *to;
	} cases[] = {
		{"LUWES-BUNDLE 1", "LUWES-BUNDLE 2"},
		{"LUWES-BUNDLE 1", "luwes-bundle 1"},
		{"government 7", "government 07"},
		{"government 7", "government -7"},
		{"government 7", "government x7"},
		{"zone WIB", "zone WIX"},
		{"zone WIB\n", ""},
		{"event ", "event  "},
		{"event ", "events "},
		{"signature ", "signature A"},
		{"device-key ", "device-key AAAA"},
		{"leaf 1 ", "leaf 0 "},
		{"leaf 1 ", "leaf 256 "},
		{"leaf 1 ", "leaf 1 1 "},
		{"enrolment-index 3", "enrolment-index"},
		{"enrolment-index 3", "enrolment-index 03"},
		{"log-key luwes", "other-key luwes"},
		{"\n\nc2sp", "\nc2sp"},
		{"\n\nc2sp.org/tlog-proof@v1", "\n\nc2sp.org/tlog-proof@v2"},
		{"index 41", "index 041"},
	};
	struct bytes text = write_bundle(&w.bundle);
	struct bundle b;
	int line;
	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const char *at = strstr((const char *)text.p, cases[i].from);
		struct buf changed;
		buf_init(&changed, &w.arena, text.n + 64);
		assert_non_null(at);
		buf_add(&changed, text.p, (size_t)(at - (const char *)text.p));
		buf_str(&changed, cases[i].to);
		buf_str(&changed, at + strlen(cases[i].from));
		if (attendance_read_bundle((struct bytes){(const uint8_t *)changed.p, changed.n},
			    &w.arena, &b, &line))
			fail_msg("taken: %s", cases[i].to);
	}
}

/* ---- what is told ---- */

#define LIMITS    "clock place hand name later"
#define SERVER    "event token receipt online_key interval"
#define WITNESSED "leaf head log_key witness_key witness_key owner"

static void test_a_whole_bundle(void **state)
{
	struct bundle b = read_bundle(write_bundle(&w.bundle));
	static const struct bundle_trust nothing;
	struct bundle_findings f;
	(void)state;
	assert_string_equal(check(&b, NULL), SERVER " " WITNESSED " " LIMITS);
	attendance_check_bundle(&b, &nothing, &f);
	assert_false(f.has_fault);
	assert_string_equal(f.nip, "198504122010011001");
	assert_int_equal(f.event.type, EVENT_TYPE_IN);
	assert_int_equal(f.lower, WORLD_TOKEN_AT);
	assert_int_equal(f.upper, WORLD_RECEIVED);
	assert_int_equal(f.index, WORLD_PUNCH);
	assert_int_equal(f.head.head.size, WORLD_LEAVES);
	assert_string_equal(f.witness[1].name, "dprd.jabar");
	assert_int_equal(f.witness[1].at, (WORLD_WITNESSED + 1) * 1000);
}

static void test_with_keys_from_outside(void **state)
{
	uint8_t online[1][ED25519_KEY_BYTES], other[1][ED25519_KEY_BYTES] = {{9}};
	struct vkey witness[2] = {w.witness[0].public, w.witness[1].public};
	struct bundle_trust trust = {&w.log.public, online, 1, witness, 2, 2};
	(void)state;
	memcpy(online[0], w.bundle.online_key.p, sizeof online[0]);
	assert_string_equal(check(&w.bundle, &trust),
		"event token receipt interval leaf head witness witness owner " LIMITS);
	trust.online_key = other;
	assert_string_equal(check(&w.bundle, &trust),
		"event token_bad receipt_signature leaf head witness witness owner " LIMITS);
	trust.online_key = online;
	trust.log_key = &w.witness[0].public;
	assert_string_equal(check(&w.bundle, &trust),
		"event token receipt interval head_bad owner_proof policy " LIMITS);
	struct skey stranger;
	uint8_t seed[ED25519_SEED_BYTES] = {77};
	assert_true(trust_make_skey("luwes.jabar", KEY_LOG, seed, &stranger));
	trust.log_key = &stranger.public;
	assert_string_equal(check(&w.bundle, &trust),
		"event token receipt interval head_bad owner_proof policy " LIMITS);
}

static void test_policy(void **state)
{
	struct vkey witness[2] = {w.witness[0].public, w.witness[1].public};
	struct bundle_trust trust = {.log_key = &w.log.public, .witness = witness, .witnesses = 2};
	struct bundle_findings f;
	(void)state;
	world_sign_log(&w, 1);
	trust.policy = 1;
	attendance_check_bundle(&w.bundle, &trust, &f);
	assert_false(f.has_fault);
	assert_int_equal(f.signed_witnesses, 1);
	trust.policy = 2;
	attendance_check_bundle(&w.bundle, &trust, &f);
	assert_true(f.has_fault);
	assert_int_equal(f.found[f.count - 6].what, FAULT_POLICY);
	world_sign_log(&w, 0);
	trust.policy = 0;
	assert_non_null(strstr(check(&w.bundle, &trust), "no_witness"));
}

static void test_less_is_said_of_less(void **state)
{
	struct bundle b = w.bundle;
	(void)state;
	b.has_proof = false;
	assert_string_equal(check(&b, NULL), SERVER " no_proof owner_not_in_log " LIMITS);
	b.enrolment.payload.n = 0;
	b.person_name = "";
	assert_string_equal(check(&b, NULL), SERVER " no_proof no_owner clock place hand later");
	b.token_signature.n = 0;
	assert_string_equal(check(&b, NULL),
		"event no_token receipt online_key no_proof no_owner clock place hand later");
}

static void test_a_kiosk(void **state)
{
	(void)state;
	world_countersign(&w);
	assert_string_equal(
		check(&w.bundle, NULL), SERVER " kiosk kiosk_key " WITNESSED " " LIMITS);
	w.countersign.subject.b[0] ^= 1; /* of another event */
	uint8_t message[11 + COUNTERSIGN_BYTES] = "luwes/kc/1\n", signature[64];
	attendance_write_countersign(&w.countersign, message + 11);
	test_sign(&w.kiosk, message, sizeof message, signature);
	w.bundle.countersign = world_keep(&w, message + 11, COUNTERSIGN_BYTES);
	w.bundle.countersign_signature = world_keep(&w, signature, sizeof signature);
	assert_non_null(strstr(check(&w.bundle, NULL), "kiosk_bad"));
}

static void test_proofs_only_others_can_check(void **state)
{
	uint8_t proof[200] = {1};
	(void)state;
	w.event.proof_type = PROOF_DISPLAY;
	w.event.proof = (struct bytes){proof, 26};
	world_sign_event(&w);
	world_receive(&w);
	world_sign_log(&w, 2);
	assert_non_null(strstr(check(&w.bundle, NULL), "owner display clock"));
	assert_false(has_fault(&w.bundle));
	w.event.proof_type = PROOF_WITNESS;
	w.event.proof.n = 88;
	w.event.point = (struct geo_point){NO_COORDINATE, NO_COORDINATE};
	w.event.accuracy_cm = 0;
	w.event.position_at = 0;
	world_sign_event(&w);
	world_receive(&w);
	world_sign_log(&w, 2);
	assert_non_null(strstr(check(&w.bundle, NULL), "owner colleague clock hand"));
}

static void test_a_token_of_the_key_before(void **state)
{
	uint8_t former[ED25519_SEED_BYTES] = {0x11}, now[ED25519_SEED_BYTES],
		key[ED25519_KEY_BYTES];
	(void)state;
	memcpy(now, w.online_seed, sizeof now);
	memcpy(w.online_seed, former, sizeof former);
	world_add_token(&w);
	memcpy(w.online_seed, now, sizeof now);
	world_sign_event(&w);
	world_receive(&w);
	world_sign_log(&w, 2);
	assert_non_null(strstr(check(&w.bundle, NULL), "token_bad"));
	ed25519_public(former, key);
	w.bundle.token_key = world_keep(&w, key, sizeof key);
	assert_string_equal(check(&w.bundle, NULL), SERVER " " WITNESSED " " LIMITS);
	struct bundle again = read_bundle(write_bundle(&w.bundle));
	assert_string_equal(check(&again, NULL), SERVER " " WITNESSED " " LIMITS);
}

/* ---- what is wrong ---- */

static void test_events_of_others_do_not_fit(void **state)
{
	struct bundle first = w.bundle;
	struct bundle b = first;
	(void)state;
	w.event.seq++;
	world_sign_event(&w); /* the next event of the same phone, with the receipt of this one */
	assert_string_equal(check(&w.bundle, NULL),
		"event token receipt_other online_key " WITNESSED " " LIMITS);
	b.signature = w.bundle.signature;
	assert_non_null(strstr(check(&b, NULL), "event_signature"));
	b = first;
	b.government++;
	assert_string_equal(check(&b, NULL),
		"event token_bad receipt_other online_key leaf head log_key witness_key "
		"witness_key owner_other " LIMITS);
}

static void test_time_runs_forward(void **state)
{
	(void)state;
	struct bundle_findings f;
	static const struct bundle_trust nothing;
	w.bundle.token_at = WORLD_RECEIVED + 1;
	uint8_t message[64], *at = world_put(message, "luwes/tok/1\n", 12);
	at = world_number(at, WORLD_GOVERNMENT, 8);
	at = world_put(at, w.event.device, DEVICE_ID_BYTES);
	at = world_number(at, w.bundle.token_at, 8);
	world_sign_online(&w, message, (size_t)(at - message), &w.bundle.token_signature);
	struct hash id = hash_of(w.bundle.token_signature.p, 64);
	memcpy(w.event.token, id.b, TOKEN_ID_BYTES);
	w.event.token_issued_at = w.bundle.token_at;
	world_sign_event(&w);
	world_receive(&w);
	world_sign_log(&w, 2);
	attendance_check_bundle(&w.bundle, &nothing, &f);
	assert_true(f.has_fault);
	assert_non_null(strstr(check(&w.bundle, NULL), "order"));
}

/* A bit of every byte that proves something: flipped, it no longer does. */
static void flip_all(const char *what, struct bytes *field)
{
	struct bytes kept = *field;
	for (size_t i = 0; i < kept.n; i++) {
		uint8_t *copy = arena_alloc(&w.arena, kept.n);
		memcpy(copy, kept.p, kept.n);
		copy[i] ^= (uint8_t)(1 << i * 5 % 8);
		*field = (struct bytes){copy, kept.n};
		if (!has_fault(&w.bundle))
			fail_msg("%s: byte %zu", what, i);
	}
	*field = kept;
}

static void test_every_byte_counts(void **state)
{
	(void)state;
	struct bundle *b = &w.bundle;
	world_countersign(&w);
	b->note.n = strstr((const char *)b->note.p, "— inspektorat") - (const char *)b->note.p;
	b->witnesses = 0;
	flip_all("event", &b->event);
	flip_all("signature", &b->signature);
	flip_all("device key", &b->device_key);
	flip_all("token", &b->token_signature);
	flip_all("receipt", &b->receipt);
	flip_all("receipt's signature", &b->receipt_signature);
	flip_all("online key", &b->online_key);
	flip_all("salt", &b->leaf.salt);
	flip_all("payload", &b->leaf.payload);
	flip_all("enrolment's salt", &b->enrolment.salt);
	flip_all("enrolment", &b->enrolment.payload);
	flip_all("countersignature", &b->countersign);
	flip_all("kiosk's signature", &b->countersign_signature);
	flip_all("kiosk's key", &b->kiosk_key);
	flip_all("note", &b->note);
	for (int i = 0; i < b->proof.count; i++) {
		b->proof.hash[i].b[i] ^= 1;
		assert_true(has_fault(b));
		b->proof.hash[i].b[i] ^= 1;
	}
	for (int i = 0; i < b->enrolment_proof.count; i++) {
		b->enrolment_proof.hash[i].b[i] ^= 1;
		assert_true(has_fault(b));
		b->enrolment_proof.hash[i].b[i] ^= 1;
	}
	assert_false(has_fault(b));
	b->index++;
	assert_true(has_fault(b));
	b->index--;
	b->enrolment_index++;
	assert_true(has_fault(b));
	b->enrolment_index--;
	b->leaf.kind++;
	assert_true(has_fault(b));
	b->leaf.kind--;
	b->enrolment.at++;
	assert_true(has_fault(b));
	b->enrolment.at--;
	b->token_at++;
	assert_true(has_fault(b));
}

static void test_an_unreadable_event(void **state)
{
	(void)state;
	w.bundle.event.n--;
	assert_string_equal(check(&w.bundle, NULL), "event_unreadable");
}

int main(void)
{
#define WORLD_TEST(f) cmocka_unit_test_setup_teardown(f, open_world, close_world)
	const struct CMUnitTest tests[] = {
		WORLD_TEST(test_one_spelling),
		WORLD_TEST(test_what_may_be_missing),
		WORLD_TEST(test_cut_and_doubled),
		WORLD_TEST(test_malformed_bundles),
		WORLD_TEST(test_a_whole_bundle),
		WORLD_TEST(test_with_keys_from_outside),
		WORLD_TEST(test_policy),
		WORLD_TEST(test_less_is_said_of_less),
		WORLD_TEST(test_a_kiosk),
		WORLD_TEST(test_proofs_only_others_can_check),
		WORLD_TEST(test_a_token_of_the_key_before),
		WORLD_TEST(test_events_of_others_do_not_fit),
		WORLD_TEST(test_time_runs_forward),
		WORLD_TEST(test_every_byte_counts),
		WORLD_TEST(test_an_unreadable_event),
	};
	return cmocka_run_group_tests_name("bundles", tests, NULL, NULL);
}
