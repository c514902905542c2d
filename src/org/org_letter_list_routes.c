/*
 * Letters of the units of an office, newest first, and one with the people it covers.
 */
#include "org/org_notice_routes.h"

#include <stdlib.h>

#define LETTERS_PAGE 50

struct letter_item {
	int64_t letter;
	struct unit_id unit;
	int32_t kind, issued, from, to, from_minute, to_minute, members;
	const char *unit_name, *number, *signer, *subject, *file_sha256, *file_name, *withdrawn_why;
	const char **places;
	int place_count;
	int64_t entered_at, withdrawn_at;
};

static const struct field item_fields[] = {
	F_ID(struct letter_item, letter, 0, "The letter."),
	F_ID(struct letter_item, unit, 0, "The unit that entered it."),
	F_TEXT(struct letter_item, unit_name, 0, 200, 0, "Its name."),
	F_ENUM(struct letter_item, kind, status_kind_names, 0, "Outside duty, training, leave."),
	F_TEXT(struct letter_item, number, 1, 100, 0, "Number."),
	F_DAY(struct letter_item, issued, 0, "Date."),
	F_TEXT(struct letter_item, signer, 0, 120, 0, "Who signed it."),
	F_TEXT(struct letter_item, subject, 0, 300, 0, "What it is about."),
	F_TEXTS(struct letter_item, places, place_count, 0, PLACES_MAX, 0, "Places."),
	F_DAY(struct letter_item, from, 0, "First day."),
	F_DAY(struct letter_item, to, 0, "Last day."),
	F_MINUTE(struct letter_item, from_minute, OPTIONAL, "Part of each day: from."),
	F_MINUTE(struct letter_item, to_minute, OPTIONAL, "Part of each day: to."),
	F_TEXT(struct letter_item, file_sha256, 64, 64, OPTIONAL, "The scanned letter."),
	F_TEXT(struct letter_item, file_name, 0, 200, OPTIONAL, "Its name."),
	F_INT(struct letter_item, members, 0, LETTER_MEMBERS_MAX, 0, "How many it covers now."),
	F_INSTANT(struct letter_item, entered_at, 0, "When it was entered."),
	F_INSTANT(struct letter_item, withdrawn_at, OPTIONAL, "Withdrawn then."),
	F_TEXT(struct letter_item, withdrawn_why, 0, 300, OPTIONAL, "Why."),
	F_END,
};
static const struct shape item_shape = SHAPE("Letter", struct letter_item, item_fields);

struct letters {
	struct letter_item *items;
	int count;
	int64_t next;
};

static const struct field letters_fields[] = {
	F_LIST(struct letters, items, count, &item_shape, 0, LETTERS_PAGE, 0, "Newest first."),
	F_ID(struct letters, next, OPTIONAL, "Cursor of the next page."),
	F_END,
};
const struct shape org_letters_shape = SHAPE("Letters", struct letters, letters_fields);

struct letters_query {
	int64_t cursor;
};

static const struct field query_fields[] = {
	Q_ID(struct letters_query, cursor, OPTIONAL, "The next of the page before."),
	F_END,
};
const struct shape org_letters_query_shape = SHAPE(
	"LettersQuery", struct letters_query, query_fields);

struct letter_path {
	int64_t letter;
};

static const struct field path_fields[] = {
	PATH_ID(struct letter_path, letter, "The letter."),
	F_END,
};
const struct shape org_letter_path_shape = SHAPE("LetterPath", struct letter_path, path_fields);

struct letter_member_item {
	struct employee_id employee;
	const char *full_name, *position;
	int64_t withdrawn_at;
};

static const struct field member_fields[] = {
	F_ID(struct letter_member_item, employee, 0, "Who."),
	F_TEXT(struct letter_member_item, full_name, 1, 240, 0, "His name with titles."),
	F_TEXT(struct letter_member_item, position, 0, 120, 0, "Position on its first day."),
	F_INSTANT(struct letter_member_item, withdrawn_at, OPTIONAL, "Taken off it then."),
	F_END,
};
static const struct shape member_shape = SHAPE(
	"LetterMember", struct letter_member_item, member_fields);

struct letter_detail {
	struct letter_item letter;
	struct letter_member_item *people;
	int count;
};

static const struct field detail_fields[] = {
	F_OBJECT(struct letter_detail, letter, &item_shape, 0, "The letter."),
	F_LIST(struct letter_detail, people, count, &member_shape, 0, LETTER_MEMBERS_MAX, 0,
		"Whom it covers, by name; those taken off it too."),
	F_END,
};
const struct shape org_letter_detail_shape = SHAPE(
	"LetterDetail", struct letter_detail, detail_fields);

static enum err find_unit_of(struct req *rq, int64_t letter_id, struct object *ret_object)
{
	struct org_letter letter;
	enum err e = org_load_letter(rq->tx, letter_id, &letter);

	if (!e)
		ret_object->unit = letter.unit;
	return e;
}

/* Every path of a letter begins with its id. */
enum err org_find_letter(struct req *rq, struct object *ret_object)
{
	const int64_t *letter_id = rq->input;

	return find_unit_of(rq, *letter_id, ret_object);
}

static struct letter_item make_item(
	struct arena *arena, const struct org_tree *tree, const struct org_letter *l)
{
	struct letter_item item = {.letter = l->letter_id,
		.unit = l->unit,
		.kind = l->kind,
		.issued = l->issued,
		.from = l->from,
		.to = l->to,
		.from_minute = l->from_minute,
		.to_minute = l->to_minute,
		.members = l->members,
		.unit_name = org_unit_name(tree, l->unit),
		.number = l->number,
		.signer = l->signer,
		.subject = l->subject,
		.file_sha256 = *l->file_sha256 ? l->file_sha256 : NULL,
		.file_name = *l->file_sha256 ? l->file_name : NULL,
		.withdrawn_why = l->withdrawn_at ? l->withdrawn_why : NULL,
		.entered_at = l->entered_at,
		.withdrawn_at = l->withdrawn_at ? l->withdrawn_at : INSTANT_NONE};

	item.places = org_split_lines(arena, l->route, &item.place_count);
	return item;
}

static int by_id(const void *a, const void *b)
{
	const struct org_letter *x = a, *y = b;

	return (x->letter_id < y->letter_id) - (x->letter_id > y->letter_id);
}

enum err org_get_letters(struct req *rq)
{
	const struct letters_query *in = rq->input;
	struct org_scopes scopes;
	const struct org_tree *tree;
	int total = 0;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = org_load_scopes(rq, P_LETTER_READ, &scopes)))
		return e;
	struct org_letter *letter = ARENA_ARRAY(
		rq->tx->arena, (size_t)(scopes.paths + 1) * (LETTERS_PAGE + 1), struct org_letter);
	for (int i = 0; i < scopes.paths && !e; i++) {
		int count;

		e = org_list_letters(rq->tx, scopes.path[i], in->cursor, letter + total,
			LETTERS_PAGE + 1, &count);
		total += e ? 0 : count;
	}
	if (e)
		return e;
	qsort(letter, (size_t)total, sizeof(letter[0]), by_id);
	struct letters out = {.items = ARENA_ARRAY(rq->tx->arena, LETTERS_PAGE, struct letter_item),
		.count = total > LETTERS_PAGE ? LETTERS_PAGE : total};
	for (int i = 0; i < out.count; i++)
		out.items[i] = make_item(rq->tx->arena, tree, &letter[i]);
	if (total > out.count)
		out.next = letter[out.count - 1].letter_id;
	return reply(rq, 200, &out);
}

enum err org_get_letter(struct req *rq)
{
	const struct letter_path *in = rq->input;
	struct org_letter_member *member = ARENA_ARRAY(
		rq->tx->arena, LETTER_MEMBERS_MAX, struct org_letter_member);
	struct letter_detail *d = ARENA_NEW(rq->tx->arena, struct letter_detail);
	struct org_letter letter;
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = org_load_letter(rq->tx, in->letter, &letter)) ||
		(e = org_list_letter_members(
			 rq->tx, in->letter, member, LETTER_MEMBERS_MAX, &d->count)))
		return e;
	d->letter = make_item(rq->tx->arena, tree, &letter);
	d->people = ARENA_ARRAY(rq->tx->arena, (size_t)d->count, struct letter_member_item);
	for (int i = 0; i < d->count; i++)
		d->people[i] = (struct letter_member_item){member[i].employee, member[i].full_name,
			member[i].position,
			member[i].withdrawn_at ? member[i].withdrawn_at : INSTANT_NONE};
	return reply(rq, 200, d);
}
