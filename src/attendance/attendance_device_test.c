/*
 * Phones through the store, on both engines: one active phone per employee, keys of two employees
 * on one phone, the passkey and its challenge, and that every step is a leaf that can be found.
 *
 * Security 1.3: enrolment is the choke point. UU 27/2022 art. 16: what is kept says since when and
 * by whom.
 */
#include "attendance/attendance_device.h"

#include "attendance/attendance_confirmation.h"
#include "attendance/attendance_test_key.h"
#include "attendance/attendance_test_time.h"
#include "org/org_rows.h"
#include "platform/test_store.h"
#include "roster/roster.h"
#include "trust/trust.h"

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_limits_slice, &attendance_devices_slice,
	&attendance_evidence_slice, &attendance_parameters_slice, &attendance_confirmations_slice,
	&trust_slice};

static void must(enum err e)
{
	assert_int_equal(e, OK);
}

struct office {
	struct test_store s;
	struct unit_id unit;
	struct employee_id dewi, agus, officer;
	const char *path;
};

static struct employee_id add_person(struct office *o, const char *nip, const char *name)
{
	const struct employee_row row = {.nip = nip,
		.name = name,
		.title_before = "",
		.title_after = "",
		.kind = PNS,
		.has_phone = true};
	struct employee_id id;

	must(org_add_employee(&o->s.tx, &row, day_of("2025-01-06"), DAY_FOREVER, &id));
	must(org_place(&o->s.tx, id, o->unit, "Pelaksana", PELAKSANA, "SK", day_of("2025-01-06")));
	return id;
}

static void open_office(struct office *o)
{
	const struct org_unit agency = {.code = "BKD",
		.name = "Badan Kepegawaian Daerah",
		.kind = UNIT_AGENCY,
		.valid_to = DAY_FOREVER};
	const struct org_tree *tree;

	*o = (struct office){0};
	test_store_open(&o->s, slices, COUNT_OF(slices), at("11-13 07:20"));
	must(org_add_unit(&o->s.tx, &agency, &o->unit));
	o->dewi = add_person(o, "198504122010012001", "Dewi Rahmawati");
	o->agus = add_person(o, "198504122010011002", "Agus Salim");
	o->officer = add_person(o, "198504122010011003", "Ika Juariah");
	must(org_touch_generation(&o->s.tx));
	test_store_project(&o->s);
	must(org_load_tree(&o->s.tx, &tree));
	o->path = org_find_unit(tree, o->unit)->path;
}

static int64_t leaves(struct office *o)
{
	struct hash root;
	int64_t size;

	test_store_project(&o->s);
	must(trust_load_root(&o->s.tx, &size, &root));
	return size;
}

/* A code shown now by the officer, and the phone that enrols with it. */
static struct device enrol(struct office *o, struct employee_id who, uint8_t install)
{
	struct test_key key = make_test_key();
	struct device_code c = {.id = id_next(),
		.employee = who,
		.issued_by = o->officer,
		.issued_at = o->s.tx.now_ms,
		.expires_at = o->s.tx.now_ms + 600000,
		.reason = "",
		.shown_at = o->s.tx.now_ms};
	struct device d = {.employee = who, .label = "Chrome", .is_installed = true};

	memcpy(c.hash.b, key.public, sizeof c.hash.b); /* any 32 bytes of its own */
	memcpy(d.public_key, key.public, sizeof d.public_key);
	memset(d.install_id, install, sizeof d.install_id);
	must(attendance_add_device_code(&o->s.tx, &c));
	must(attendance_enrol_device(&o->s.tx, day_of("2025-11-13"), &c, &d));
	EVP_PKEY_free(key.pair);
	return d;
}

static struct device load(struct office *o, const struct device *d)
{
	struct device loaded;

	must(attendance_load_device(&o->s.tx, d->id, &loaded));
	return loaded;
}

static void test_one_active_phone(void **state)
{
	struct office o;
	struct device first, second, active, list[DEVICES_MAX];
	struct enrolment enrolment;
	struct leaf_place place;
	int64_t before;
	int count;

	(void)state;
	open_office(&o);
	before = leaves(&o);
	first = enrol(&o, o.dewi, 1);
	assert_int_equal(leaves(&o), before + 1);
	assert_int_equal(first.enrolled_by.v, o.officer.v);
	assert_int_equal(first.unit.v, o.unit.v);
	must(attendance_load_enrolment(&o.s.tx, first.id, &enrolment));
	assert_string_equal(enrolment.nip, "198504122010012001");
	assert_int_equal(enrolment.leaf_index, before);
	must(trust_load_leaf(&o.s.tx, enrolment.leaf_index, &place));

	o.s.tx.now_ms += 1000;
	second = enrol(&o, o.dewi, 2);
	assert_int_equal(leaves(&o), before + 3); /* the former's end, the new one */
	must(attendance_load_active_device(&o.s.tx, o.dewi, &active));
	assert_memory_equal(active.id, second.id, DEVICE_ID_BYTES);
	first = load(&o, &first);
	assert_int_equal(first.state, DEVICE_REPLACED);
	assert_int_equal(first.ended_at, o.s.tx.now_ms);
	must(attendance_list_devices(&o.s.tx, o.dewi, list, DEVICES_MAX, &count));
	assert_int_equal(count, 2);
	assert_memory_equal(list[0].id, second.id, DEVICE_ID_BYTES);
	assert_int_equal(attendance_end_device(&o.s.tx, &first), E_CONFLICT);
	assert_int_equal(attendance_load_active_device(&o.s.tx, o.agus, &active), E_NOT_FOUND);
	test_store_close(&o.s);
}

/* The leaf of an enrolment commits to what can be written again from the row. */
static void test_the_leaf_is_rebuilt_from_the_row(void **state)
{
	struct office o;
	struct device d;
	struct enrolment enrolment;
	struct leaf_place place;
	struct device_step step = {.kind = DEVICE_STEP_ENROLLED};
	uint8_t payload[DEVICE_STEP_MAX];
	struct hash commitment;
	size_t n;

	(void)state;
	open_office(&o);
	d = enrol(&o, o.dewi, 1);
	test_store_project(&o.s);
	d = load(&o, &d);
	must(attendance_load_enrolment(&o.s.tx, d.id, &enrolment));
	must(trust_load_leaf(&o.s.tx, enrolment.leaf_index, &place));
	step.employee = step.by = d.employee;
	memcpy(step.device, d.id, sizeof step.device);
	step.at = d.enrolled_at;
	step.key = hash_of(d.public_key, sizeof d.public_key);
	step.shown_by = d.enrolled_by;
	step.nip = enrolment.nip;
	n = attendance_write_device_step(o.s.tx.government, &step, payload);
	commitment = hash_sha256((struct bytes[]){{(const uint8_t *)"luwes/leaf/1", 12},
					 {place.salt, 16}, {payload, n}},
		3);
	assert_memory_equal(trust_leaf_hash(LEAF_DEVICE, d.enrolled_at, commitment).b, place.hash.b,
		sizeof place.hash.b);
	test_store_close(&o.s);
}

static void test_shared_phone(void **state)
{
	struct office o;
	struct device dewi, agus;
	int64_t before;

	(void)state;
	open_office(&o);
	dewi = enrol(&o, o.dewi, 7);
	assert_false(dewi.is_shared);
	before = leaves(&o);
	agus = enrol(&o, o.agus, 7);
	assert_true(agus.is_shared);
	assert_true(load(&o, &dewi).is_shared);
	assert_int_equal(leaves(&o), before + 3); /* enrolled, and each of the two marked */
	dewi = load(&o, &dewi);
	must(attendance_finish_device(&o.s.tx, &dewi, DEVICE_LOST, o.dewi, "hilang"));
	assert_false(load(&o, &agus).is_shared);
	assert_true(load(&o, &dewi).is_shared); /* as it was when it ended */
	/* his own second key on the same phone shares it with nobody */
	agus = enrol(&o, o.agus, 7);
	assert_false(agus.is_shared);
	test_store_close(&o.s);
}

static void test_passkey(void **state)
{
	static const uint8_t id[] = {1, 2, 3};
	struct office o;
	struct device d;
	struct registration made = {
		.credential_id = {id, sizeof id}, .sign_count = 4, .is_backed_up = true};
	uint8_t challenge[CHALLENGE_BYTES] = {9};
	struct bytes waits;
	int64_t until, before;
	bool is_known;

	(void)state;
	open_office(&o);
	d = enrol(&o, o.dewi, 1);
	made.key[0] = 5;
	before = leaves(&o);
	must(attendance_set_challenge(&o.s.tx, d.id, challenge, 77));
	must(attendance_load_challenge(&o.s.tx, d.id, &waits, &until));
	assert_int_equal(until, 77);
	assert_memory_equal(waits.p, challenge, sizeof challenge);
	must(attendance_load_is_credential(&o.s.tx, made.credential_id, &is_known));
	assert_false(is_known);
	must(attendance_change_passkey(&o.s.tx, &d, &made, o.dewi));
	must(attendance_load_challenge(&o.s.tx, d.id, &waits, &until));
	assert_int_equal(waits.n, 0); /* used up */
	d = load(&o, &d);
	assert_int_equal(d.credential_id.n, sizeof id);
	assert_memory_equal(d.credential_key.p, made.key, ES256_KEY_BYTES);
	assert_int_equal(d.sign_count, 4);
	assert_true(d.is_backed_up);
	must(attendance_set_sign_count(&o.s.tx, d.id, 9));
	assert_int_equal(load(&o, &d).sign_count, 9);
	must(attendance_load_is_credential(&o.s.tx, made.credential_id, &is_known));
	assert_true(is_known);
	must(attendance_finish_device(&o.s.tx, &d, DEVICE_REVOKED, o.officer, "dicabut"));
	must(attendance_load_is_credential(&o.s.tx, made.credential_id, &is_known));
	assert_true(is_known); /* nobody takes it over */
	must(attendance_change_passkey(&o.s.tx, &d, NULL, o.dewi));
	assert_int_equal(load(&o, &d).credential_id.n, 0);
	assert_int_equal(leaves(&o), before + 3);
	test_store_close(&o.s);
}

static void test_counts_and_people(void **state)
{
	struct office o;
	struct device_count count;
	struct device_person people[3];
	int n;

	(void)state;
	open_office(&o);
	enrol(&o, o.dewi, 1);
	enrol(&o, o.dewi, 2);
	must(attendance_count_devices(&o.s.tx, o.path, day_of("2025-11-13"), &count));
	assert_int_equal(count.people, 3);
	assert_int_equal(count.enrolled, 1);
	assert_int_equal(count.shared + count.passkeys, 0);
	must(attendance_list_device_people(&o.s.tx, o.path, day_of("2025-11-13"),
		DEVICE_PEOPLE_MISSING, (struct employee_id){0}, people, 3, &n));
	assert_int_equal(n, 2);
	assert_int_equal(people[0].employee.v, o.agus.v);
	must(attendance_list_device_people(&o.s.tx, o.path, day_of("2025-11-13"),
		DEVICE_PEOPLE_ENROLLED, (struct employee_id){0}, people, 3, &n));
	assert_int_equal(n, 1);
	assert_string_equal(people[0].full_name, "Dewi Rahmawati");
	must(attendance_count_devices(&o.s.tx, o.path, day_of("2024-12-31"), &count));
	assert_int_equal(count.people, 0); /* nobody was in service yet */
	test_store_close(&o.s);
}

static void test_codes(void **state)
{
	struct office o;
	struct device_code c = {.id = 5, .hash = {{1}}, .needs_second = true, .reason = "rusak"},
			   loaded, list[2];
	int32_t issued;
	int n;

	(void)state;
	open_office(&o);
	c.employee = o.dewi;
	c.issued_by = o.officer;
	c.issued_at = o.s.tx.now_ms;
	c.expires_at = o.s.tx.now_ms + 1000;
	must(attendance_add_device_code(&o.s.tx, &c));
	must(attendance_load_device_code_by_hash(&o.s.tx, &c.hash, &loaded));
	assert_int_equal(loaded.id, 5);
	assert_int_equal(attendance_device_code_state(&loaded, o.s.tx.now_ms), DEVICE_CODE_WAITS);
	must(attendance_list_waiting_codes(&o.s.tx, o.path, day_of("2025-11-13"), list, 2, &n));
	assert_int_equal(n, 1);
	assert_string_equal(list[0].full_name, "Dewi Rahmawati");
	assert_string_equal(list[0].issuer_name, "Ika Juariah");
	must(attendance_count_codes(&o.s.tx, o.dewi, o.s.tx.now_ms - 1, &issued));
	assert_int_equal(issued, 1);
	must(attendance_count_codes(&o.s.tx, o.dewi, o.s.tx.now_ms, &issued));
	assert_int_equal(issued, 0);
	must(attendance_end_codes(&o.s.tx, o.dewi));
	must(attendance_load_latest_code(&o.s.tx, o.dewi, &loaded));
	assert_int_equal(attendance_device_code_state(&loaded, o.s.tx.now_ms), DEVICE_CODE_EXPIRED);
	must(attendance_list_waiting_codes(&o.s.tx, o.path, day_of("2025-11-13"), list, 2, &n));
	assert_int_equal(n, 0);
	assert_int_equal(attendance_load_latest_code(&o.s.tx, o.agus, &loaded), E_NOT_FOUND);
	test_store_close(&o.s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_active_phone),
		cmocka_unit_test(test_the_leaf_is_rebuilt_from_the_row),
		cmocka_unit_test(test_shared_phone),
		cmocka_unit_test(test_passkey),
		cmocka_unit_test(test_counts_and_people),
		cmocka_unit_test(test_codes),
	};
	return TEST_STORE_RUN(tests);
}
