/*
 * Telling that one will not be there: from the phone, also without a signal, and the document now
 * or later. The phone's own id makes a repeat harmless even after weeks; what the phone recorded
 * counts as the time of telling. An officer tells for who has no phone, and it counts the same.
 *
 * Nothing is decided here: until a person decides, the day waits and nobody is absent. A late
 * document is a reminder, never a refusal. What is told about a closed month is late.
 */
#include "org/org_notice_routes.h"

#include "base/str.h"
#include "org/org_closed.h"
#include "platform/blob.h"
#include "platform/clock.h"
#include "platform/platform_db.h"

static enum err weekdays_only(
	struct tx *tx, struct unit_id unit, int32_t day, int n, int32_t *ret_day)
{
	(void)tx;
	(void)unit;
	while (n > 0)
		n -= day_weekday(++day) < SATURDAY;
	*ret_day = day;
	return OK;
}

enum err (*org_find_working_day)(
	struct tx *tx, struct unit_id unit, int32_t day, int n, int32_t *ret_day) = weekdays_only;

/* ---- shapes ---- */

struct notice_input {
	struct uuid id;
	struct employee_id employee;
	int32_t kind, from, to, from_minute, to_minute;
	const char *reason;
	const char **places;
	int place_count;
	int64_t made_at;
	const char *document_sha256, *document_name;
};

static const struct field input_fields[] = {
	F_UUID(struct notice_input, id, 0,
		"Made by the phone with the notice; sending it again is safe."),
	F_ID(struct notice_input, employee, OPTIONAL,
		"For whom an officer tells it; absent: oneself."),
	F_ENUM(struct notice_input, kind, status_kind_names, 0, "What is asked for."),
	F_DAY(struct notice_input, from, 0, "First day."),
	F_DAY(struct notice_input, to, 0, "Last day."),
	F_MINUTE(struct notice_input, from_minute, OPTIONAL, "Part of each day: from."),
	F_MINUTE(struct notice_input, to_minute, OPTIONAL, "Part of each day: to."),
	F_TEXT(struct notice_input, reason, 0, 500, OPTIONAL,
		"Why; health and annual leave need no words."),
	F_TEXTS(struct notice_input, places, place_count, 0, PLACES_MAX, OPTIONAL,
		"Places of outside duty, in their order."),
	F_INSTANT(struct notice_input, made_at, 0, "When it was told, in the server's time."),
	F_TEXT(struct notice_input, document_sha256, 64, 64, OPTIONAL,
		"The document, uploaded before; it may follow."),
	F_TEXT(struct notice_input, document_name, 1, 200, OPTIONAL, "Its name."),
	F_END,
};
const struct shape org_notice_input_shape = SHAPE("NoticeInput", struct notice_input, input_fields);

struct notice_added {
	int64_t notice;
	int32_t state, decider, document_due;
	int64_t received_at;
};

static const struct field added_fields[] = {
	F_ID(struct notice_added, notice, 0, "The notice."),
	F_ENUM(struct notice_added, state, notice_state_names, 0,
		"Waiting; of a repeat what became of it."),
	F_ENUM(struct notice_added, decider, decider_names, 0, "Who decides."),
	F_DAY(struct notice_added, document_due, OPTIONAL, "A document may follow until then."),
	F_INSTANT(struct notice_added, received_at, 0, "When it first arrived."),
	F_END,
};
const struct shape org_notice_added_shape = SHAPE("NoticeAdded", struct notice_added, added_fields);

struct notice_document {
	int64_t notice;
	const char *document_sha256, *document_name;
};

static const struct field document_fields[] = {
	PATH_ID(struct notice_document, notice, "The notice."),
	F_TEXT(struct notice_document, document_sha256, 64, 64, 0, "The uploaded document."),
	F_TEXT(struct notice_document, document_name, 1, 200, 0, "Its name."),
	F_END,
};
const struct shape org_notice_document_shape = SHAPE(
	"NoticeDocument", struct notice_document, document_fields);

struct notice_version {
	int64_t notice;
	int32_t version;
};

static const struct field version_fields[] = {
	PATH_ID(struct notice_version, notice, "The notice."),
	F_INT(struct notice_version, version, 1, INT32_MAX, 0, "The version that was read."),
	F_END,
};
const struct shape org_notice_version_shape = SHAPE(
	"NoticeVersion", struct notice_version, version_fields);

/* ---- objects ---- */

static struct employee_id subject_of(const struct req *rq)
{
	const struct notice_input *in = rq->input;

	return in->employee.v ? in->employee : rq->actor.employee;
}

enum err org_find_notice_subject(struct req *rq, struct object *ret_object)
{
	ret_object->employee = subject_of(rq);
	return OK;
}

/* Every path of a notice begins with its id. */
enum err org_find_notice(struct req *rq, struct object *ret_object)
{
	_Static_assert(offsetof(struct notice_document, notice) == 0 &&
			       offsetof(struct notice_version, notice) == 0,
		"the first member of every input with a notice");
	const int64_t *notice_id = rq->input;
	struct org_notice notice;
	enum err e = org_load_notice(rq->tx, *notice_id, &notice);

	if (e)
		return e;
	ret_object->employee = notice.employee;
	ret_object->day = notice.from;
	return OK;
}

/* ---- telling ---- */

static const struct {
	enum err err;
	const char *pointer, *reason;
} faults[NOTICE_FAULTS] = {
	[NOTICE_ENDS_BEFORE] = {E_BAD_FIELD, "/to", "before from: name a last day on or after it"},
	[NOTICE_TOO_LONG_AGO] = {E_BAD_FIELD, "/from",
		"more than a year ago: ask the officer to enter it with its letter"},
	[NOTICE_TOO_FAR] = {E_BAD_FIELD, "/from", "more than a year ahead: tell it nearer the day"},
	[NOTICE_NO_KIND] = {E_REFUSED, "/kind",
		"not for this kind of employment on that day: choose another kind"},
	[NOTICE_BY_LETTER] = {E_BAD_FIELD, "/kind",
		"comes by letter: the officer enters the letter, no notice is needed"},
	[NOTICE_TOO_MANY_DAYS] = {E_REFUSED, "/to",
		"more days than the kind allows: shorten it or choose another kind"},
	[NOTICE_WHOLE_DAYS] = {E_REFUSED, "/from_minute",
		"the kind is for whole days: leave the hours out"},
	[NOTICE_BAD_PART] = {E_BAD_FIELD, "/from_minute",
		"needs both hours, the second after the first, within a day, at most 31 days"},
	[NOTICE_NO_PLACE] = {E_BAD_FIELD, "/places", "name the place of the duty"},
	[NOTICE_NO_REASON] = {E_BAD_FIELD, "/reason", "say what for, in 5 characters or more"},
};

static enum err check_free(struct req *rq, const struct org_notice *n)
{
	const struct status_part part = {n->from, n->to, n->from_minute, n->to_minute};
	struct org_status_row status;
	struct org_notice other;
	enum err e = org_find_status_overlap(rq->tx, n->employee, &part, &status);

	if (!e)
		return refuse(rq, E_CONFLICT, "/from",
			"leave or duty is recorded on one of these days: choose other days or ask "
			"the officer to withdraw it");
	if (e != E_NOT_FOUND)
		return e;
	e = org_find_notice_overlap(rq->tx, n->employee, &part, n->notice_id, &other);
	if (!e)
		return refuse(rq, E_CONFLICT, "/to",
			"another notice waits for one of these days: withdraw it first");
	return e == E_NOT_FOUND ? OK : e;
}

/* What the notice is, from what the phone said; checked by the rows in force on its first day. */
static enum err judge(struct req *rq, struct org_notice *n, const struct employee_row *who,
	const struct org_kind **ret_row)
{
	struct org_kind *kind = ARENA_ARRAY(rq->tx->arena, KINDS_MAX, struct org_kind);
	const struct notice_ask ask = {(enum status_kind)n->kind, n->from, n->to, n->from_minute,
		n->to_minute, who->kind, req_today(rq), n->reason, n->route};
	int kinds;
	enum err e = org_list_kinds(rq->tx, n->from, kind, KINDS_MAX, &kinds);

	if (e)
		return e;
	enum notice_fault fault = org_check_notice(kind, kinds, &ask, ret_row);
	if (fault)
		return refuse(rq, faults[fault].err, faults[fault].pointer, faults[fault].reason);
	n->kind_id = (*ret_row)->kind_id;
	n->sensitive = (*ret_row)->sensitive;
	return OK;
}

/* Who decides, and until when a document may follow: by the working days of his office. */
static enum err set_terms(struct req *rq, struct org_notice *n, const struct employee_row *who,
	const struct org_kind *row)
{
	const struct org_tree *tree;
	struct employee_id superior;
	struct org_closed closed;
	int32_t last_in_time;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = org_find_closed(rq->tx, n->employee, n->from, n->to, &closed)) ||
		(e = org_load_superior(
			 rq->tx, n->employee, RELATION_SUPERVISOR, n->from, &superior)))
		return e;
	if ((e = org_find_working_day(rq->tx, who->unit, n->from, row->back_days, &last_in_time)))
		return e;
	bool is_late = closed.units > 0 || instant_day(n->made_at, tree->zone) > last_in_time;
	n->decider = (int32_t)org_decide_decider(row, is_late, superior.v != 0);
	if (row->document != DOCUMENT_MUST)
		return OK;
	return org_find_working_day(rq->tx, who->unit, n->to, row->document_days, &n->document_due);
}

enum err org_check_upload(struct req *rq, const char *sha256, const char *pointer)
{
	struct platform_file file;
	struct hash hash;

	if (!hex_decode(sha256, hash.b, sizeof(hash.b)))
		return refuse(rq, E_BAD_FIELD, pointer, "must be 64 hexadecimal digits");
	enum err e = platform_load_file(rq->tx, &hash, rq->actor.employee, &file);
	if (e == E_NOT_FOUND)
		return refuse(
			rq, E_BAD_FIELD, pointer, "no such file was uploaded: upload it again");
	if (!e && !blob_is_evidence(file.type))
		return refuse(rq, E_BAD_FIELD, pointer, BLOB_NO_EVIDENCE);
	return e;
}

/* The document is its owner's, whoever uploaded it; of health it is for the few. */
static enum err take_document(struct req *rq, struct org_notice *n)
{
	struct platform_file file;
	struct hash hash;
	enum err e = org_check_upload(rq, n->document_sha256, "/document_sha256");

	if (e)
		return e;
	if (!hex_decode(n->document_sha256, hash.b, sizeof(hash.b)))
		return E_INTERNAL;
	e = platform_load_file(rq->tx, &hash, rq->actor.employee, &file);
	file.owner = n->employee;
	if (!e)
		e = platform_add_file(rq->tx, &file);
	n->document_at = rq->tx->now_ms;
	if (e || (!n->sensitive && !org_is_private_kind((enum status_kind)n->kind)))
		return e;
	return platform_restrict_file(rq->tx, &hash);
}

static struct org_notice make_notice(struct req *rq)
{
	const struct notice_input *in = rq->input;

	return (struct org_notice){.notice_id = id_next(),
		.employee = subject_of(rq),
		.entered_by = rq->actor.employee,
		.kind = in->kind,
		.from = in->from,
		.to = in->to,
		.from_minute = in->from_minute,
		.to_minute = in->to_minute,
		.version = 1,
		.reason = in->reason ? in->reason : "",
		.route = org_join_lines(rq->tx->arena, in->places, in->place_count),
		.event_id = in->id,
		.made_at = in->made_at < rq->tx->now_ms ? in->made_at : rq->tx->now_ms,
		.received_at = rq->tx->now_ms,
		.document_sha256 = in->document_sha256 ? in->document_sha256 : "",
		.document_name = in->document_name ? in->document_name : ""};
}

static enum err check_service(struct req *rq, const struct org_notice *n)
{
	bool first = false, last = false;
	enum err e = org_load_service(rq->tx, n->employee, n->from, &first);

	if (!e)
		e = org_load_service(rq->tx, n->employee, n->to, &last);
	if (e)
		return e;
	return first && last ? OK
			     : refuse(rq, E_REFUSED, "/from", "not in service on all these days");
}

static enum err add_notice(struct req *rq, struct org_notice *n)
{
	const struct org_kind *row;
	struct employee_row who;
	enum err e = org_load_employee(rq->tx, n->employee, n->from, &who);

	if (e || (e = judge(rq, n, &who, &row)) || (e = check_service(rq, n)) ||
		(e = check_free(rq, n)) || (e = set_terms(rq, n, &who, row)))
		return e;
	if (*n->document_sha256 && (e = take_document(rq, n)))
		return e;
	return org_add_notice(rq->tx, n);
}

enum err org_post_notice(struct req *rq)
{
	struct org_notice n = make_notice(rq), known;
	enum err e = org_load_notice_by_event(rq->tx, n.employee, &n.event_id, &known);

	if (e == OK)
		n = known;
	else if (e == E_NOT_FOUND)
		e = add_notice(rq, &n);
	if (e)
		return e;
	const struct notice_added out = {n.notice_id, n.state, n.decider,
		n.document_due ? n.document_due : DAY_NONE, n.received_at};
	return reply(rq, 200, &out);
}

/* ---- later ---- */

enum err org_post_notice_document(struct req *rq)
{
	const struct notice_document *in = rq->input;
	struct org_notice n;
	enum err e = org_load_notice(rq->tx, in->notice, &n);

	if (e)
		return e;
	if (n.state != NOTICE_WAITING && n.state != NOTICE_ACCEPTED)
		return refuse(rq, E_CONFLICT, "/notice",
			"is refused or withdrawn: tell it again with the document");
	n.document_sha256 = in->document_sha256;
	n.document_name = in->document_name;
	n.version++;
	if ((e = take_document(rq, &n)))
		return e;
	e = org_set_notice(rq->tx, &n, EVENT_DOCUMENT, rq->actor.employee, "");
	return e ? e : reply(rq, 204, NULL);
}

enum err org_post_notice_withdraw(struct req *rq)
{
	const struct notice_version *in = rq->input;
	struct org_notice n;
	enum err e = org_load_notice(rq->tx, in->notice, &n);

	if (e)
		return e;
	if (n.state != NOTICE_WAITING)
		return refuse(rq, E_CONFLICT, "/notice",
			"is decided already: ask the officer to withdraw what was accepted");
	if (n.version != in->version)
		return E_STALE;
	n.state = NOTICE_WITHDRAWN;
	n.version++;
	e = org_set_notice(rq->tx, &n, EVENT_NOTICE_WITHDRAWN, rq->actor.employee, "");
	return e ? e : reply(rq, 204, NULL);
}
