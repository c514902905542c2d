/*
 * Phones of a demo: enrolled by an officer's code as people are, with keys that follow from the
 * store's key file, so that `luwes replay` and the benchmark can sign for them. Some agencies have
 * begun; visitors have none, so that they enrol what they hold in their hands.
 */
#include "demo.h"

#include "attendance/attendance_device.h"
#include "attendance/attendance_record.h"
#include "base/str.h"
#include "phone.h"
#include "platform/clock.h"
#include "verbs.h"

#include <limits.h>
#include <sodium.h>

#define ENROLLED_BEFORE_MS (20 * MS_PER_DAY) /* no phone of a demo is on probation */

static enum err make_device(
	struct tx *tx, const struct phone *phone, struct device *ret, const char **ret_nip)
{
	struct employee_row person = {0};
	enum err e = org_load_employee(
		tx, phone->employee, instant_day(tx->now_ms, ZONE_WIB), &person);

	*ret = (struct device){.employee = phone->employee,
		.label = "Chrome di Android",
		.is_installed = true,
		.state = DEVICE_ACTIVE,
		.enrolled_at = tx->now_ms - ENROLLED_BEFORE_MS,
		.unit = person.unit,
		.end_reason = ""};
	memcpy(ret->id, phone->device, sizeof ret->id);
	memcpy(ret->public_key, phone->public_key, sizeof ret->public_key);
	memcpy(ret->install_id, phone->public_key, sizeof ret->install_id);
	*ret_nip = person.nip;
	return e;
}

static enum err add_device(struct tx *tx, const struct phone *phone)
{
	struct device device;
	const char *nip;
	enum err e = make_device(tx, phone, &device, &nip);

	return e ? e : attendance_write_enrolled(tx, &device, nip);
}

/* Where the store left the phone's chain. */
static enum err load_head(struct tx *tx, struct phone *phone)
{
	struct evidence_row last;
	enum err e = attendance_load_former(tx, phone->device, INT64_MAX, &last);

	if (e)
		return e == E_NOT_FOUND ? OK : e;
	phone->seq = last.seq;
	phone->head = last.hash;
	return OK;
}

enum err demo_enrol(struct tx *tx, struct employee_id employee, struct phone *ret)
{
	uint8_t secret[PHONE_SECRET_BYTES];
	struct device known;
	enum err e;

	phone_secret(employee, secret);
	phone_open(ret, employee, secret);
	e = attendance_load_device(tx, ret->device, &known);
	if (e == E_NOT_FOUND)
		return add_device(tx, ret);
	return e ? e : load_head(tx, ret);
}

/* ---- who has one when the demo begins ---- */

#define BOARD "BKD"

/* Enrolment goes agency by agency; the others come later. */
static const struct rollout {
	const char *code;
	int percent;
} rollout[] = {{BOARD, 100}, {"DISKOMINFO", 80}, {"ITDA", 60}, {"DBMPR", 50}};
static const char *const label[] = {"Chrome di Android", "Chrome di Android",
	"Samsung Internet di Android", "Safari di iPhone"};

static int percent_of(const struct demo_plan *plan, int agency)
{
	for (int i = 0; i < COUNT_OF(rollout); i++)
		if (str_eq(plan->unit[agency].code, rollout[i].code))
			return rollout[i].percent;
	return 0;
}

/* Visitors enrol their own phones; the officer who shows the codes has his turn elsewhere. */
static bool has_enrolled(const struct demo_plan *plan, int i, int officer)
{
	const struct demo_person *p = &plan->person[i];

	return p->has_phone && !p->is_played && i != officer &&
	       (i * 37 + 11) % 100 < percent_of(plan, demo_agency_of(plan, p->unit));
}

static enum err ask_second(struct tx *tx, const struct device *d, struct employee_id by)
{
	struct device_code c = {.id = id_next(),
		.employee = d->employee,
		.issued_by = by,
		.issued_at = tx->now_ms,
		.expires_at = tx->now_ms + 2 * MS_PER_DAY,
		.reason = "Layar ponsel pecah, diganti ponsel lain.",
		.needs_second = true};
	enum err e;

	randombytes_buf(c.hash.b, sizeof c.hash.b);
	if ((e = attendance_add_device_code(tx, &c)))
		return e;
	attendance_log_code(tx, &c, DEVICE_STEP_ASKED, c.issued_by);
	return OK;
}

/* Of the board's own people the first two share a phone, one changes his again, one lost his this
 * morning. */
static enum err tell_story(struct tx *tx, const struct demo_plan *plan, int nth, struct device *d)
{
	int head = plan->unit[demo_find_unit(plan, BOARD)].head;

	if (nth == 3)
		return attendance_finish_device(
			tx, d, DEVICE_LOST, d->employee, "Tertinggal di angkutan umum pagi ini.");
	return nth == 2 ? ask_second(tx, d, plan->person[head].id) : OK;
}

static enum err enrol_person(
	struct tx *tx, const struct demo_plan *plan, int i, int officer, int nth)
{
	const struct demo_person *p = &plan->person[i];
	uint8_t secret[PHONE_SECRET_BYTES];
	struct device device;
	struct phone phone;
	const char *nip;
	enum err e;

	phone_secret(p->id, secret);
	phone_open(&phone, p->id, secret);
	e = make_device(tx, &phone, &device, &nip);
	phone_close(&phone);
	if (e)
		return e;
	device.label = label[nth < 2 ? 0 : i % COUNT_OF(label)];
	device.enrolled_by = plan->person[officer].id;
	device.enrolled_at -= i % 15 * MS_PER_DAY;
	device.is_shared = nth < 2;
	if (device.is_shared)
		memset(device.install_id, 0x5a, sizeof device.install_id);
	e = attendance_write_enrolled(tx, &device, nip);
	return e || nth > 3 ? e : tell_story(tx, plan, nth, &device);
}

static enum err enrol_agency(struct tx *tx, const struct demo_plan *plan, int agency)
{
	int officer = demo_find_officer(plan, agency);
	bool is_board = str_eq(plan->unit[agency].code, BOARD);
	int nth = is_board ? 0 : INT_MAX / 2;
	enum err e = OK;

	for (int i = 0; i < plan->persons && officer != NOBODY && !e; i++)
		if (demo_agency_of(plan, plan->person[i].unit) == agency &&
			has_enrolled(plan, i, officer))
			e = enrol_person(tx, plan, i, officer, nth++);
	return e;
}

static enum err store_phones(struct tx *tx, void *arg)
{
	const struct demo_plan *plan = ((const struct demo_world *)arg)->plan;
	enum err e = OK;

	for (int i = 0; i < plan->units && !e; i++)
		if (plan->unit[i].parent < 0 && percent_of(plan, i))
			e = enrol_agency(tx, plan, i);
	return e;
}

enum err demo_store_phones(struct demo_world *w)
{
	arena_reset(w->tx->arena);
	return verb_write("demo", w->tx, store_phones, w);
}
