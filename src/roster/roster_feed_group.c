/*
 * The days of a unit or post: how many work where, and who, person by person.
 *
 * A letter counts on the days its owner belongs to the group. Leave of whole days takes him out
 * without a word, duty outside makes his day one of duty. Of two statuses the later holds.
 */
#include "roster/roster_feed.h"
#include "roster/roster_int.h"

#define GROUP_MODES 4

static const struct {
	enum work_mode mode;
	const char *word;
} modes[GROUP_MODES] = {{MODE_HOME, "WFH"}, {MODE_OFFICE, "WFO"}, {MODE_ANYWHERE, "WFA"},
	{MODE_OUTSIDE_DUTY, "DL"}};

struct group_day {
	int64_t published_at; /* the latest of its lines */
	int count[GROUP_MODES];
	struct buf names[GROUP_MODES];
};

/* A person's day as it is put together from his rows. */
struct own_day {
	char letter;
	enum status_kind status;
	int64_t published_at;
};

struct feed_group {
	struct arena *arena;
	int32_t from;
	int people; /* who work on some day */
	struct employee_id employee;
	char *name;
	struct own_day own[FEED_DAYS];
	struct group_day day[FEED_DAYS];
};

struct feed_group *roster_open_group(struct arena *arena, int32_t from)
{
	struct feed_group *g = ARENA_NEW(arena, struct feed_group);
	g->arena = arena;
	g->from = from;
	return g;
}

/* On one line whatever it holds. */
static char *plain_name(struct arena *arena, const char *name)
{
	char *out = arena_strdup(arena, name);
	for (char *c = out; *c; c++)
		if ((unsigned char)*c < ' ')
			*c = ' ';
	return out;
}

static int mode_of(const struct own_day *own)
{
	enum work_mode mode = roster_letter_mode(own->letter);
	if (!own->letter || (own->status && !org_status_is_work(own->status)))
		return -1;
	if (own->status)
		mode = MODE_OUTSIDE_DUTY;
	for (int m = 0; m < GROUP_MODES; m++)
		if (modes[m].mode == mode)
			return m;
	return -1;
}

static void add_name(struct feed_group *g, struct buf *names)
{
	if (g->people >= FEED_NAMED_MAX)
		return;
	if (!names->arena)
		buf_init(names, g->arena, 64);
	if (names->n)
		buf_str(names, ", ");
	buf_str(names, g->name);
}

/* The person whose rows have all come. */
static void count_person(struct feed_group *g)
{
	bool works = false;
	for (int d = 0; g->employee.v && d < FEED_DAYS; d++) {
		struct group_day *day = &g->day[d];
		int m = mode_of(&g->own[d]);
		if (m < 0)
			continue;
		works = true;
		day->count[m]++;
		add_name(g, &day->names[m]);
		if (g->own[d].published_at > day->published_at)
			day->published_at = g->own[d].published_at;
	}
	g->people += works;
	memset(g->own, 0, sizeof g->own);
}

void roster_group_take(struct feed_group *g, const struct feed_row *row)
{
	if (row->employee.v != g->employee.v) {
		count_person(g);
		g->employee = row->employee;
		g->name = plain_name(g->arena, row->name);
	}
	for (int d = 0; d < FEED_DAYS; d++) {
		struct own_day *own = &g->own[d];
		int32_t day = g->from + d;
		char letter = roster_line_letter(row->days, row->period_from, day);
		if (letter && day >= row->member_from && day <= row->member_to) {
			own->letter = letter;
			own->published_at = row->published_at;
		}
		if (row->status && day >= row->status_from && day <= row->status_to)
			own->status = (enum status_kind)row->status;
	}
}

static struct feed_event make_event(const struct feed_group *g, int d)
{
	struct buf summary, names;
	buf_init(&summary, g->arena, 64);
	buf_init(&names, g->arena, 64);
	for (int m = 0; m < GROUP_MODES; m++) {
		const struct group_day *day = &g->day[d];
		if (!day->count[m])
			continue;
		buf_printf(&summary, "%s%s: %d orang", summary.n ? ", " : "", modes[m].word,
			day->count[m]);
		if (g->people <= FEED_NAMED_MAX)
			buf_printf(&names, "%s%s: %s", names.n ? "\n" : "", modes[m].word,
				day->names[m].p);
	}
	return (struct feed_event){
		g->from + d, g->day[d].published_at, summary.p, names.n ? names.p : ""};
}

void roster_group_close(struct feed_group *g, struct feed_calendar *ret)
{
	count_person(g);
	for (int d = 0; d < FEED_DAYS; d++)
		if (g->day[d].published_at)
			ret->event[ret->events++] = make_event(g, d);
}
