/*
 * Notices and letters as the dispatcher runs them: told twice is told once, a day waits, the
 * supervisor of that day decides and nobody himself, health is read by the few, one letter covers
 * many or nobody.
 *
 * Perka BKN 24/2017 jo 7/2021, PP 94/2021, UU 27/2022 art. 4 (health is specific data).
 */
#include "org/org_absence_db.h"
#include "org/org_closed.h"
#include "org/org_test_ask.h"

#include "platform/assets.h"
#include "platform/auth.h"
#include "platform/changes.h"
#include "platform/platform_db.h"

#define NOTICES  "/api/v1/org/notices"
#define ONE      "/api/v1/org/notices/{notice}"
#define ACCEPT   "/api/v1/org/notices/{notice}/accept"
#define REFUSE   "/api/v1/org/notices/{notice}/refuse"
#define WITHDRAW "/api/v1/org/notices/{notice}/withdraw"
#define TEAM     "/api/v1/org/team/notices"
#define LETTERS  "/api/v1/org/letters"
#define END      "/api/v1/org/statuses/{status}/end"
#define SHA      "11111111111111111111111111111111"

static enum err (*without_closing)(struct tx *tx, struct employee_id employee, int32_t from,
	int32_t to, struct org_closed *ret);

static int open_seeded(void **state)
{
	const struct asset *asset = asset_find("data/leave-kinds.csv");
	int added;

	if (!without_closing)
		without_closing = org_find_closed;
	org_find_closed = without_closing;
	open_office(state);
	struct office *o = *state;
	o->s.tx.changes = changes_new(&o->s.arena);
	assert_int_equal(
		org_seed_kinds(&o->s.tx, (struct bytes){asset->bytes, asset->size}, &added), OK);
	return 0;
}

/* A sick day as the phone tells it; `nth` makes the event id. */
static const char *sick(struct office *o, int nth, const char *from, const char *to)
{
	return arena_printf(&o->s.arena,
		"{\"id\":\"019a7ad0-7c00-7000-8000-%012d\",\"kind\":\"sick_leave\",\"from\":\"%s\","
		"\"to\":\"%s\",\"reason\":\"Demam\",\"made_at\":\"2025-11-12T23:00:00.000Z\"}",
		nth, from, to);
}

static const char *permit(struct office *o, int nth, const char *from, const char *hours)
{
	return arena_printf(&o->s.arena,
		"{\"id\":\"019a7ad0-7c00-7000-8000-%012d\",\"kind\":\"permit\",\"from\":\"%s\","
		"\"to\":\"%s\",\"reason\":\"Mengurus akta\",%s\"made_at\":"
		"\"2025-11-12T23:00:00.000Z\"}",
		nth, from, from, hours);
}

static int64_t told(struct office *o, struct employee_id who, const char *json)
{
	struct req rq;

	assert_int_equal(ask(o, who, POST, NOTICES, NO_ARGUMENTS, json, &rq), OK);
	const char *at = strstr(rq.body.p, "\"notice\":\"");
	assert_non_null(at);
	return strtoll(at + strlen("\"notice\":\""), NULL, 10);
}

static bool is_marked(struct office *o, struct employee_id who, int32_t day)
{
	int count;
	const struct change *change = changes_list(o->s.tx.changes, &count);

	for (int i = 0; i < count; i++) {
		if (change[i].kind == CHANGE_DAY && change[i].a == who.v && change[i].day == day)
			return true;
	}
	return false;
}

static void refused_at(const struct req *rq, const char *pointer)
{
	assert_non_null(rq->fault.pointer);
	assert_string_equal(rq->fault.pointer, pointer);
	assert_true(strlen(rq->fault.reason) > 5);
}

static void test_told_twice_is_told_once(void **state)
{
	struct office *o = *state;
	const char *json = sick(o, 1, "2025-11-13", "2025-11-13");
	struct req rq;
	int64_t first = told(o, o->ani, json);

	assert_true(is_marked(o, o->ani, TODAY));
	o->s.tx.now_ms += 40 * MS_PER_DAY; /* weeks later, long after the idempotency row */
	assert_int_equal(told(o, o->ani, json), first);
	assert_int_equal(ask(o, o->ani, GET, "/api/v1/me/notices", NO_ARGUMENTS, "{}", &rq), OK);
	assert_has(&rq, "\"state\":\"waiting\"");
	assert_has(&rq, "\"kind\":\"sick_leave\"");
	assert_has(&rq, "\"document_due\":\"2025-11-18\""); /* three working days */
	assert_has(&rq, "\"is_overdue\":true");
	assert_null(strstr(strstr(rq.body.p, "\"notice\"") + 1, "\"notice\""));
}

static void test_supervisor_decides(void **state)
{
	struct office *o = *state;
	struct org_status_row status[4];
	struct req rq;
	int count;
	int64_t id = told(o, o->ani, sick(o, 1, "2025-11-13", "2025-11-14"));
	const char *text = id_text(o, id);

	/* nobody himself, no stranger, no colleague */
	assert_int_equal(
		ask(o, o->ani, POST, ACCEPT, ARGUMENTS({"notice", text}), "{\"version\":1}", &rq),
		E_NOT_FOUND);
	assert_int_equal(
		ask(o, o->budi, POST, ACCEPT, ARGUMENTS({"notice", text}), "{\"version\":1}", &rq),
		E_NOT_FOUND);
	assert_int_equal(
		ask(o, o->boss, GET, TEAM, ARGUMENTS({"state", "waiting"}), "{}", &rq), OK);
	assert_has(&rq, text);
	assert_has(&rq, "\"may_decide\":true");
	assert_int_equal(
		ask(o, o->boss, POST, ACCEPT, ARGUMENTS({"notice", text}), "{\"version\":7}", &rq),
		E_STALE);
	assert_int_equal(
		ask(o, o->boss, POST, ACCEPT, ARGUMENTS({"notice", text}), "{\"version\":1}", &rq),
		OK);
	assert_int_equal(org_list_statuses(&o->s.tx, o->ani, status, 4, &count), OK);
	assert_int_equal(count, 1);
	assert_int_equal(status[0].kind, STATUS_SICK_LEAVE);
	assert_int_equal(status[0].valid_from, TODAY);
	assert_int_equal(status[0].valid_to, TODAY + 1);
	assert_string_equal(status[0].letter, "Pemberitahuan 13-11-2025");
	assert_int_equal(ask(o, o->boss, POST, REFUSE, ARGUMENTS({"notice", text}),
				 "{\"version\":2,\"reason\":\"Berubah pikiran\"}", &rq),
		E_CONFLICT);
	refused_at(&rq, "/notice");
	assert_int_equal(
		ask(o, o->ani, POST, WITHDRAW, ARGUMENTS({"notice", text}), "{\"version\":2}", &rq),
		E_CONFLICT);
}

/* UU 30/2014 art. 14: the delegate decides in the place of the supervisor, and it is written down.
 */
static void test_delegate_decides(void **state)
{
	struct office *o = *state;
	struct org_notice notice;
	struct req rq;
	int64_t id = told(o, o->ani, sick(o, 1, "2025-11-13", "2025-11-13"));

	add_role(o, o->deputy, ROLE_SUPERVISOR, (struct unit_id){0}, ACTING_DELEGATE, o->boss,
		TODAY, TODAY);
	assert_int_equal(ask(o, o->deputy, GET, TEAM, NO_ARGUMENTS, "{}", &rq), OK);
	assert_has(&rq, id_text(o, id));
	assert_int_equal(ask(o, o->deputy, POST, REFUSE, ARGUMENTS({"notice", id_text(o, id)}),
				 "{\"version\":1,\"reason\":\"Mohon lampirkan surat\"}", &rq),
		OK);
	assert_int_equal(org_load_notice(&o->s.tx, id, &notice), OK);
	assert_int_equal(notice.state, NOTICE_REFUSED);
	assert_int_equal(notice.decided_for.v, o->boss.v);
	assert_int_equal(notice.status_id, 0);
	assert_int_equal(
		ask(o, o->ani, GET, ONE, ARGUMENTS({"notice", id_text(o, id)}), "{}", &rq), OK);
	assert_has(&rq, "\"decision\":\"Mohon lampirkan surat\"");
	assert_has(&rq, "\"kind\":\"refused\"");
}

/* The supervisor decides on days, not on health: kind, reason and document are not his to read. */
static void test_health_is_for_the_few(void **state)
{
	struct office *o = *state;
	struct req rq;
	const char *id = id_text(o, told(o, o->ani, sick(o, 1, "2025-11-13", "2025-11-13")));

	assert_int_equal(ask(o, o->boss, GET, ONE, ARGUMENTS({"notice", id}), "{}", &rq), OK);
	assert_has(&rq, "\"kind\":\"sick_or_permit\",\"masked\":true");
	assert_lacks(&rq, "Demam");
	assert_lacks(&rq, "sick_leave");
	assert_lacks(&rq, "Cuti sakit");
	add_role(o, o->officer, ROLE_AGENCY_OFFICER, o->agency, ACTING_DEFINITIVE,
		(struct employee_id){0}, TODAY, TODAY);
	assert_int_equal(ask(o, o->officer, GET, ONE, ARGUMENTS({"notice", id}), "{}", &rq), OK);
	assert_has(&rq, "\"kind\":\"sick_leave\",\"masked\":false");
	assert_has(&rq, "Demam");
	add_role(o, o->teacher, ROLE_UNIT_OFFICER, o->division, ACTING_DEFINITIVE,
		(struct employee_id){0}, TODAY, TODAY);
	assert_int_equal(ask(o, o->teacher, GET, NOTICES, NO_ARGUMENTS, "{}", &rq), OK);
	assert_has(&rq, "\"kind\":\"sick_or_permit\"");
	assert_int_equal(
		ask(o, o->deputy, GET, ONE, ARGUMENTS({"notice", id}), "{}", &rq), E_NOT_FOUND);
}

static const char *uploaded(struct office *o, struct employee_id who, const char *hex)
{
	struct platform_file file = {
		.size_bytes = 10, .type = "application/pdf", .created_at = NOW, .owner = who};

	assert_true(hex_decode(hex, file.sha256.b, sizeof(file.sha256.b)));
	assert_int_equal(platform_add_file(&o->s.tx, &file), OK);
	return hex;
}

static void test_document_follows(void **state)
{
	struct office *o = *state;
	struct platform_file_owner owner[FILE_OWNERS_MAX];
	struct hash hash;
	struct req rq;
	int owners;
	const char *id = id_text(o, told(o, o->ani, sick(o, 1, "2025-11-13", "2025-11-13")));
	const char *json = "{\"document_sha256\":\"" SHA SHA "\",\"document_name\":\"s.pdf\"}";

	assert_int_equal(
		ask(o, o->ani, POST, ONE "/document", ARGUMENTS({"notice", id}), json, &rq),
		E_BAD_FIELD);
	refused_at(&rq, "/document_sha256");
	uploaded(o, o->ani, SHA SHA);
	assert_int_equal(
		ask(o, o->ani, POST, ONE "/document", ARGUMENTS({"notice", id}), json, &rq), OK);
	assert_true(hex_decode(SHA SHA, hash.b, sizeof(hash.b)));
	assert_int_equal(platform_list_file_owners(&o->s.tx, &hash, owner, &owners), OK);
	assert_int_equal(owners, 1);
	assert_true(owner[0].is_restricted);
	assert_int_equal(ask(o, o->boss, GET, ONE, ARGUMENTS({"notice", id}), "{}", &rq), OK);
	assert_has(&rq, "\"has_document\":true");
	assert_lacks(&rq, SHA);
	assert_int_equal(ask(o, o->ani, GET, ONE, ARGUMENTS({"notice", id}), "{}", &rq), OK);
	assert_has(&rq, SHA);
	assert_has(&rq, "\"version\":2");
}

/* Never a refusal by itself: one line in the thread, once. */
static void test_overdue_is_a_reminder(void **state)
{
	struct office *o = *state;
	struct org_notice_event_line line[4];
	struct org_notice notice;
	int count;
	int64_t id = told(o, o->ani, sick(o, 1, "2025-11-13", "2025-11-13"));

	for (int day = 0; day < 9; day++) {
		assert_int_equal(org_absence_tick(&o->s.tx), OK);
		o->s.tx.now_ms += MS_PER_DAY;
	}
	assert_int_equal(org_list_notice_events(&o->s.tx, id, line, 4, &count), OK);
	assert_int_equal(count, 2);
	assert_int_equal(line[1].kind, EVENT_REMINDED);
	assert_null(line[1].actor_name);
	assert_int_equal(org_load_notice(&o->s.tx, id, &notice), OK);
	assert_int_equal(notice.state, NOTICE_WAITING);
}

static void test_late_goes_to_the_officer(void **state)
{
	struct office *o = *state;
	struct req rq;
	/* 7 November, told on the 13th: more than three working days */
	const char *id = id_text(o, told(o, o->ani, sick(o, 1, "2025-11-07", "2025-11-07")));

	assert_int_equal(ask(o, o->boss, GET, ONE, ARGUMENTS({"notice", id}), "{}", &rq), OK);
	assert_has(&rq, "\"decider\":\"officer\"");
	assert_has(&rq, "\"may_decide\":false");
	assert_int_equal(
		ask(o, o->boss, POST, ACCEPT, ARGUMENTS({"notice", id}), "{\"version\":1}", &rq),
		E_REFUSED);
	refused_at(&rq, "/notice");
	add_role(o, o->officer, ROLE_AGENCY_OFFICER, o->agency, ACTING_DEFINITIVE,
		(struct employee_id){0}, TODAY, TODAY);
	assert_int_equal(
		ask(o, o->officer, GET, NOTICES,
			ARGUMENTS({"state", "waiting"}, {"decider", "officer"}), "{}", &rq),
		OK);
	assert_has(&rq, "\"may_decide\":true");
	assert_int_equal(ask(o, o->officer, POST, ACCEPT, ARGUMENTS({"notice", id}),
				 "{\"version\":1,\"letter\":\"850/7/BKD\"}", &rq),
		OK);
}

/* Days up to and with this one stand in a closed month of this unit, as attendance would say. */
static struct {
	int32_t last;
	struct unit_id unit;
} closed_until;

static enum err closed_up_to(struct tx *tx, struct employee_id employee, int32_t from, int32_t to,
	struct org_closed *ret)
{
	(void)tx;
	(void)employee;
	(void)to;
	*ret = (struct org_closed){.units = 0};
	if (from <= closed_until.last)
		*ret = (struct org_closed){{closed_until.unit}, 1, closed_until.last - from + 1};
	return OK;
}

static void close_days(struct office *o, int32_t last)
{
	org_find_closed = closed_up_to;
	closed_until.last = last;
	closed_until.unit = o->division;
}

static void add_officer(struct office *o, enum role role, struct unit_id unit)
{
	add_role(o, o->officer, role, unit, ACTING_DEFINITIVE, (struct employee_id){0}, TODAY,
		TODAY);
}

/* As with corrections: told about a closed month it is the officer's from the start, and closed
 * since it was told it becomes his; what he accepts is a supplement. */
static void test_closed_month_is_the_officers(void **state)
{
	struct office *o = *state;
	struct req rq;
	const char *accept = "{\"version\":1,\"letter\":\"850/7/BKD\"}";
	const char *before = id_text(o, told(o, o->ani, sick(o, 1, "2025-11-13", "2025-11-13")));

	close_days(o, TODAY);
	assert_int_equal(ask(o, o->boss, POST, ACCEPT, ARGUMENTS({"notice", before}), accept, &rq),
		E_CONFLICT);
	refused_at(&rq, "/notice");
	assert_non_null(strstr(rq.fault.reason, "agency's officer"));
	assert_int_equal(ask(o, o->boss, POST, REFUSE, ARGUMENTS({"notice", before}),
				 "{\"version\":1,\"reason\":\"Sudah ditutup bulan ini\"}", &rq),
		E_CONFLICT);
	const char *after = id_text(o, told(o, o->ani, sick(o, 2, "2025-11-12", "2025-11-12")));
	assert_int_equal(ask(o, o->boss, GET, ONE, ARGUMENTS({"notice", after}), "{}", &rq), OK);
	assert_has(&rq, "\"decider\":\"officer\"");
	add_officer(o, ROLE_AGENCY_OFFICER, o->agency);
	assert_int_equal(
		ask(o, o->officer, POST, ACCEPT, ARGUMENTS({"notice", before}), accept, &rq), OK);
	assert_int_equal(
		ask(o, o->officer, POST, ACCEPT, ARGUMENTS({"notice", after}), accept, &rq), OK);
	close_days(o, TODAY - 1); /* an open month stays the superior's */
	const char *open = id_text(o, told(o, o->ani, sick(o, 3, "2025-11-14", "2025-11-14")));
	assert_int_equal(
		ask(o, o->boss, POST, ACCEPT, ARGUMENTS({"notice", open}), accept, &rq), OK);
}

/* Letters and single statuses are entered and withdrawn by the officer of a unit, but not in a
 * closed month. */
static void test_closed_month_takes_no_letter_of_a_unit(void **state)
{
	struct office *o = *state;
	struct req rq;
	const char *letter = arena_printf(&o->s.arena,
		"{\"unit\":\"%lld\",\"kind\":\"outside_duty\",\"number\":\"090/1\",\"issued\":"
		"\"2025-11-12\",\"signer\":\"Kepala\",\"subject\":\"Rapat\",\"places\":["
		"\"Bandung\"],"
		"\"from\":\"2025-11-12\",\"to\":\"2025-11-13\",\"members\":[\"%lld\"],\"dry_run\":"
		"false}",
		(long long)o->division.v, (long long)o->ani.v);
	const char *status = arena_printf(&o->s.arena,
		"{\"employee\":\"%lld\",\"kind\":\"training\",\"from\":\"2025-11-12\",\"to\":"
		"\"2025-11-12\",\"letter\":\"893/1\"}",
		(long long)o->ani.v);

	add_officer(o, ROLE_UNIT_OFFICER, o->division);
	close_days(o, TODAY);
	assert_int_equal(ask(o, o->officer, POST, LETTERS, NO_ARGUMENTS, letter, &rq), E_CONFLICT);
	refused_at(&rq, "/members/0");
	assert_int_equal(
		ask(o, o->officer, POST, "/api/v1/org/statuses", NO_ARGUMENTS, status, &rq),
		E_CONFLICT);
	refused_at(&rq, "/from");
	close_days(o, TODAY - 9);
	assert_int_equal(ask(o, o->officer, POST, LETTERS, NO_ARGUMENTS, letter, &rq), OK);
	const char *at = strstr(rq.body.p, "\"letter\":\"") + strlen("\"letter\":\"");
	const char *id = arena_strndup(&o->s.arena, at, strcspn(at, "\""));
	close_days(o, TODAY);
	assert_int_equal(ask(o, o->officer, POST, LETTERS "/{letter}/withdraw",
				 ARGUMENTS({"letter", id}), "{\"reason\":\"Rapat batal\"}", &rq),
		E_CONFLICT);
	refused_at(&rq, "/letter");
	add_officer(o, ROLE_AGENCY_OFFICER, o->agency);
	assert_int_equal(ask(o, o->officer, POST, LETTERS "/{letter}/withdraw",
				 ARGUMENTS({"letter", id}), "{\"reason\":\"Rapat batal\"}", &rq),
		OK);
	assert_int_equal(
		ask(o, o->officer, POST, "/api/v1/org/statuses", NO_ARGUMENTS, status, &rq), OK);
}

static void test_overlaps_are_refused(void **state)
{
	struct office *o = *state;
	struct req rq;
	const char *id = id_text(o, told(o, o->ani, sick(o, 1, "2025-11-13", "2025-11-14")));

	assert_int_equal(ask(o, o->ani, POST, NOTICES, NO_ARGUMENTS,
				 sick(o, 2, "2025-11-14", "2025-11-15"), &rq),
		E_CONFLICT);
	refused_at(&rq, "/to");
	assert_int_equal(
		ask(o, o->ani, POST, WITHDRAW, ARGUMENTS({"notice", id}), "{\"version\":1}", &rq),
		OK);
	id = id_text(o, told(o, o->ani, sick(o, 3, "2025-11-14", "2025-11-15")));
	assert_int_equal(
		ask(o, o->boss, POST, ACCEPT, ARGUMENTS({"notice", id}), "{\"version\":1}", &rq),
		OK);
	assert_int_equal(ask(o, o->ani, POST, NOTICES, NO_ARGUMENTS,
				 sick(o, 4, "2025-11-15", "2025-11-15"), &rq),
		E_CONFLICT);
	refused_at(&rq, "/from");
}

/* Two parts of one day stand beside each other; acceptance makes covers of them. */
static void test_parts_of_a_day(void **state)
{
	struct office *o = *state;
	struct org_status_row status[4];
	struct req rq;
	int count;
	const char *morning = "\"from_minute\":\"08:00\",\"to_minute\":\"10:00\",";
	const char *noon = "\"from_minute\":\"10:00\",\"to_minute\":\"12:00\",";
	const char *across = "\"from_minute\":\"09:00\",\"to_minute\":\"11:00\",";
	const char *id = id_text(o, told(o, o->ani, permit(o, 1, "2025-11-13", morning)));

	told(o, o->ani, permit(o, 2, "2025-11-13", noon));
	assert_int_equal(ask(o, o->ani, POST, NOTICES, NO_ARGUMENTS,
				 permit(o, 3, "2025-11-13", across), &rq),
		E_CONFLICT);
	assert_int_equal(
		ask(o, o->boss, POST, ACCEPT, ARGUMENTS({"notice", id}), "{\"version\":1}", &rq),
		OK);
	assert_int_equal(org_list_statuses(&o->s.tx, o->ani, status, 4, &count), OK);
	assert_int_equal(count, 1);
	assert_int_equal(status[0].from_minute, 480);
	assert_int_equal(status[0].to_minute, 600);
}

/* Nothing is demanded that a person may not have: the unit officer tells it for who has no phone.
 */
static void test_told_by_an_officer(void **state)
{
	struct office *o = *state;
	struct req rq;
	const char *json = arena_printf(&o->s.arena,
		"{\"id\":\"019a7ad0-7c00-7000-8000-000000000077\",\"employee\":\"%lld\",\"kind\":"
		"\"annual_leave\",\"from\":\"2025-11-20\",\"to\":\"2025-11-21\",\"made_at\":"
		"\"2025-11-13T01:00:00.000Z\"}",
		(long long)o->budi.v);

	assert_int_equal(ask(o, o->teacher, POST, NOTICES, NO_ARGUMENTS, json, &rq), E_NOT_FOUND);
	add_role(o, o->teacher, ROLE_UNIT_OFFICER, o->division, ACTING_DEFINITIVE,
		(struct employee_id){0}, TODAY, TODAY);
	assert_int_equal(ask(o, o->teacher, POST, NOTICES, NO_ARGUMENTS, json, &rq), OK);
	assert_int_equal(ask(o, o->budi, GET, "/api/v1/me/notices", NO_ARGUMENTS, "{}", &rq), OK);
	assert_has(&rq, "\"entered_by_officer\":true");
	assert_has(&rq, "\"entered_by_name\":");
	/* a notice like any other: the superior of that day decides it, the officer does not */
	assert_has(&rq, "\"decider\":\"supervisor\"");
	const char *notice = id_text(o, told(o, o->teacher, json));
	assert_int_equal(ask(o, o->teacher, POST, ACCEPT, ARGUMENTS({"notice", notice}),
				 "{\"version\":1}", &rq),
		E_NOT_FOUND);
	assert_int_equal(ask(o, o->boss, POST, ACCEPT, ARGUMENTS({"notice", notice}),
				 "{\"version\":1}", &rq),
		OK);
}

/* What an officer takes back later, the thread says to everybody who reads it: who, when and why.
 */
static void test_withdrawn_status_is_in_the_thread(void **state)
{
	struct office *o = *state;
	struct org_status_row status[4];
	struct req rq;
	int count;
	const char *notice = id_text(o, told(o, o->ani, permit(o, 78, "2025-11-14", "")));

	add_role(o, o->officer, ROLE_AGENCY_OFFICER, o->agency, ACTING_DEFINITIVE,
		(struct employee_id){0}, TODAY, TODAY);
	assert_int_equal(ask(o, o->boss, POST, ACCEPT, ARGUMENTS({"notice", notice}),
				 "{\"version\":1}", &rq),
		OK);
	assert_int_equal(org_list_statuses(&o->s.tx, o->ani, status, 4, &count), OK);
	assert_int_equal(count, 1);
	assert_int_equal(ask(o, o->officer, POST, END,
				 ARGUMENTS({"status", id_text(o, status[0].status_id)}),
				 "{\"reason\":\"Aktanya sudah selesai\"}", &rq),
		OK);
	assert_int_equal(ask(o, o->ani, GET, ONE, ARGUMENTS({"notice", notice}), "{}", &rq), OK);
	assert_has(&rq, "\"kind\":\"status_withdrawn\"");
	assert_has(&rq, "Aktanya sudah selesai");
	/* who may not know of health reads that it happened, not why */
	assert_int_equal(ask(o, o->boss, GET, ONE, ARGUMENTS({"notice", notice}), "{}", &rq), OK);
	assert_has(&rq, "\"kind\":\"status_withdrawn\"");
	assert_lacks(&rq, "Aktanya");
	assert_int_equal(org_list_statuses(&o->s.tx, o->ani, status, 4, &count), OK);
	assert_string_equal(status[0].withdrawn_why, "Aktanya sudah selesai");
	assert_int_equal(status[0].withdrawn_by.v, o->officer.v);
}

/* ---- letters ---- */

static const char *letter(struct office *o, const char *number, struct employee_id second, bool dry)
{
	return arena_printf(&o->s.arena,
		"{\"unit\":\"%lld\",\"kind\":\"outside_duty\",\"number\":\"%s\",\"issued\":"
		"\"2025-11-12\",\"signer\":\"Sekretaris Dinas\",\"subject\":\"Monitoring sekolah\","
		"\"places\":[\"SMAN 1 Garut\",\"SMAN 2 Garut\"],\"from\":\"2025-11-13\",\"to\":"
		"\"2025-11-14\",\"members\":[\"%lld\",\"%lld\"],\"dry_run\":%s}",
		(long long)o->agency.v, number, (long long)o->ani.v, (long long)second.v,
		dry ? "true" : "false");
}

static void test_letter_covers_many(void **state)
{
	struct office *o = *state;
	struct org_status_row status[4];
	struct req rq;
	int count;

	add_role(o, o->officer, ROLE_AGENCY_OFFICER, o->agency, ACTING_DEFINITIVE,
		(struct employee_id){0}, TODAY, TODAY);
	assert_int_equal(ask(o, o->officer, POST, LETTERS, NO_ARGUMENTS,
				 letter(o, "   ", o->budi, false), &rq),
		E_BAD_FIELD);
	refused_at(&rq, "/number");
	assert_int_equal(ask(o, o->officer, POST, LETTERS, NO_ARGUMENTS,
				 letter(o, "090/1", o->officer, false), &rq),
		E_SELF);
	assert_int_equal(ask(o, o->officer, POST, LETTERS, NO_ARGUMENTS,
				 letter(o, "090/1", o->ani, false), &rq),
		E_BAD_FIELD);
	refused_at(&rq, "/members/1");
	assert_int_equal(ask(o, o->officer, POST, LETTERS, NO_ARGUMENTS,
				 letter(o, "090/1", o->budi, false), &rq),
		OK);
	assert_int_equal(org_list_statuses(&o->s.tx, o->budi, status, 4, &count), OK);
	assert_int_equal(count, 1);
	assert_string_equal(status[0].letter, "090/1");
	assert_true(is_marked(o, o->budi, TODAY));
	assert_int_equal(ask(o, o->officer, POST, LETTERS, NO_ARGUMENTS,
				 letter(o, "090/1", o->budi, false), &rq),
		E_CONFLICT);
	refused_at(&rq, "/number");
}

static void test_letter_is_all_or_nothing(void **state)
{
	struct office *o = *state;
	struct org_status_row status[4];
	struct req rq;
	int count;

	add_role(o, o->officer, ROLE_AGENCY_OFFICER, o->agency, ACTING_DEFINITIVE,
		(struct employee_id){0}, TODAY, TODAY);
	assert_int_equal(org_set_status(&o->s.tx, o->budi, STATUS_ANNUAL_LEAVE, TODAY + 1,
				 TODAY + 3, "850/1"),
		OK);
	assert_int_equal(ask(o, o->officer, POST, LETTERS, NO_ARGUMENTS,
				 letter(o, "090/2", o->budi, true), &rq),
		OK);
	assert_has(&rq, "\"full_name\":\"Budi\",\"kind\":\"annual_leave\"");
	assert_int_equal(ask(o, o->officer, POST, LETTERS, NO_ARGUMENTS,
				 letter(o, "090/2", o->budi, false), &rq),
		E_CONFLICT);
	refused_at(&rq, "/members");
	assert_non_null(strstr(rq.fault.reason, "Budi"));
	assert_int_equal(org_list_statuses(&o->s.tx, o->ani, status, 4, &count), OK);
	assert_int_equal(count, 0);
}

static void test_letter_is_withdrawn(void **state)
{
	struct office *o = *state;
	struct org_status_row status[4];
	struct req rq;
	int count;

	add_role(o, o->officer, ROLE_AGENCY_OFFICER, o->agency, ACTING_DEFINITIVE,
		(struct employee_id){0}, TODAY, TODAY);
	assert_int_equal(ask(o, o->officer, POST, LETTERS, NO_ARGUMENTS,
				 letter(o, "090/3", o->budi, false), &rq),
		OK);
	const char *id = id_text(o, strtoll(strstr(rq.body.p, "\"letter\":\"") + 10, NULL, 10));
	assert_int_equal(
		ask(o, o->officer, POST, LETTERS "/{letter}/members/{employee}/withdraw",
			ARGUMENTS({"letter", id}, {"employee", id_text(o, o->ani.v)}), "{}", &rq),
		OK);
	assert_int_equal(org_list_statuses(&o->s.tx, o->ani, status, 4, &count), OK);
	assert_true(status[0].ended_at != 0);
	assert_int_equal(
		ask(o, o->officer, GET, LETTERS "/{letter}", ARGUMENTS({"letter", id}), "{}", &rq),
		OK);
	assert_has(&rq, "\"members\":1");
	assert_has(&rq, "SMAN 2 Garut");
	assert_int_equal(ask(o, o->officer, POST, LETTERS "/{letter}/withdraw",
				 ARGUMENTS({"letter", id}), "{\"reason\":\"Dibatalkan\"}", &rq),
		OK);
	assert_int_equal(org_list_statuses(&o->s.tx, o->budi, status, 4, &count), OK);
	assert_true(status[0].ended_at != 0);
	assert_int_equal(ask(o, o->officer, POST, LETTERS "/{letter}/withdraw",
				 ARGUMENTS({"letter", id}), "{\"reason\":\"Dibatalkan\"}", &rq),
		E_CONFLICT);
}

/* ---- kinds ---- */

static void test_new_row_ends_the_old(void **state)
{
	struct office *o = *state;
	struct org_kind kind[KINDS_MAX];
	struct req rq;
	int before, after;

	make_bkd(o, o->officer);
	assert_int_equal(org_list_kinds(&o->s.tx, TODAY, kind, KINDS_MAX, &before), OK);
	int at = 0;
	while (kind[at].kind != STATUS_PERMIT)
		at++;
	const char *json =
		"{\"ends\":\"0\",\"kind\":\"permit\",\"name\":\"Izin\",\"decided_by\":"
		"\"supervisor\",\"document\":\"none\",\"document_days\":0,\"least_days\":1,"
		"\"longest_days\":2,\"back_days\":2,\"sensitive\":false,\"part_of_day\":"
		"true,\"recap_class\":\"permit\",\"for_kinds\":[\"pns\"],\"legal_basis\":"
		"\"SE 9\",\"verified_by\":\"BKD\",\"valid_from\":\"2025-12-01\"}";
	assert_int_equal(ask(o, o->officer, POST, "/api/v1/org/kinds", NO_ARGUMENTS,
				 arena_printf(&o->s.arena, "{\"ends\":\"%lld\"%s",
					 (long long)kind[at].kind_id, strchr(json, ',')),
				 &rq),
		OK);
	assert_int_equal(
		org_list_kinds(&o->s.tx, day_from_civil(2025, 12, 1), kind, KINDS_MAX, &after), OK);
	assert_int_equal(before, after);
	assert_int_equal(ask(o, o->officer, POST, "/api/v1/org/kinds", NO_ARGUMENTS,
				 arena_printf(&o->s.arena, "{%s", strchr(json, ',') + 1), &rq),
		E_CONFLICT);
	refused_at(&rq, "/least_days");
	assert_int_equal(ask(o, o->ani, GET, "/api/v1/org/kinds", NO_ARGUMENTS, "{}", &rq), OK);
	assert_has(&rq, "\"name\":\"Cuti tahunan\"");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_seeded, close_office)

int main(void)
{
	auth_authorise = org_authorise;
	const struct CMUnitTest tests[] = {
		TEST(test_told_twice_is_told_once),
		TEST(test_supervisor_decides),
		TEST(test_delegate_decides),
		TEST(test_health_is_for_the_few),
		TEST(test_document_follows),
		TEST(test_overdue_is_a_reminder),
		TEST(test_late_goes_to_the_officer),
		TEST(test_closed_month_is_the_officers),
		TEST(test_closed_month_takes_no_letter_of_a_unit),
		TEST(test_overlaps_are_refused),
		TEST(test_parts_of_a_day),
		TEST(test_told_by_an_officer),
		TEST(test_withdrawn_status_is_in_the_thread),
		TEST(test_letter_covers_many),
		TEST(test_letter_is_all_or_nothing),
		TEST(test_letter_is_withdrawn),
		TEST(test_new_row_ends_the_old),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
