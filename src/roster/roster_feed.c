/*
 * What a feed holds: of oneself the days as policy decides them, with their hours; of a unit or
 * post its people as the roster and their statuses have them.
 */
#include "roster/roster_feed.h"
#include "roster/roster_int.h"

#include "platform/platform_db.h"

const char *const roster_feed_names[] = {"own", "unit", "post", NULL};

enum err roster_feed_unit(const struct org_tree *tree, const struct roster_feed *feed,
	struct unit_id *ret, const char **ret_name)
{
	const struct org_post *post = org_find_post(tree, (struct post_id){feed->subject});
	const struct org_unit *unit = org_find_unit(tree, (struct unit_id){feed->subject});
	*ret = (struct unit_id){0};
	*ret_name = "";
	if (feed->kind == FEED_OWN)
		return OK;
	if (feed->kind == FEED_POST ? !post : !unit)
		return E_NOT_FOUND;
	*ret = feed->kind == FEED_POST ? post->unit : unit->id;
	*ret_name = feed->kind == FEED_POST ? post->name : unit->name;
	return OK;
}

/* ---- one's own ---- */

static const char *mode_word(enum work_mode mode)
{
	switch (mode) {
	case MODE_OFFICE:
		return "WFO";
	case MODE_HOME:
		return "WFH";
	case MODE_ANYWHERE:
		return "WFA";
	case MODE_OUTSIDE_DUTY:
		return "DL";
	default: /* leave and days off stay out of a calendar that others may come to see */
		return NULL;
	}
}

static const char *hours_text(struct arena *arena, const struct shift *shift, enum zone zone)
{
	int ends = shift->ends % MINUTES_PER_DAY;
	if (shift->starts == MINUTE_OFF)
		return "";
	return arena_printf(arena, "Jam kerja %02d.%02d\xE2\x80\x93%02d.%02d%s %s",
		shift->starts / 60, shift->starts % 60, ends / 60, ends % 60,
		shift->ends >= MINUTES_PER_DAY ? " (+1)" : "", zone_name(zone));
}

static enum err add_own_day(struct tx *tx, const struct policy_book *book,
	struct employee_id employee, int32_t day, int64_t published_at, struct feed_calendar *ret)
{
	struct person_day facts;
	struct day_ruling ruling;
	enum err e = roster_load_person_day(tx, employee, day, &facts);
	if (e)
		return e == E_NOT_FOUND ? OK : e;
	policy_decide_day(book, &facts, &ruling);
	const char *word = mode_word(ruling.mode);
	if (word)
		ret->event[ret->events++] = (struct feed_event){day, published_at, word,
			hours_text(tx->arena, &ruling.shift, book->tree->zone)};
	return OK;
}

static enum err add_own(struct tx *tx, const struct policy_book *book,
	const struct roster_feed *feed, int32_t from, struct feed_calendar *ret)
{
	struct feed_line line[FEED_DAYS];
	int lines;
	const struct employee_id employee = {feed->subject};
	enum err e = roster_list_feed_lines(
		tx, employee, from, from + FEED_DAYS - 1, line, FEED_DAYS, &lines);
	for (int i = 0; i < lines && !e; i++) {
		for (int32_t day = from; day < from + FEED_DAYS && !e; day++)
			if (roster_line_letter(line[i].days, line[i].period_from, day))
				e = add_own_day(tx, book, employee, day, line[i].published_at, ret);
	}
	return e;
}

/* ---- of a unit or post ---- */

static enum err add_group(struct tx *tx, const struct policy_book *book,
	const struct roster_feed *feed, int32_t from, struct feed_calendar *ret)
{
	struct feed_group *g = roster_open_group(tx->arena, from);
	int32_t to = from + FEED_DAYS - 1;
	const struct org_unit *unit = org_find_unit(book->tree, (struct unit_id){feed->subject});
	enum err e = feed->kind == FEED_UNIT
			     ? roster_take_unit(tx, unit->path, from, to, g)
			     : roster_take_post(tx, (struct post_id){feed->subject}, from, to, g);
	if (!e)
		roster_group_close(g, ret);
	return e;
}

enum err roster_make_calendar(
	struct tx *tx, const struct roster_feed *feed, int32_t today, struct bytes *ret)
{
	struct feed_calendar *c = ARENA_NEW(tx->arena, struct feed_calendar);
	const struct policy_book *book;
	struct government government;
	struct person_day owner;
	struct unit_id unit;
	const char *name;
	enum err e = policy_load_book(tx, &book);
	if (e || (e = platform_load_government(tx, &government)) ||
		(e = roster_load_person_day(tx, feed->owner, today, &owner)) ||
		(e = roster_feed_unit(book->tree, feed, &unit, &name)))
		return e;
	c->name = *name ? arena_printf(tx->arena, "Jadwal %s", name) : "Jadwal saya";
	c->host = government.code;
	c->stem = arena_printf(
		tx->arena, "%s-%lld", roster_feed_names[feed->kind], (long long)feed->subject);
	e = (feed->kind == FEED_OWN ? add_own : add_group)(
		tx, book, feed, today - FEED_BACK_DAYS, c);
	if (!e)
		*ret = roster_write_calendar(tx->arena, c);
	return e;
}
