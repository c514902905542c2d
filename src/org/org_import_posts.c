/*
 * Import of service posts: one line per opening period, lines of one code make one post.
 *
 * The first line of a code says what the post is; further lines only add periods and must agree.
 * Name, skills and periods of a post in force may change; its unit and whether it serves citizens
 * face to face may not, because exemptions of days already judged rest on them: end it and open
 * another.
 */
#include "org/org_import_int.h"

#include "base/str.h"
#include "platform/clock.h"

#include <stdlib.h>
#include <string.h>

enum {
	POST_CODE,
	POST_UNIT,
	POST_NAME,
	POST_DIRECT,
	POST_SKILLS,
	POST_WEEKDAYS,
	POST_OPENS,
	POST_CLOSES,
	POST_MINIMUM
};

/* Further rows of a post in the stage: the first says its periods are replaced. */
enum { PERIODS_REPLACED = IMPORT_DETAIL, PERIOD_ADDED = IMPORT_DETAIL_2 };

static const struct import_column post_columns[] = {
	{"code", IMPORT_REQUIRED | IMPORT_NAME, 60, "SAMSAT-BDG1-LOKET1"},
	{"unit", IMPORT_REQUIRED, 60, "SAMSAT-BDG1"},
	{"name", IMPORT_REQUIRED | IMPORT_NAME, 120, "Loket 1 Pengesahan STNK"},
	{"is_direct", IMPORT_REQUIRED, 40, "ya"},
	{"skills", IMPORT_NAME, 200, ""},
	{"weekdays", IMPORT_REQUIRED, 40, "1-5"},
	{"opens", IMPORT_REQUIRED, 40, "08:00"},
	{"closes", IMPORT_REQUIRED, 40, "15:00"},
	{"minimum", IMPORT_REQUIRED, 40, "2"},
};

struct post_span {
	int post; /* index in state->post */
	int weekday, opens, closes, minimum;
};

struct post_entry {
	struct import_post post;
	bool is_stored;
	int line;                  /* of the file that names it first; 0 none */
	const char *name, *skills; /* as the file says */
	bool is_changed;           /* name or skills */
};

struct posts_state {
	struct org_map codes;
	struct post_entry *post;
	int posts, post_capacity;
	struct post_span *span;
	int spans, span_capacity;
};

static struct post_entry *add_post(
	struct import *im, struct posts_state *s, const struct import_post *post)
{
	ARENA_GROW(im->tx->arena, s->post, s->posts, &s->post_capacity);
	org_map_add(&s->codes, post->code, s->posts);
	s->post[s->posts] = (struct post_entry){.post = *post};
	return &s->post[s->posts++];
}

static void add_span(struct import *im, struct posts_state *s, struct post_span span)
{
	ARENA_GROW(im->tx->arena, s->span, s->spans, &s->span_capacity);
	s->span[s->spans++] = span;
}

static enum err begin_posts(struct import *im)
{
	struct posts_state *s = im->state = ARENA_NEW(im->tx->arena, struct posts_state);
	struct import_post *stored;
	int count;
	enum err e = org_list_import_posts(im->tx, im->effective, &stored, &count);

	s->post_capacity = count + 256;
	s->post = ARENA_ARRAY(im->tx->arena, (size_t)s->post_capacity, struct post_entry);
	s->span_capacity = 1024;
	s->span = ARENA_ARRAY(im->tx->arena, (size_t)s->span_capacity, struct post_span);
	org_map_init(&s->codes, im->tx->arena, s->post_capacity);
	for (int i = 0; !e && i < count; i++)
		add_post(im, s, &stored[i])->is_stored = true;
	return e;
}

/* "1-5", "1,3,5" or "6" as a mask; 0 when not understood. */
static int read_weekdays(const char *cell)
{
	int mask = 0;

	for (const char *p = cell; *p; p++) {
		int first = *p - '0';
		int last = p[1] == '-' ? p[2] - '0' : first;

		if (first < MONDAY || first > SUNDAY || last < first || last > SUNDAY)
			return 0;
		for (int day = first; day <= last; day++)
			mask |= WEEKDAY_BIT(day);
		p += p[1] == '-' ? 2 : 0;
		if (p[1] == ',')
			p++;
		else if (p[1])
			return 0;
	}
	return mask;
}

struct post_cells {
	const struct org_unit *unit;
	bool is_direct;
	int weekdays, opens, closes;
	int64_t minimum;
};

static bool read_post_cells(struct import *im, const struct import_line *line, struct post_cells *c)
{
	bool is_sound = org_import_unit(im, line, POST_UNIT, &c->unit);

	is_sound &= org_import_bool(im, line, POST_DIRECT, false, &c->is_direct);
	is_sound &= org_import_minute(im, line, POST_OPENS, &c->opens);
	is_sound &= org_import_minute(im, line, POST_CLOSES, &c->closes);
	is_sound &= org_import_int(im, line, POST_MINIMUM, 0, 999, 0, &c->minimum);
	c->weekdays = read_weekdays(line->cell[POST_WEEKDAYS]);
	if (!c->weekdays) {
		org_import_fault(im, line, POST_WEEKDAYS, "not_weekdays");
		return false;
	}
	if (is_sound && c->opens >= c->closes) {
		org_import_fault(im, line, POST_CLOSES, "closes_before_opens");
		return false;
	}
	return is_sound;
}

/* The post of this line, as an earlier line, the store, or this line itself makes it. */
static struct post_entry *take_post(struct import *im, struct posts_state *s,
	const struct import_line *line, const struct post_cells *c)
{
	int index = org_map_find(&s->codes, line->cell[POST_CODE]);
	struct post_entry *entry = index < 0 ? NULL : &s->post[index];

	if (!entry)
		entry = add_post(im, s,
			&(struct import_post){{id_next()},
				arena_strdup(im->tx->arena, line->cell[POST_CODE]), "", "",
				c->unit->id, c->is_direct});
	if (!entry->line) {
		entry->line = line->line;
		entry->name = arena_strdup(im->tx->arena, line->cell[POST_NAME]);
		entry->skills = line->given & 1u << POST_SKILLS
					? arena_strdup(im->tx->arena, line->cell[POST_SKILLS])
					: entry->post.skills;
		entry->is_changed = !str_eq(entry->name, entry->post.name) ||
				    !str_eq(entry->skills, entry->post.skills);
	}
	return entry;
}

static bool agrees(struct import *im, const struct import_line *line,
	const struct post_entry *entry, const struct post_cells *c)
{
	const char *reason = entry->is_stored ? "post_is_replaced_not_edited"
					      : "differs_from_first_line";
	const int faults = im->own->errors;

	if (entry->post.unit.v != c->unit->id.v)
		org_import_fault(im, line, POST_UNIT, reason);
	if (entry->post.is_direct != c->is_direct)
		org_import_fault(im, line, POST_DIRECT, reason);
	if (!str_eq(entry->name, line->cell[POST_NAME]))
		org_import_fault(im, line, POST_NAME, "differs_from_first_line");
	return im->own->errors == faults;
}

static enum err check_post(struct import *im, const struct import_line *line)
{
	struct posts_state *s = im->state;
	struct post_cells c;

	if (!read_post_cells(im, line, &c))
		return OK;
	const struct post_entry *entry = take_post(im, s, line, &c);
	if (!agrees(im, line, entry, &c))
		return OK;
	for (int day = MONDAY; day <= SUNDAY; day++) {
		if (c.weekdays & WEEKDAY_BIT(day))
			add_span(im, s,
				(struct post_span){(int)(entry - s->post), day, c.opens, c.closes,
					(int)c.minimum});
	}
	return OK;
}

static int compare_spans(const void *a, const void *b)
{
	const struct post_span *x = a;
	const struct post_span *y = b;

	if (x->post != y->post)
		return x->post - y->post;
	return x->weekday != y->weekday ? x->weekday - y->weekday : x->opens - y->opens;
}

/* Two periods of one post that overlap are reported at the line that names the post first. */
static void check_overlaps(struct import *im, const struct posts_state *s)
{
	for (int i = 1; i < s->spans; i++) {
		const struct post_span *before = &s->span[i - 1];
		const struct post_span *span = &s->span[i];

		if (before->post == span->post && before->weekday == span->weekday &&
			before->closes > span->opens) {
			const struct post_entry *entry = &s->post[span->post];
			struct import_line line = {
				.line = entry->line, .cell = {[POST_CODE] = entry->post.code}};

			org_import_fault(im, &line, POST_CODE, "overlaps");
		}
	}
}

/* Whether the stored periods of a post are exactly these. */
static bool has_same_periods(const struct org_period_line *stored, int count, struct post_id post,
	const struct post_span *span, int spans)
{
	int found = 0;

	for (int i = 0; i < count; i++) {
		const struct org_period_line *p = &stored[i];

		if (p->post.v != post.v)
			continue;
		if (found == spans || p->weekday != span[found].weekday ||
			p->opens != span[found].opens || p->closes != span[found].closes ||
			p->minimum != span[found].minimum)
			return false;
		found++;
	}
	return found == spans;
}

static enum err stage_periods(
	struct import *im, struct post_id post, const struct post_span *span, int spans)
{
	enum err e = org_import_stage(im,
		&(struct import_staged){(enum import_action)PERIODS_REPLACED, post.v, {0}, {0}});

	for (int i = 0; !e && i < spans; i++)
		e = org_import_stage(im,
			&(struct import_staged){(enum import_action)PERIOD_ADDED, post.v,
				{span[i].weekday, span[i].opens, span[i].closes, span[i].minimum},
				{0}});
	return e;
}

static enum err stage_post(struct import *im, const struct post_entry *entry, bool has_new_periods)
{
	enum import_action action = entry->is_stored ? IMPORT_UPDATE : IMPORT_CREATE;

	if (entry->is_stored && !entry->is_changed) {
		org_import_count(im, has_new_periods ? IMPORT_UPDATE : IMPORT_UNCHANGED);
		return OK;
	}
	org_import_count(im, action);
	return org_import_stage(im, &(struct import_staged){action, entry->post.id.v,
					    {entry->post.unit.v, entry->post.is_direct},
					    {entry->post.code, entry->name, entry->skills}});
}

static enum err end_posts(struct import *im)
{
	struct posts_state *s = im->state;
	struct org_period_line *stored;
	int count;
	enum err e = org_list_import_periods(im->tx, &stored, &count);

	qsort(s->span, (size_t)s->spans, sizeof(s->span[0]), compare_spans);
	check_overlaps(im, s);
	for (int i = 0, next; !e && !im->own->errors && i < s->spans; i = next) {
		const struct post_entry *entry = &s->post[s->span[i].post];

		for (next = i; next < s->spans && s->span[next].post == s->span[i].post; next++)
			;
		bool is_same = has_same_periods(
			stored, count, entry->post.id, &s->span[i], next - i);
		e = stage_post(im, entry, !is_same);
		if (!e && !is_same)
			e = stage_periods(im, entry->post.id, &s->span[i], next - i);
	}
	return e;
}

const struct import_kind org_import_posts = {IMPORT_POSTS, post_columns,
	(int)(sizeof(post_columns) / sizeof(post_columns[0])), begin_posts, check_post, end_posts,
	org_apply_posts};
