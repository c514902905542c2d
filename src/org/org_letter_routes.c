/*
 * One letter for many: a surat tugas or the letter of a joint leave is entered once by the officer
 * of the unit or agency and covers everybody it names, whole days or part of them.
 *
 * All or nothing: one person with leave or duty on one of its days refuses the letter, and a dry
 * run lists all of them first. Nobody puts himself on a letter that he enters. Withdrawn as a whole
 * or for one person, never edited. Days of a closed month are the agency's officer's
 * (org_closed.h).
 */
#include "org/org_notice_routes.h"

#include "base/str.h"
#include "org/org_closed.h"
#include "platform/platform_db.h"

#define LONGEST_DAYS 1200
#define BACK_DAYS    400
#define REASON_BYTES 1500

struct letter_input {
	struct unit_id unit;
	int32_t kind;
	const char *number;
	int32_t issued;
	const char *signer, *subject;
	const char **places;
	int place_count;
	int32_t from, to, from_minute, to_minute;
	const char *file_sha256, *file_name;
	int64_t *members;
	int member_count;
	bool dry_run;
};

static const struct field input_fields[] = {
	F_ID(struct letter_input, unit, 0, "The unit or agency that enters it."),
	F_ENUM(struct letter_input, kind, status_kind_names, 0,
		"Outside duty, training, study or joint leave."),
	F_TEXT(struct letter_input, number, 1, 100, 0, "Its number."),
	F_DAY(struct letter_input, issued, 0, "Its date."),
	F_TEXT(struct letter_input, signer, 3, 120, 0, "Who signed it."),
	F_TEXT(struct letter_input, subject, 3, 300, 0, "What it is about."),
	F_TEXTS(struct letter_input, places, place_count, 0, PLACES_MAX, OPTIONAL,
		"Places, in their order."),
	F_DAY(struct letter_input, from, 0, "First day."),
	F_DAY(struct letter_input, to, 0, "Last day."),
	F_MINUTE(struct letter_input, from_minute, OPTIONAL, "Part of each day: from."),
	F_MINUTE(struct letter_input, to_minute, OPTIONAL, "Part of each day: to."),
	F_TEXT(struct letter_input, file_sha256, 64, 64, OPTIONAL, "The scanned letter."),
	F_TEXT(struct letter_input, file_name, 1, 200, OPTIONAL, "Its name."),
	F_IDS(struct letter_input, members, member_count, 1, LETTER_MEMBERS_MAX, 0,
		"Whom it covers."),
	F_BOOL(struct letter_input, dry_run, 0, "Check only: who already has leave or duty."),
	F_END,
};
const struct shape org_letter_input_shape = SHAPE("LetterInput", struct letter_input, input_fields);

struct letter_conflict {
	struct employee_id employee;
	const char *full_name;
	int32_t kind, from, to;
};

static const struct field conflict_fields[] = {
	F_ID(struct letter_conflict, employee, 0, "Who."),
	F_TEXT(struct letter_conflict, full_name, 1, 240, 0, "His name with titles."),
	F_ENUM(struct letter_conflict, kind, shown_kind_names, 0, "What stands there."),
	F_DAY(struct letter_conflict, from, 0, "From."),
	F_DAY(struct letter_conflict, to, 0, "To."),
	F_END,
};
static const struct shape conflict_shape = SHAPE(
	"LetterConflict", struct letter_conflict, conflict_fields);

struct letter_outcome {
	int64_t letter;
	struct letter_conflict *conflicts;
	int count;
};

static const struct field outcome_fields[] = {
	F_ID(struct letter_outcome, letter, OPTIONAL, "The letter; absent after a dry run."),
	F_LIST(struct letter_outcome, conflicts, count, &conflict_shape, 0, LETTER_MEMBERS_MAX, 0,
		"Who has leave or duty on one of its days: a letter is entered when there are "
		"none."),
	F_END,
};
const struct shape org_letter_outcome_shape = SHAPE(
	"LetterOutcome", struct letter_outcome, outcome_fields);

enum err org_find_letter_unit(struct req *rq, struct object *ret_object)
{
	const struct letter_input *in = rq->input;

	ret_object->unit = in->unit;
	return OK;
}

/* ---- what is asked ---- */

static bool is_by_letter(int32_t kind)
{
	return kind == STATUS_OUTSIDE_DUTY || kind == STATUS_TRAINING || kind == STATUS_STUDY ||
	       kind == STATUS_JOINT_LEAVE;
}

static enum err check_part(struct req *rq, const struct letter_input *in)
{
	if (in->from_minute < 0 && in->to_minute < 0)
		return OK;
	if (in->kind != STATUS_OUTSIDE_DUTY)
		return refuse(rq, E_REFUSED, "/from_minute",
			"only outside duty is part of a day: leave the hours out");
	if (in->from_minute < 0 || in->to_minute <= in->from_minute || in->to_minute > 1440)
		return refuse(rq, E_BAD_FIELD, "/to_minute",
			"name both hours, the second after the first, within a day");
	return OK;
}

static enum err check_letter(struct req *rq, const struct letter_input *in)
{
	if (!*str_trim(arena_strdup(rq->tx->arena, in->number)))
		return refuse(rq, E_BAD_FIELD, "/number", "a letter has a number");
	if (!is_by_letter(in->kind))
		return refuse(rq, E_BAD_FIELD, "/kind",
			"not by one letter for many: leave is told or entered for one person");
	if (in->to < in->from || in->to - in->from > LONGEST_DAYS)
		return refuse(rq, E_BAD_FIELD, "/to", "must follow from, within 1200 days");
	if (in->from < req_today(rq) - BACK_DAYS)
		return refuse(rq, E_BAD_FIELD, "/from", "more than 400 days ago");
	if (in->issued > req_today(rq))
		return refuse(rq, E_BAD_FIELD, "/issued", "in the future: name the letter's date");
	return check_part(rq, in);
}

static enum err check_known(struct req *rq, const struct letter_input *in)
{
	bool known;
	enum err e = org_is_letter_known(rq->tx, in->unit, in->number, in->issued, &known);

	if (e || !known)
		return e;
	return refuse(rq, E_CONFLICT, "/number",
		"this unit has entered a letter of this number and date: open that one");
}

/* ---- whom ---- */

struct members {
	struct org_scopes scopes;
	const struct org_tree *tree;
	struct org_letter_member *member;
	int count;
};

static const char *member_pointer(struct req *rq, int index)
{
	return arena_printf(rq->tx->arena, "/members/%d", index);
}

/* In service on all days, and of a unit of the actor on the first one. */
static enum err check_member(
	struct req *rq, const struct letter_input *in, struct members *m, int i)
{
	const struct employee_id employee = {in->members[i]};
	struct employee_row row;
	bool first = false, last = false;

	if (employee.v == rq->actor.employee.v)
		return refuse(rq, E_SELF, member_pointer(rq, i),
			"nobody enters a letter about himself: another officer does");
	enum err e = org_load_employee(rq->tx, employee, in->from, &row);
	const struct org_unit *unit = e ? NULL : org_find_unit(m->tree, row.unit);

	if (e == E_NOT_FOUND || (!e && !org_in_scopes(&m->scopes, unit ? unit->path : NULL)))
		return refuse(rq, E_REFUSED, member_pointer(rq, i),
			"nobody of one's own units on its first day: take him off the letter");
	if (e || (e = org_load_service(rq->tx, employee, in->from, &first)) ||
		(e = org_load_service(rq->tx, employee, in->to, &last)))
		return e;
	if (!first || !last)
		return refuse(rq, E_REFUSED, member_pointer(rq, i),
			"not in service on all its days: take him off the letter");
	if ((e = org_check_open(rq, employee, in->from, in->to, member_pointer(rq, i))))
		return e;
	m->member[m->count++] = (struct org_letter_member){
		.employee = employee, .full_name = org_full_name(rq->tx->arena, &row)};
	return OK;
}

static bool is_twice(const struct letter_input *in, int index)
{
	for (int i = 0; i < index; i++) {
		if (in->members[i] == in->members[index])
			return true;
	}
	return false;
}

static enum err load_members(struct req *rq, const struct letter_input *in, struct members *m)
{
	enum err e = org_load_tree(rq->tx, &m->tree);

	m->member = ARENA_ARRAY(rq->tx->arena, (size_t)in->member_count, struct org_letter_member);
	m->count = 0;
	if (e || (e = org_load_scopes(rq, P_LETTER_WRITE, &m->scopes)))
		return e;
	for (int i = 0; i < in->member_count && !e; i++) {
		if (is_twice(in, i))
			return refuse(rq, E_BAD_FIELD, member_pointer(rq, i), "is named twice");
		e = check_member(rq, in, m, i);
	}
	return e;
}

static enum err find_conflicts(struct req *rq, const struct letter_input *in,
	const struct members *m, struct letter_outcome *out)
{
	const struct status_part part = {in->from, in->to, in->from_minute, in->to_minute};
	struct org_scopes medical;
	enum err e = org_load_scopes(rq, P_MEDICAL_READ, &medical);

	out->conflicts = ARENA_ARRAY(rq->tx->arena, (size_t)m->count, struct letter_conflict);
	for (int i = 0; i < m->count && !e; i++) {
		struct org_status_row s;

		e = org_find_status_overlap(rq->tx, m->member[i].employee, &part, &s);
		if (!e)
			out->conflicts[out->count++] = (struct letter_conflict){
				m->member[i].employee, m->member[i].full_name,
				org_shown_kind((enum status_kind)s.kind, medical.paths > 0),
				s.valid_from, s.valid_to};
		if (e == E_NOT_FOUND)
			e = OK;
	}
	return e;
}

/* Names each of them, as far as a sentence goes. */
static enum err refuse_conflicts(struct req *rq, const struct letter_outcome *out)
{
	struct buf b;
	char from[11], to[11];

	buf_init(&b, rq->tx->arena, 256);
	for (int i = 0; i < out->count && b.n < REASON_BYTES; i++) {
		day_format(out->conflicts[i].from, from);
		day_format(out->conflicts[i].to, to);
		buf_printf(&b, "%s%s: %s %s to %s", i ? "; " : "", out->conflicts[i].full_name,
			shown_kind_names[out->conflicts[i].kind], from, to);
	}
	buf_str(&b, ". Take them off the letter, or have what stands there withdrawn");
	return refuse(rq, E_CONFLICT, "/members", b.p);
}

static enum err add_letter(
	struct req *rq, const struct letter_input *in, struct members *m, int64_t *ret_letter)
{
	struct org_letter letter = {.unit = in->unit,
		.kind = in->kind,
		.number = in->number,
		.issued = in->issued,
		.signer = in->signer,
		.subject = in->subject,
		.route = org_join_lines(rq->tx->arena, in->places, in->place_count),
		.from = in->from,
		.to = in->to,
		.from_minute = in->from_minute,
		.to_minute = in->to_minute,
		.file_sha256 = in->file_sha256 ? in->file_sha256 : "",
		.file_name = in->file_name ? in->file_name : "",
		.entered_by = rq->actor.employee};
	enum err e = org_add_letter(rq->tx, &letter, m->member, m->count);

	*ret_letter = letter.letter_id;
	return e;
}

enum err org_post_letter(struct req *rq)
{
	const struct letter_input *in = rq->input;
	struct letter_outcome out = {0};
	struct members m = {0};
	enum err e = check_letter(rq, in);

	if (e || (e = check_known(rq, in)) || (e = load_members(rq, in, &m)))
		return e;
	if (in->file_sha256 && (e = org_check_upload(rq, in->file_sha256, "/file_sha256")))
		return e;
	if ((e = find_conflicts(rq, in, &m, &out)))
		return e;
	if (out.count && !in->dry_run)
		return refuse_conflicts(rq, &out);
	if (!in->dry_run)
		e = add_letter(rq, in, &m, &out.letter);
	return e ? e : reply(rq, 200, &out);
}

/* ---- withdrawing ---- */

struct letter_withdraw {
	int64_t letter;
	const char *reason;
};

static const struct field withdraw_fields[] = {
	PATH_ID(struct letter_withdraw, letter, "The letter."),
	F_TEXT(struct letter_withdraw, reason, 5, 300, 0, "Why it no longer holds."),
	F_END,
};
const struct shape org_letter_withdraw_shape = SHAPE(
	"LetterWithdraw", struct letter_withdraw, withdraw_fields);

static enum err check_standing(struct req *rq, const struct org_letter *letter)
{
	return letter->withdrawn_at ? refuse(rq, E_CONFLICT, "/letter", "is withdrawn already")
				    : OK;
}

static enum err load_standing_letter(struct req *rq, int64_t letter_id, struct org_letter *ret,
	struct org_letter_member **ret_member, int *ret_members)
{
	enum err e = org_load_letter(rq->tx, letter_id, ret);

	*ret_member = ARENA_ARRAY(rq->tx->arena, LETTER_MEMBERS_MAX, struct org_letter_member);
	if (e || (e = check_standing(rq, ret)))
		return e;
	return org_list_letter_members(
		rq->tx, letter_id, *ret_member, LETTER_MEMBERS_MAX, ret_members);
}

static enum err end_member(struct req *rq, const struct org_letter *letter,
	const struct org_letter_member *member, const char *pointer, const char *why)
{
	enum err e = org_check_open(rq, member->employee, letter->from, letter->to, pointer);

	return e ? e : org_end_letter_member(rq->tx, letter, member, rq->actor.employee, why);
}

enum err org_post_letter_withdraw(struct req *rq)
{
	const struct letter_withdraw *in = rq->input;
	struct org_letter letter;
	struct org_letter_member *member;
	int members = 0;
	enum err e = load_standing_letter(rq, in->letter, &letter, &member, &members);

	for (int i = 0; i < members && !e; i++) {
		if (!member[i].withdrawn_at)
			e = end_member(rq, &letter, &member[i], "/letter", in->reason);
	}
	if (!e)
		e = org_end_letter(rq->tx, &letter, in->reason);
	return e ? e : reply(rq, 204, NULL);
}

struct letter_member_path {
	int64_t letter;
	struct employee_id employee;
};

static const struct field member_fields[] = {
	PATH_ID(struct letter_member_path, letter, "The letter."),
	PATH_ID(struct letter_member_path, employee, "Who is taken off it."),
	F_END,
};
const struct shape org_letter_member_shape = SHAPE(
	"LetterMemberPath", struct letter_member_path, member_fields);

enum err org_post_letter_member_withdraw(struct req *rq)
{
	const struct letter_member_path *in = rq->input;
	struct org_letter letter;
	struct org_letter_member *member;
	int members = 0;
	enum err e = load_standing_letter(rq, in->letter, &letter, &member, &members);

	if (e)
		return e;
	if (in->employee.v == rq->actor.employee.v)
		return refuse(rq, E_SELF, "/employee", "another officer decides about oneself");
	for (int i = 0; i < members; i++) {
		if (member[i].employee.v != in->employee.v)
			continue;
		if (member[i].withdrawn_at)
			return refuse(rq, E_CONFLICT, "/employee", "was taken off it already");
		e = end_member(rq, &letter, &member[i], "/employee",
			arena_printf(rq->tx->arena, "Dikeluarkan dari surat %s", letter.number));
		return e ? e : reply(rq, 204, NULL);
	}
	return refuse(rq, E_REFUSED, "/employee", "is not on this letter");
}
