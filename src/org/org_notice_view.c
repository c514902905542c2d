/*
 * A notice as its readers see it: kind, reason and document of what touches health only by its
 * owner and the named officer; everybody else reads "sakit/izin" and whether a document is there.
 */
#include "org/org_notice_routes.h"

#include "base/str.h"

#include <string.h>

static const struct field item_fields[] = {
	F_ID(struct notice_item, notice, 0, "The notice."),
	F_ID(struct notice_item, employee, 0, "Whose it is."),
	F_TEXT(struct notice_item, full_name, 1, 240, 0, "His name with titles."),
	F_TEXT(struct notice_item, position, 0, 120, 0, "Position on its first day."),
	F_TEXT(struct notice_item, unit_name, 0, 200, 0, "Unit on its first day."),
	F_ENUM(struct notice_item, kind, shown_kind_names, 0, "What is asked, as one may know it."),
	F_BOOL(struct notice_item, masked, 0,
		"Kind, reason and document are for its owner and the named officer."),
	F_DAY(struct notice_item, from, 0, "First day."),
	F_DAY(struct notice_item, to, 0, "Last day."),
	F_MINUTE(struct notice_item, from_minute, OPTIONAL, "Part of each day: from."),
	F_MINUTE(struct notice_item, to_minute, OPTIONAL, "Part of each day: to."),
	F_ENUM(struct notice_item, state, notice_state_names, 0, "Waiting, or what became of it."),
	F_INT(struct notice_item, version, 1, INT32_MAX, 0, "To be named when deciding."),
	F_ENUM(struct notice_item, decider, decider_names, 0,
		"Who decides: officer when it was told late or nobody is his superior."),
	F_TEXT(struct notice_item, reason, 0, 500, OPTIONAL, "Why; absent when masked."),
	F_TEXTS(struct notice_item, places, place_count, 0, PLACES_MAX, 0,
		"Places of outside duty, in their order."),
	F_INSTANT(struct notice_item, made_at, 0, "When the phone says it was told."),
	F_INSTANT(struct notice_item, received_at, 0, "When it arrived."),
	F_BOOL(struct notice_item, entered_by_officer, 0, "Told by an officer for him."),
	F_TEXT(struct notice_item, entered_by_name, 1, 240, OPTIONAL,
		"Which officer; absent when he told it himself."),
	F_BOOL(struct notice_item, has_document, 0, "A document is there."),
	F_DAY(struct notice_item, document_due, OPTIONAL, "It may follow until this day."),
	F_BOOL(struct notice_item, is_overdue, 0, "That day is over and it is not there."),
	F_TEXT(struct notice_item, document_sha256, 64, 64, OPTIONAL,
		"The document, for who may read it."),
	F_TEXT(struct notice_item, document_name, 0, 200, OPTIONAL, "Its name."),
	F_TEXT(struct notice_item, decided_by_name, 1, 240, OPTIONAL, "Who decided."),
	F_INSTANT(struct notice_item, decided_at, OPTIONAL, "When."),
	F_TEXT(struct notice_item, decision, 0, 500, OPTIONAL, "With which words."),
	F_INSTANT(struct notice_item, status_withdrawn_at, OPTIONAL,
		"What was accepted was withdrawn then."),
	F_BOOL(struct notice_item, may_decide, 0, "The one who asks is to decide it."),
	F_END,
};
const struct shape org_notice_item_shape = SHAPE("Notice", struct notice_item, item_fields);

static const struct field list_fields[] = {
	F_LIST(struct notice_list, items, count, &org_notice_item_shape, 0, NOTICES_PAGE, 0,
		"Newest first."),
	F_ID(struct notice_list, next, OPTIONAL, "Cursor of the next page."),
	F_END,
};
const struct shape org_notice_list_shape = SHAPE("Notices", struct notice_list, list_fields);

const char **org_split_lines(struct arena *arena, const char *text, int *ret_count)
{
	const char **line = ARENA_ARRAY(arena, PLACES_MAX, const char *);
	char *rest = arena_strdup(arena, text), *one;

	*ret_count = 0;
	while (*ret_count < PLACES_MAX && (one = strsep(&rest, "\n"))) {
		if (*one)
			line[(*ret_count)++] = one;
	}
	return line;
}

const char *org_join_lines(struct arena *arena, const char *const *line, int lines)
{
	struct buf b;

	buf_init(&b, arena, 128);
	buf_str(&b, "");
	for (int i = 0; i < lines; i++) {
		char *one = str_trim(arena_strdup(arena, line[i]));

		for (char *p = one; *p; p++) {
			if (*p == '\n')
				*p = ' ';
		}
		if (*one && b.n)
			buf_char(&b, '\n');
		buf_str(&b, one);
	}
	return b.p;
}

static const char *office_path(const struct org_tree *tree, struct unit_id unit)
{
	const struct org_unit *u = org_find_unit(tree, unit);

	if (unit.v == 0)
		return "/";
	return u ? u->path : NULL;
}

enum err org_load_notice_reader(struct req *rq, struct notice_reader *ret)
{
	struct role_row *role = ARENA_ARRAY(rq->tx->arena, ROLES_MAX, struct role_row);
	const struct org_tree *tree;
	int roles;
	enum err e = org_load_tree(rq->tx, &tree);

	*ret = (struct notice_reader){.employee = rq->actor.employee, .today = req_today(rq)};
	if (e || (e = org_list_roles(rq->tx, ret->employee, ret->today, role, &roles)))
		return e;
	for (int i = 0; i < roles; i++) {
		const char *path = office_path(tree, role[i].unit);

		if (path)
			ret->office[ret->offices++] = (struct reader_office){role[i].role, path};
	}
	return org_load_scopes(rq, P_MEDICAL_READ, &ret->medical);
}

struct decider_standing org_notice_standing(
	const struct notice_reader *reader, const struct org_notice_line *line)
{
	const char *path = *line->unit_path ? line->unit_path : "/";
	struct decider_standing s = {.is_self = reader->employee.v == line->notice.employee.v,
		.is_supervisor = line->is_supervised};

	for (int i = 0; i < reader->offices; i++) {
		if (!org_is_path_below(path, reader->office[i].path))
			continue;
		s.is_agency_head |= reader->office[i].role == ROLE_AGENCY_HEAD;
		s.is_officer |= reader->office[i].role == ROLE_AGENCY_OFFICER;
		s.is_bkd |= reader->office[i].role == ROLE_BKD;
	}
	return s;
}

static bool may_know(const struct notice_reader *reader, const struct org_notice_line *line)
{
	const struct org_notice *n = &line->notice;

	if (reader->employee.v == n->employee.v || reader->employee.v == n->entered_by.v)
		return true;
	if (!n->sensitive && !org_is_private_kind((enum status_kind)n->kind))
		return true;
	return org_in_scopes(&reader->medical, *line->unit_path ? line->unit_path : NULL);
}

/* The decision of a refusal may speak of health too. */
static void show_private(struct notice_item *item, const struct org_notice *n)
{
	item->reason = n->reason;
	item->decision = n->decided_at ? n->decision : NULL;
	if (n->document_at) {
		item->document_sha256 = n->document_sha256;
		item->document_name = n->document_name;
	}
}

struct notice_item org_make_notice_item(
	struct arena *arena, const struct notice_reader *reader, const struct org_notice_line *line)
{
	const struct org_notice *n = &line->notice;
	const bool known = may_know(reader, line);
	const struct decider_standing standing = org_notice_standing(reader, line);
	const bool is_open = n->state == NOTICE_WAITING || n->state == NOTICE_ACCEPTED;
	struct notice_item item = {.notice = n->notice_id,
		.employee = n->employee,
		.full_name = line->full_name,
		.position = line->position,
		.unit_name = line->unit_name,
		.kind = org_shown_kind((enum status_kind)n->kind, known),
		.from = n->from,
		.to = n->to,
		.from_minute = n->from_minute,
		.to_minute = n->to_minute,
		.state = n->state,
		.version = n->version,
		.decider = n->decider,
		.made_at = n->made_at,
		.received_at = n->received_at,
		.masked = !known,
		.has_document = n->document_at != 0,
		.is_overdue = is_open && org_is_document_overdue(
						 n->document_due, n->document_at, reader->today),
		.may_decide = n->state == NOTICE_WAITING &&
			      org_may_decide((enum decider)n->decider, &standing),
		.entered_by_officer = n->entered_by.v != n->employee.v,
		.entered_by_name = n->entered_by.v != n->employee.v ? line->entered_by_name : NULL,
		.document_due = n->document_due ? n->document_due : DAY_NONE,
		.decided_by_name = line->decided_by_name,
		.decided_at = n->decided_at ? n->decided_at : INSTANT_NONE,
		.status_withdrawn_at = line->status_ended_at ? line->status_ended_at
							     : INSTANT_NONE};

	item.places = org_split_lines(arena, n->route, &item.place_count);
	if (known)
		show_private(&item, n);
	return item;
}

enum err org_reply_notices(struct req *rq, const struct org_notice_line *line, int count)
{
	const int shown = count > NOTICES_PAGE ? NOTICES_PAGE : count;
	struct notice_list list = {
		.items = ARENA_ARRAY(rq->tx->arena, NOTICES_PAGE, struct notice_item),
		.count = shown,
		.next = count > shown ? line[shown - 1].notice.notice_id : 0};
	struct notice_reader reader;
	enum err e = org_load_notice_reader(rq, &reader);

	for (int i = 0; !e && i < shown; i++)
		list.items[i] = org_make_notice_item(rq->tx->arena, &reader, &line[i]);
	return e ? e : reply(rq, 200, &list);
}
