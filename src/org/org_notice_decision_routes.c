/*
 * Deciding a notice: accepted it becomes a status, so roster, attendance and board follow in the
 * same transaction; refused it leaves the day as it was.
 *
 * Who decides was set when it was told: the supervisor of its first day or his delegate, the head
 * of the agency, the board, or the officer of late ones. Nobody decides about himself (PP 94/2021;
 * the dispatcher refuses it before). A decision names the version it saw. What touches a closed
 * month is the agency's officer's, as with corrections, and becomes a supplement.
 */
#include "org/org_closed.h"
#include "org/org_notice_routes.h"

struct accept_input {
	int64_t notice;
	int32_t version;
	const char *letter, *reason;
};

static const struct field accept_fields[] = {
	PATH_ID(struct accept_input, notice, "The notice."),
	F_INT(struct accept_input, version, 1, INT32_MAX, 0, "The version that was read."),
	F_TEXT(struct accept_input, letter, 1, 100, OPTIONAL,
		"Number of the letter of leave or duty, when there is one."),
	F_TEXT(struct accept_input, reason, 1, 500, OPTIONAL, "Words for the one who asked."),
	F_END,
};
const struct shape org_notice_accept_shape = SHAPE(
	"NoticeAccept", struct accept_input, accept_fields);

static const struct field refuse_fields[] = {
	PATH_ID(struct accept_input, notice, "The notice."),
	F_INT(struct accept_input, version, 1, INT32_MAX, 0, "The version that was read."),
	F_TEXT(struct accept_input, reason, 10, 500, 0, "Why, and what to do instead."),
	F_END,
};
const struct shape org_notice_refuse_shape = SHAPE(
	"NoticeRefuse", struct accept_input, refuse_fields);

static enum err check_decision(struct req *rq, const struct accept_input *in,
	const struct org_notice_line *line, const struct notice_reader *reader)
{
	const struct org_notice *n = &line->notice;
	const struct decider_standing standing = org_notice_standing(reader, line);

	if (n->state != NOTICE_WAITING)
		return refuse(rq, E_CONFLICT, "/notice", "is decided or withdrawn already");
	if (n->version != in->version)
		return E_STALE;
	if (!org_may_decide((enum decider)n->decider, &standing))
		return refuse(rq, E_REFUSED, "/notice",
			arena_printf(
				rq->tx->arena, "is decided by: %s", decider_names[n->decider]));
	return OK;
}

/* Days of a closed month are the officer's, whoever was to decide when it was told. */
static enum err ask_closed(struct req *rq, struct org_notice *n)
{
	struct org_closed closed;
	enum err e = org_find_closed(rq->tx, n->employee, n->from, n->to, &closed);

	if (e || closed.units == 0)
		return e;
	if (n->decider != DECIDER_BKD)
		n->decider = DECIDER_OFFICER;
	return org_check_open(rq, n->employee, n->from, n->to, "/notice");
}

/* Loads the notice and settles that the actor may decide it now, and in whose place. */
static enum err begin_decision(
	struct req *rq, const struct accept_input *in, struct org_notice *ret)
{
	struct notice_reader *reader = ARENA_NEW(rq->tx->arena, struct notice_reader);
	struct org_notice_line line;
	bool supervises;
	enum err e = org_load_notice_line(rq->tx, in->notice, rq->actor.employee, &line);

	if (e || (e = org_load_notice_reader(rq, reader)) || (e = ask_closed(rq, &line.notice)) ||
		(e = check_decision(rq, in, &line, reader)))
		return e;
	*ret = line.notice;
	ret->decided_by = rq->actor.employee;
	ret->decided_at = rq->tx->now_ms;
	ret->decision = in->reason ? in->reason : "";
	ret->version++;
	if (ret->decider != DECIDER_SUPERVISOR)
		return OK;
	return org_load_authority(rq->tx, rq->actor.employee, ret->employee, ret->from, &supervises,
		&ret->decided_for);
}

/* "Pemberitahuan 13-11-2025" where no letter has a number. */
static const char *reference(struct req *rq, const struct org_notice *n, const char *letter)
{
	const struct org_tree *tree;
	int year, month, day;

	if (letter)
		return letter;
	if (org_load_tree(rq->tx, &tree))
		return "";
	day_to_civil(instant_day(n->made_at, tree->zone), &year, &month, &day);
	return arena_printf(rq->tx->arena, "Pemberitahuan %02d-%02d-%04d", day, month, year);
}

static enum err make_status(struct req *rq, struct org_notice *n, const char *letter)
{
	const struct status_part part = {n->from, n->to, n->from_minute, n->to_minute};
	struct org_status_row row = {.employee = n->employee,
		.kind = n->kind,
		.valid_from = n->from,
		.valid_to = n->to,
		.letter = reference(rq, n, letter),
		.from_minute = n->from_minute,
		.to_minute = n->to_minute,
		.entered_by = rq->actor.employee};
	struct org_status_row other;
	enum err e = org_find_status_overlap(rq->tx, n->employee, &part, &other);

	if (!e)
		return refuse(rq, E_CONFLICT, "/notice",
			"leave or duty was recorded on one of these days meanwhile: refuse it or "
			"have that one withdrawn");
	if (e == E_NOT_FOUND)
		e = org_add_status(rq->tx, &row);
	n->status_id = row.status_id;
	return e;
}

enum err org_post_notice_accept(struct req *rq)
{
	const struct accept_input *in = rq->input;
	struct org_notice n;
	enum err e = begin_decision(rq, in, &n);

	if (e || (e = make_status(rq, &n, in->letter)))
		return e;
	n.state = NOTICE_ACCEPTED;
	e = org_set_notice(rq->tx, &n, EVENT_ACCEPTED, rq->actor.employee, n.decision);
	return e ? e : reply(rq, 204, NULL);
}

enum err org_post_notice_refuse(struct req *rq)
{
	const struct accept_input *in = rq->input;
	struct org_notice n;
	enum err e = begin_decision(rq, in, &n);

	if (e)
		return e;
	n.state = NOTICE_REFUSED;
	e = org_set_notice(rq->tx, &n, EVENT_REFUSED, rq->actor.employee, n.decision);
	return e ? e : reply(rq, 204, NULL);
}
