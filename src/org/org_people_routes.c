/*
 * People for the personnel offices: the list of a unit, search, and one-time codes.
 *
 * The reach of a list comes from the same pure rule as a single request (org_load_scopes). A
 * one-time code opens an account without e-mail or SMS: it is printed on a slip and handed over by
 * the unit's officer; nobody makes one for himself. The NIP is shown in full, and searched, only
 * where the reader holds nip_read (personnel offices and the inspectorate); heads see their people
 * with its last digits. Nowhere else is it shown at all.
 */
#include "org/org_routes.h"

#include "base/str.h"
#include "org/org_rows.h"
#include "platform/auth.h"

#include <string.h>

#define PAGE_DEFAULT    50
#define PAGE_MAX        200
#define SEARCH_MAX      50
#define CODES_MAX       200
#define CODE_VALID_DAYS 14

struct person_item {
	struct employee_id id;
	const char *nip, *name, *full_name, *position, *unit_name;
	int32_t employment_kind, position_level, account;
	struct unit_id unit;
	bool has_phone;
};

struct people {
	struct person_item *items;
	int count;
	struct employee_id next;
	bool may_issue;
};

static const char *const account_names[] = {"none", "waiting", "active", NULL};

static const struct field person_fields[] = {
	F_ID(struct person_item, id, 0, "The employee."),
	F_TEXT(struct person_item, nip, 18, 18, 0,
		"NIP or NI PPPK; all but the last three digits are stars for heads."),
	F_TEXT(struct person_item, name, 1, 120, 0, "Name without titles."),
	F_TEXT(struct person_item, full_name, 1, 240, 0, "Name with titles."),
	F_ENUM(struct person_item, employment_kind, employment_kind_names, 0,
		"PNS, CPNS, PPPK, part time."),
	F_TEXT(struct person_item, position, 0, 120, 0, "Position today."),
	F_ENUM(struct person_item, position_level, position_level_names, 0, "Its level."),
	F_ID(struct person_item, unit, OPTIONAL, "Unit of today; absent: not placed."),
	F_TEXT(struct person_item, unit_name, 0, 200, 0, "Its name."),
	F_BOOL(struct person_item, has_phone, 0, "Has a phone that can be used."),
	F_ENUM(struct person_item, account, account_names, 0, "Whether he can sign in."),
	F_END,
};
static const struct shape person_shape = SHAPE("Person", struct person_item, person_fields);

static const struct field people_fields[] = {
	F_LIST(struct people, items, count, &person_shape, 0, PAGE_MAX, 0, "Employees."),
	F_ID(struct people, next, OPTIONAL, "Cursor of the next page."),
	F_END,
};
const struct shape org_people_shape = SHAPE("People", struct people, people_fields);

static const struct field unit_list_fields[] = {
	F_LIST(struct people, items, count, &person_shape, 0, PAGE_MAX, 0, "Employees."),
	F_ID(struct people, next, OPTIONAL, "Cursor of the next page."),
	F_BOOL(struct people, may_issue, 0,
		"The one who asks may issue codes to all of them but himself."),
	F_END,
};
const struct shape org_unit_list_shape = SHAPE("UnitPeople", struct people, unit_list_fields);

static struct person_item make_person(struct arena *arena, const struct org_tree *tree,
	const struct org_scopes *nip_scopes, const struct org_person *p)
{
	const struct employee_row row = {
		.name = p->name, .title_before = p->title_before, .title_after = p->title_after};
	const struct org_unit *unit = org_find_unit(tree, p->unit);
	bool is_open = org_in_scopes(nip_scopes, unit ? unit->path : NULL);

	return (struct person_item){p->id, is_open ? p->nip : org_mask_nip(arena, p->nip), p->name,
		org_full_name(arena, &row), p->position, org_unit_name(tree, p->unit),
		p->employment_kind, p->position_level, p->account, p->unit, p->has_phone};
}

static enum err make_people(struct req *rq, const struct org_tree *tree,
	const struct org_person *person, int count, struct people *ret)
{
	struct arena *arena = rq->tx->arena;
	struct org_scopes nip_scopes;
	enum err e = org_load_scopes(rq, P_NIP_READ, &nip_scopes);

	*ret = (struct people){
		.items = ARENA_ARRAY(arena, (size_t)count, struct person_item), .count = count};
	for (int i = 0; i < count && !e; i++)
		ret->items[i] = make_person(arena, tree, &nip_scopes, &person[i]);
	return e;
}

/* ---- people of a unit ---- */

struct unit_people {
	struct unit_id unit;
	struct employee_id cursor;
	int32_t limit;
};

static const struct field unit_people_fields[] = {
	PATH_ID(struct unit_people, unit, "The unit; people below it are listed too."),
	Q_ID(struct unit_people, cursor, OPTIONAL, "next of the page before."),
	Q_INT(struct unit_people, limit, 1, PAGE_MAX, OPTIONAL, "Rows of a page; 50 when absent."),
	F_END,
};
const struct shape org_unit_people_shape = SHAPE(
	"UnitPeopleQuery", struct unit_people, unit_people_fields);

enum err org_find_unit_object(struct req *rq, struct object *ret_object)
{
	const struct unit_people *in = rq->input;

	return org_find_object(rq->tx, in->unit, ret_object);
}

static bool is_leaf(const struct org_tree *tree, const struct org_unit *unit)
{
	for (int i = 0; i < tree->units; i++) {
		if (tree->unit[i].parent.v == unit->id.v)
			return false;
	}
	return true;
}

enum err org_get_unit_people(struct req *rq)
{
	const struct unit_people *in = rq->input;
	const int limit = in->limit == INT_NONE ? PAGE_DEFAULT : in->limit;
	struct org_person *person = ARENA_ARRAY(rq->tx->arena, PAGE_MAX, struct org_person);
	const struct org_tree *tree;
	int count = 0;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e)
		return e;
	const struct org_unit *unit = org_find_unit(tree, in->unit);
	if (is_leaf(tree, unit))
		e = org_list_unit_people(
			rq->tx, unit->id, req_today(rq), in->cursor, person, limit, &count);
	else
		e = org_list_subtree_people(
			rq->tx, unit->path, req_today(rq), in->cursor, person, limit, &count);
	if (e)
		return e;
	struct people list;
	struct org_scopes issues;
	if ((e = make_people(rq, tree, person, count, &list)) ||
		(e = org_load_scopes(rq, P_CODE_ISSUE, &issues)))
		return e;
	list.may_issue = org_in_scopes(&issues, unit->path);
	if (count == limit)
		list.next = person[count - 1].id;
	return reply(rq, 200, &list);
}

/* ---- search ---- */

struct search {
	const char *query;
};

static const struct field search_fields[] = {
	Q_TEXT(struct search, query, 3, 60, 0, "Beginning of a NIP, or part of a name."),
	F_END,
};
const struct shape org_search_shape = SHAPE("PeopleQuery", struct search, search_fields);

static bool is_nip_query(const char *query)
{
	return query[strspn(query, "0123456789")] == '\0';
}

static enum err search_scope(struct req *rq, const char *path, const char *query,
	struct org_person *ret_person, int max, int *ret_count)
{
	if (is_nip_query(query))
		return org_find_people_by_nip(
			rq->tx, path, req_today(rq), query, ret_person, max, ret_count);
	return org_find_people_by_name(
		rq->tx, path, req_today(rq), query, ret_person, max, ret_count);
}

enum err org_get_people(struct req *rq)
{
	const struct search *in = rq->input;
	struct org_person *person = ARENA_ARRAY(rq->tx->arena, SEARCH_MAX, struct org_person);
	const struct org_tree *tree;
	struct org_scopes scopes;
	int count = 0;
	enum err e = org_load_tree(rq->tx, &tree);

	if (!e)
		e = org_load_scopes(
			rq, is_nip_query(in->query) ? P_NIP_READ : P_PEOPLE_READ, &scopes);
	for (int i = 0; !e && i < scopes.paths && count < SEARCH_MAX; i++) {
		int found = 0;

		e = search_scope(
			rq, scopes.path[i], in->query, person + count, SEARCH_MAX - count, &found);
		count += found;
	}
	if (e)
		return e;
	struct people list;
	if ((e = make_people(rq, tree, person, count, &list)))
		return e;
	return reply(rq, 200, &list);
}

/* ---- one-time codes ---- */

struct codes_input {
	int64_t *employees;
	int count;
};

struct code_item {
	struct employee_id employee;
	const char *nip, *name, *unit, *code;
	int64_t expires_at;
};

enum skip_reason { SKIP_ONESELF, SKIP_DISABLED };
static const char *const skip_reason_names[] = {"oneself", "disabled", NULL};

struct skipped_item {
	struct employee_id employee;
	int32_t reason;
};

struct codes {
	struct code_item *items;
	int count;
	struct skipped_item *skipped;
	int skips;
};

static const struct field codes_input_fields[] = {
	F_IDS(struct codes_input, employees, count, 1, CODES_MAX, 0, "Employees who get a code."),
	F_END,
};
const struct shape org_codes_input_shape = SHAPE(
	"CodesInput", struct codes_input, codes_input_fields);

static const struct field code_item_fields[] = {
	F_ID(struct code_item, employee, 0, "The employee."),
	F_TEXT(struct code_item, nip, 18, 18, 0, "NIP, for the sheet of the unit."),
	F_TEXT(struct code_item, name, 1, 240, 0, "Name with titles."),
	F_TEXT(struct code_item, unit, 0, 200, 0, "Name of the unit."),
	F_TEXT(struct code_item, code, 1, 40, 0,
		"Shown once; opens the account or sets a new password."),
	F_INSTANT(struct code_item, expires_at, 0, "Not valid afterwards."),
	F_END,
};
static const struct shape code_item_shape = SHAPE("Code", struct code_item, code_item_fields);

static const struct field skipped_fields[] = {
	F_ID(struct skipped_item, employee, 0, "The employee."),
	F_ENUM(struct skipped_item, reason, skip_reason_names, 0,
		"Nobody makes a code for himself, or for an account an operator closed."),
	F_END,
};
static const struct shape skipped_shape = SHAPE("CodeSkipped", struct skipped_item, skipped_fields);

static const struct field codes_fields[] = {
	F_LIST(struct codes, items, count, &code_item_shape, 0, CODES_MAX, 0,
		"Codes in the order asked."),
	F_LIST(struct codes, skipped, skips, &skipped_shape, 0, CODES_MAX, 0,
		"Who of the list gets none, and why."),
	F_END,
};
const struct shape org_codes_shape = SHAPE("Codes", struct codes, codes_fields);

/* The employee, when the actor may hand him a code; else the reply for a missing one. */
static enum err load_recipient(struct req *rq, const struct org_tree *tree,
	const struct org_scopes *scopes, int index, struct org_person *ret_person)
{
	const struct codes_input *in = rq->input;
	const struct employee_id employee = {in->employees[index]};
	const char *pointer = arena_printf(rq->tx->arena, "/employees/%d", index);
	enum err e = org_load_person(rq->tx, employee, req_today(rq), ret_person);

	if (e == E_NOT_FOUND)
		return refuse(rq, E_NOT_FOUND, pointer, "no such employee");
	if (e)
		return e;
	const struct org_unit *unit = org_find_unit(tree, ret_person->unit);
	if (!org_in_scopes(scopes, unit ? unit->path : NULL))
		return refuse(rq, E_NOT_FOUND, pointer, "no such employee");
	return OK;
}

static enum err issue_code(struct req *rq, const struct org_tree *tree, const struct org_person *p,
	struct code_item *ret)
{
	const struct employee_row row = {
		.name = p->name, .title_before = p->title_before, .title_after = p->title_after};

	*ret = (struct code_item){p->id, p->nip, org_full_name(rq->tx->arena, &row),
		org_unit_name(tree, p->unit), NULL, rq->tx->now_ms + CODE_VALID_DAYS * MS_PER_DAY};
	enum err e = auth_add_code(rq->tx, p->id, rq->actor.employee, CODE_VALID_DAYS, &ret->code);
	if (e == E_NOT_FOUND && !(e = org_add_account(rq->tx, p->id, p->nip, NULL)))
		e = auth_add_code(rq->tx, p->id, rq->actor.employee, CODE_VALID_DAYS, &ret->code);
	return e;
}

/* A code for the one at `index` of the list, or why there is none. */
static enum err add_code(struct req *rq, const struct org_tree *tree,
	const struct org_scopes *scopes, int index, struct codes *list)
{
	const struct codes_input *in = rq->input;
	const struct employee_id employee = {in->employees[index]};
	bool is_oneself = employee.v == rq->actor.employee.v;
	struct org_person person = {0};
	enum err e = is_oneself ? OK : load_recipient(rq, tree, scopes, index, &person);

	if (!is_oneself && !e)
		e = issue_code(rq, tree, &person, &list->items[list->count]);
	if (is_oneself || e == E_CONFLICT) {
		list->skipped[list->skips++] = (struct skipped_item){
			employee, is_oneself ? SKIP_ONESELF : SKIP_DISABLED};
		return OK;
	}
	list->count += !e;
	return e;
}

static bool is_for_oneself_alone(const struct req *rq)
{
	const struct codes_input *in = rq->input;

	for (int i = 0; i < in->count; i++) {
		if (in->employees[i] != rq->actor.employee.v)
			return false;
	}
	return true;
}

enum err org_post_codes(struct req *rq)
{
	const struct codes_input *in = rq->input;
	struct codes list = {.items = ARENA_ARRAY(rq->tx->arena, CODES_MAX, struct code_item),
		.skipped = ARENA_ARRAY(rq->tx->arena, CODES_MAX, struct skipped_item)};
	const struct org_tree *tree;
	struct org_scopes scopes;
	enum err e = org_load_tree(rq->tx, &tree);

	if (!e)
		e = org_load_scopes(rq, P_CODE_ISSUE, &scopes);
	for (int i = 0; !e && i < in->count; i++)
		e = add_code(rq, tree, &scopes, i, &list);
	if (!e && is_for_oneself_alone(rq))
		return refuse(rq, E_NOT_FOUND, "/employees/0", "no such employee");
	return e ? e : reply(rq, 200, &list);
}
