/*
 * Closing a month, and supplements to it.
 *
 * The head of the unit closes, definitive, plt or plh, once nothing waits; a unit without a head
 * goes one level up. Closing writes the lines down and commits to them with one leaf of the log:
 * the hash of their canonical text. There is no way back. What is corrected afterwards shows as
 * differences, day by day with what decided them, and is sealed as the next supplement.
 */
#include "reports/reports_recap_routes.h"

#include "base/str.h"
#include "platform/changes.h"
#include "platform/clock.h"
#include "reports/reports_routes.h"
#include "trust/trust.h"

#define CHANGES_PAGE 200

/* ---- sealing ---- */

struct sealed_fact {
	int64_t recap, unit;
	int32_t month, part, people;
	const char *sha256;
	int64_t sealed_by;
	int32_t acting;
	const char *letter, *reason;
};

static const struct field sealed_fields[] = {
	F_ID(struct sealed_fact, recap, 0, "Recap."),
	F_ID(struct sealed_fact, unit, 0, "Unit."),
	F_DAY(struct sealed_fact, month, 0, "Month."),
	F_INT(struct sealed_fact, part, 0, RECAP_PARTS_MAX, 0, "0 the closing."),
	F_INT(struct sealed_fact, people, 0, RECAP_PEOPLE_MAX, 0, "Lines."),
	F_TEXT(struct sealed_fact, sha256, 64, 64, 0, "Of the lines."),
	F_ID(struct sealed_fact, sealed_by, 0, "Head."),
	F_ENUM(struct sealed_fact, acting, acting_names, 0, "How he holds the office."),
	F_TEXT(struct sealed_fact, letter, 0, 120, 0, "Letter."),
	F_TEXT(struct sealed_fact, reason, 0, 500, 0, "Reason."),
	F_END,
};
static const struct shape sealed_shape = SHAPE("RecapSealed", struct sealed_fact, sealed_fields);

/* A line of the canonical text: fields apart by a control character that no name holds. */
static void add_canonical(struct buf *text, const struct recap_sealed_line *l)
{
	buf_int(text, l->employee.v);
	buf_printf(text, "\x1f%s\x1f%s\x1f%s\x1f%s\n", l->nip, l->name, l->position, l->days);
}

static struct recap_sealed_line line_of(struct arena *arena, const struct recap_person *p)
{
	return (struct recap_sealed_line){
		p->employee, p->nip, p->name, p->position, recap_format_days(arena, p)};
}

static void add_leaf(struct tx *tx, const struct recap_part *p)
{
	char hex[65];
	struct sealed_fact fact = {p->recap_id, p->unit.v, p->month, p->part, p->people, hex,
		p->sealed_by.v, p->acting, p->letter, p->reason};

	hex_encode(p->sha256.b, sizeof p->sha256.b, hex);
	reports_add_leaf(tx, LEAF_RECAP, p->recap_id, &sealed_shape, &fact);
}

/* Writes the lines of a part and the part itself. `total` is what the unit comes to after it. */
static enum err seal(struct tx *tx, struct recap_part *p, const struct recap_person *person,
	int people, const struct recap_line *total, struct buf *canonical)
{
	struct buf totals;
	enum err e = OK;

	buf_init(&totals, tx->arena, 256);
	recap_format_line(total, &totals);
	for (int i = 0; i < people && !e; i++) {
		struct recap_sealed_line line = line_of(tx->arena, &person[i]);

		add_canonical(canonical, &line);
		e = recap_add_line_row(tx, p->recap_id, &line);
	}
	p->people = people;
	p->totals = totals.p;
	p->sha256 = hash_of(canonical->p, canonical->n);
	if (e || (e = recap_add_part(tx, p)))
		return e;
	add_leaf(tx, p);
	return OK;
}

static struct buf begin_canonical(struct arena *arena, const struct recap_part *p)
{
	struct buf text;
	char month[11];

	day_format(p->month, month);
	buf_init(&text, arena, 16 * 1024);
	buf_printf(&text, "luwes/recap/1 unit %lld month %.7s part %d\n", (long long)p->unit.v,
		month, p->part);
	return text;
}

/* ---- who ---- */

/* The office by which the actor seals for the unit, or a refusal that says who does. */
static enum err find_office(struct req *rq, struct unit_id unit, struct recap_head *ret)
{
	struct recap_head head[RECAP_HEADS_MAX];
	const struct org_tree *tree;
	int heads, found;
	enum err e = org_load_tree(rq->tx, &tree);

	if (!e)
		e = recap_list_heads(rq->tx, tree, unit, req_today(rq), head, &heads);
	if (e)
		return e;
	found = recap_find_closer(head, heads, rq->actor.employee);
	if (found < 0)
		return refuse(rq, E_REFUSED, "/unit",
			"the head of the unit seals it, definitive, plt or plh; of a unit without "
			"one the head above");
	*ret = head[found];
	return OK;
}

static struct recap_part new_part(
	const struct req *rq, const struct recap_head *office, struct unit_id unit, int32_t month)
{
	return (struct recap_part){
		.unit = unit,
		.month = month,
		.recap_id = id_next(),
		.sealed_by = rq->actor.employee,
		.acting = (int32_t)office->acting,
		.letter = office->letter,
		.sealed_at = rq->tx->now_ms,
		.reason = "",
	};
}

/* ---- POST close ---- */

static const struct field close_fields[] = {
	PATH_ID(struct recap_input, unit, "The unit."),
	F_DAY(struct recap_input, month, 0, "Any day of the month."),
	F_END,
};
const struct shape recap_close_shape = SHAPE("RecapClose", struct recap_input, close_fields);

struct closed_view {
	int64_t recap;
	int32_t part, people;
	const char *sha256;
};

static const struct field closed_fields[] = {
	F_ID(struct closed_view, recap, 0, "What was sealed."),
	F_INT(struct closed_view, part, 0, RECAP_PARTS_MAX, 0, "0 the closing, then supplements."),
	F_INT(struct closed_view, people, 0, RECAP_PEOPLE_MAX, 0, "Lines in it."),
	F_TEXT(struct closed_view, sha256, 64, 64, 0, "Of its content, hexadecimal."),
	F_END,
};
const struct shape recap_closed_shape = SHAPE("RecapClosed", struct closed_view, closed_fields);

static enum err reply_sealed(struct req *rq, const struct recap_part *p)
{
	char hex[65];
	struct closed_view out = {p->recap_id, p->part, p->people, hex};

	hex_encode(p->sha256.b, sizeof p->sha256.b, hex);
	return reply(rq, 200, &out);
}

static enum err check_open(struct req *rq, struct unit_id unit, int32_t month)
{
	bool is_closed;
	enum err e = attendance_load_is_closed(rq->tx, unit, month, &is_closed);

	if (!e && is_closed)
		return refuse(rq, E_CONFLICT, "/month",
			"closed already, and there is no way back: what changed since becomes a "
			"supplement");
	return e;
}

static enum err check_blockers(struct req *rq, const struct recap_month *m)
{
	struct blockers b;
	enum blocker first;
	enum err e = recap_load_blockers(rq, m, &b);

	if (e)
		return e;
	first = recap_find_blocker(&b);
	return first == BLOCKER_COUNT ? OK : refuse(rq, E_REFUSED, "/month", recap_remedy(first));
}

enum err recap_post_close(struct req *rq)
{
	const struct recap_input *in = rq->input;
	int32_t month = recap_month_asked(rq, in->month);
	struct recap_head office;
	struct recap_month m;
	struct recap_part part;
	struct buf canonical;
	enum err e;

	if ((e = find_office(rq, in->unit, &office)) || (e = check_open(rq, in->unit, month)) ||
		(e = recap_load_live(rq->tx, in->unit, month, &m)) ||
		(e = check_blockers(rq, &m)) || (e = recap_name_people(rq->tx, &m)))
		return e;
	part = new_part(rq, &office, in->unit, month);
	canonical = begin_canonical(rq->tx->arena, &part);
	if ((e = attendance_close_month(rq->tx, in->unit, month, rq->actor.employee)) ||
		(e = seal(rq->tx, &part, m.person, m.people, &m.total, &canonical)))
		return e;
	return reply_sealed(rq, &part);
}

/* ---- differences ---- */

static const struct recap_person *or_nobody(const struct recap_person *p)
{
	static const struct recap_person nobody;

	return p ? p : &nobody;
}

static const char *text_of(struct arena *arena, bool is_there, const struct recap_cell *cell)
{
	char text[RECAP_CELL_BYTES] = "";

	if (is_there)
		recap_format_cell(cell, text);
	return arena_strdup(arena, text);
}

static enum err compare_person(struct req *rq, const struct recap_person *was,
	const struct recap_person *is, int32_t month, int64_t since, struct recap_changes *ret)
{
	struct recap_difference d[RECAP_DAYS_MAX];
	const struct recap_person *who = is ? is : was;
	int found = recap_compare(or_nobody(was)->cell, or_nobody(was)->cells, or_nobody(is)->cell,
		or_nobody(is)->cells, month, d);
	enum err e = OK;

	for (int i = 0; i < found && !e && ret->changes < RECAP_CHANGES_MAX; i++) {
		struct recap_change *c = &ret->change[ret->changes++];

		e = recap_load_cause(rq->tx, who->employee, d[i].day, since, c);
		c->employee = who->employee;
		c->name = who->name;
		c->day = d[i].day;
		c->before = text_of(rq->tx->arena, d[i].was, &d[i].before);
		c->after = text_of(rq->tx->arena, d[i].is, &d[i].after);
	}
	return e;
}

/* Both months are by employee: who is in either of them, once. */
static enum err compare_months(
	struct req *rq, int32_t month, int64_t since, struct recap_changes *ret)
{
	const struct recap_month *a = &ret->sealed, *b = &ret->live;
	enum err e = OK;

	for (int i = 0, k = 0; !e && (i < a->people || k < b->people);) {
		const struct recap_person *was = i < a->people ? &a->person[i] : NULL;
		const struct recap_person *is = k < b->people ? &b->person[k] : NULL;

		if (was && is && was->employee.v != is->employee.v) {
			if (was->employee.v < is->employee.v)
				is = NULL;
			else
				was = NULL;
		}
		i += was != NULL;
		k += is != NULL;
		e = compare_person(rq, was, is, month, since, ret);
	}
	return e;
}

enum err recap_load_changes(struct req *rq, struct unit_id unit, int32_t month,
	const struct recap_part *last, struct recap_changes *ret)
{
	enum err e;

	*ret = (struct recap_changes){
		.change = ARENA_ARRAY(rq->tx->arena, RECAP_CHANGES_MAX, struct recap_change)};
	if ((e = recap_load_sealed(rq->tx, unit, month, RECAP_PARTS_MAX, &ret->sealed)) ||
		(e = recap_load_live(rq->tx, unit, month, &ret->live)) ||
		(e = recap_name_people(rq->tx, &ret->live)))
		return e;
	return compare_months(rq, month, last->sealed_at, ret);
}

/* ---- GET changes ---- */

static const struct field changes_query_fields[] = {
	PATH_ID(struct recap_input, unit, "The unit."),
	Q_DAY(struct recap_input, month, OPTIONAL, "Any day of the month; this month when absent."),
	Q_INT(struct recap_input, part, 1, RECAP_PARTS_MAX, OPTIONAL,
		"A supplement; what is not sealed yet when absent."),
	Q_ID(struct recap_input, cursor, OPTIONAL, "next of the page before."),
	F_END,
};
const struct shape recap_changes_query_shape = SHAPE(
	"RecapChangesQuery", struct recap_input, changes_query_fields);

struct change_view {
	struct employee_id employee;
	const char *name;
	int32_t day;
	struct cell_view *before, *after;
	const char *why, *decider;
	int64_t decided_at;
};

static const struct field change_fields[] = {
	F_ID(struct change_view, employee, 0, "Whose day."),
	F_TEXT(struct change_view, name, 0, 300, 0, "Name with titles."),
	F_DAY(struct change_view, day, 0, "The day."),
	F_OBJECT(struct change_view, before, &recap_cell_shape, OPTIONAL,
		"As it was sealed; absent when the day was not here."),
	F_OBJECT(struct change_view, after, &recap_cell_shape, OPTIONAL,
		"As it is; absent when the day no longer is here."),
	F_TEXT(struct change_view, why, 1, 500, OPTIONAL, "What decided it: notice, report, ..."),
	F_TEXT(struct change_view, decider, 1, 300, OPTIONAL, "Who decided."),
	F_INSTANT(struct change_view, decided_at, OPTIONAL, "When."),
	F_END,
};
static const struct shape change_shape = SHAPE("RecapChange", struct change_view, change_fields);

struct changes_view {
	struct change_view *items;
	int count;
	int64_t next;
	struct part_view *part;
};

static const struct field changes_fields[] = {
	F_LIST(struct changes_view, items, count, &change_shape, 0, CHANGES_PAGE, 0,
		"By person and day."),
	F_ID(struct changes_view, next, OPTIONAL, "Cursor of the next page."),
	F_OBJECT(struct changes_view, part, &recap_part_shape, OPTIONAL,
		"The supplement, when it is sealed."),
	F_END,
};
const struct shape recap_changes_shape = SHAPE("RecapChanges", struct changes_view, changes_fields);

static struct cell_view *show_text(struct arena *arena, const char *text, int32_t month)
{
	struct recap_cell cell[RECAP_DAYS_MAX];
	int cells;

	if (!*text || !recap_parse_cells(text, month, cell, &cells) || cells != 1)
		return NULL;
	return recap_show_cells(arena, cell, 1);
}

static void show_changes(struct arena *arena, const struct recap_change *c, int changes,
	int32_t month, struct changes_view *out)
{
	out->items = ARENA_ARRAY(arena, (size_t)changes, struct change_view);
	out->count = changes;
	for (int i = 0; i < changes; i++)
		out->items[i] = (struct change_view){c[i].employee, c[i].name, c[i].day,
			show_text(arena, c[i].before, month), show_text(arena, c[i].after, month),
			*c[i].why ? c[i].why : NULL,
			c[i].decider && *c[i].decider ? c[i].decider : NULL,
			c[i].decided_at ? c[i].decided_at : INSTANT_NONE};
}

static const struct recap_part *find_part(const struct recap_part *part, int parts, int32_t number)
{
	for (int i = 0; i < parts; i++)
		if (part[i].part == number)
			return &part[i];
	return NULL;
}

static enum err get_sealed_changes(
	struct req *rq, const struct recap_part *part, int32_t month, struct changes_view *out)
{
	const struct recap_input *in = rq->input;
	struct arena *arena = rq->tx->arena;
	struct recap_change *c = ARENA_ARRAY(arena, CHANGES_PAGE + 1, struct recap_change);
	int skip = (int)in->cursor.v, count;
	enum err e = recap_list_changes(rq->tx, part->recap_id, skip, c, CHANGES_PAGE + 1, &count);

	if (e)
		return e;
	if (count > CHANGES_PAGE)
		out->next = skip + CHANGES_PAGE;
	show_changes(arena, c, count > CHANGES_PAGE ? CHANGES_PAGE : count, month, out);
	out->part = ARENA_NEW(arena, struct part_view);
	*out->part = recap_show_part(arena, part);
	return OK;
}

static enum err get_waiting_changes(
	struct req *rq, const struct recap_part *last, int32_t month, struct changes_view *out)
{
	const struct recap_input *in = rq->input;
	struct recap_changes changes;
	int skip = (int)in->cursor.v, left;
	enum err e = recap_load_changes(rq, in->unit, month, last, &changes);

	if (e)
		return e;
	skip = skip < changes.changes ? skip : changes.changes;
	left = changes.changes - skip;
	if (left > CHANGES_PAGE)
		out->next = skip + CHANGES_PAGE;
	show_changes(rq->tx->arena, changes.change + skip,
		left > CHANGES_PAGE ? CHANGES_PAGE : left, month, out);
	return OK;
}

enum err recap_get_changes(struct req *rq)
{
	const struct recap_input *in = rq->input;
	struct recap_part *part = ARENA_ARRAY(rq->tx->arena, RECAP_PARTS_MAX, struct recap_part);
	int32_t month = recap_month_asked(rq, in->month);
	struct changes_view out = {0};
	const struct recap_part *asked;
	int parts;
	enum err e = recap_list_parts(rq->tx, in->unit, month, part, RECAP_PARTS_MAX, &parts);

	if (e)
		return e;
	if (in->cursor.v > RECAP_CHANGES_MAX * RECAP_PARTS_MAX)
		return refuse(rq, E_BAD_FIELD, "/cursor", "no such page");
	if (in->part != INT_NONE) {
		asked = find_part(part, parts, in->part);
		if (!asked)
			return refuse(rq, E_BAD_FIELD, "/part", "no such supplement");
		e = get_sealed_changes(rq, asked, month, &out);
	} else if (parts) {
		e = get_waiting_changes(rq, &part[parts - 1], month, &out);
	}
	return e ? e : reply(rq, 200, &out);
}

/* ---- POST supplements ---- */

static const struct field supplement_fields[] = {
	PATH_ID(struct recap_input, unit, "The unit."),
	F_DAY(struct recap_input, month, 0, "Any day of the month."),
	F_INT(struct recap_input, days, 1, RECAP_CHANGES_MAX, 0, "Changed days that were seen."),
	F_TEXT(struct recap_input, reason, 10, 500, 0, "Why there is a supplement."),
	F_END,
};
const struct shape recap_supplement_shape = SHAPE(
	"RecapSupplement", struct recap_input, supplement_fields);

/* People of the changes: as they are now, or with no days when they no longer are here. */
static int pick_changed(
	struct arena *arena, const struct recap_changes *c, struct recap_person **ret)
{
	struct recap_person *person = ARENA_ARRAY(arena, (size_t)c->changes, struct recap_person);
	int n = 0;

	for (int i = 0; i < c->changes; i++) {
		const struct recap_person *p;

		if (n && person[n - 1].employee.v == c->change[i].employee.v)
			continue;
		p = recap_find_person(&c->live, c->change[i].employee);
		person[n] = p ? *p : *recap_find_person(&c->sealed, c->change[i].employee);
		if (!p)
			person[n].cells = 0;
		n++;
	}
	*ret = person;
	return n;
}

static enum err check_changes(struct req *rq, const struct recap_changes *c)
{
	const struct recap_input *in = rq->input;
	const struct recap_line *total = &c->live.total;

	if (c->changes == 0)
		return refuse(rq, E_REFUSED, "/month",
			"no day changed since it was sealed: there is nothing to add");
	if (c->changes != in->days)
		return refuse(rq, E_STALE, "/days",
			"other days changed than were seen: look at them again");
	if (total->n[FIGURE_WAITS] > c->sealed.total.n[FIGURE_WAITS] ||
		total->n[FIGURE_OPEN] > c->sealed.total.n[FIGURE_OPEN])
		return refuse(rq, E_REFUSED, "/month", recap_remedy(BLOCKER_DAYS));
	return OK;
}

static enum err write_changes(
	struct req *rq, const struct recap_changes *c, int64_t recap_id, struct buf *canonical)
{
	enum err e = OK;

	for (int i = 0; i < c->changes && !e; i++) {
		const struct recap_change *x = &c->change[i];

		buf_printf(canonical, "%lld\x1f%d\x1f%s\x1f%s\x1f%s\x1f%lld\n",
			(long long)x->employee.v, x->day, x->before, x->after, x->why,
			(long long)x->decided_by.v);
		e = recap_add_change(rq->tx, recap_id, x);
	}
	return e;
}

static enum err load_last_part(
	struct req *rq, struct unit_id unit, int32_t month, struct recap_part *ret)
{
	struct recap_part *part = ARENA_ARRAY(rq->tx->arena, RECAP_PARTS_MAX, struct recap_part);
	int parts;
	enum err e = recap_list_parts(rq->tx, unit, month, part, RECAP_PARTS_MAX, &parts);

	if (e)
		return e;
	if (parts == 0)
		return refuse(rq, E_REFUSED, "/month",
			"the month is open: a supplement belongs to a closed one");
	if (parts == RECAP_PARTS_MAX)
		return refuse(rq, E_REFUSED, "/month", "a hundred parts are enough");
	*ret = part[parts - 1];
	return OK;
}

enum err recap_post_supplement(struct req *rq)
{
	const struct recap_input *in = rq->input;
	int32_t month = recap_month_asked(rq, in->month);
	struct recap_changes changes;
	struct recap_person *person;
	struct recap_part last, part;
	struct recap_head office;
	struct buf canonical;
	int people;
	enum err e;

	if ((e = find_office(rq, in->unit, &office)) ||
		(e = load_last_part(rq, in->unit, month, &last)) ||
		(e = recap_load_changes(rq, in->unit, month, &last, &changes)) ||
		(e = check_changes(rq, &changes)))
		return e;
	part = new_part(rq, &office, in->unit, month);
	part.part = last.part + 1;
	part.reason = in->reason;
	canonical = begin_canonical(rq->tx->arena, &part);
	people = pick_changed(rq->tx->arena, &changes, &person);
	if ((e = write_changes(rq, &changes, part.recap_id, &canonical)) ||
		(e = seal(rq->tx, &part, person, people, &changes.live.total, &canonical)))
		return e;
	return reply_sealed(rq, &part);
}
