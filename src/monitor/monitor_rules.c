/*
 * What draws attention on the board of the personnel board.
 *
 * Bounds of our own, no law: they say where to look, and nothing follows from them. A unit with
 * fewer than ten people is left out, because a share of so few points at persons (product.md
 * principle 6).
 */
#include "monitor/monitor_attention.h"

#define PEOPLE_MIN          10
#define START_GRACE_MINUTES 30
#define NOT_IN_PERCENT      25
#define LATE_PERCENT        15
#define UNCONFIRMED_PERCENT 20
#define UNVERIFIED_PERCENT  30
#define OVERDUE_MIN         5
#define OVERDUE_PERCENT     30

const char *const attention_kind_names[] = {"not_in_yet_high", "late_high", "unconfirmed_high",
	"reports_unverified", "roster_missing", "tasks_overdue", NULL};

struct ranked {
	struct attention item;
	int weight;
};

struct ranking {
	struct ranked best[ATTENTION_MAX];
	int count;
};

/* Keeps the heaviest; of equal weight the one that came first. */
static void rank(
	struct ranking *r, enum attention_kind kind, struct unit_id unit, int value, int weight)
{
	int at = r->count;

	while (at > 0 && r->best[at - 1].weight < weight)
		at--;
	if (at == ATTENTION_MAX)
		return;
	if (r->count < ATTENTION_MAX)
		r->count++;
	for (int i = r->count - 1; i > at; i--)
		r->best[i] = r->best[i - 1];
	r->best[at] = (struct ranked){{kind, unit, value}, weight};
}

static void rank_share(struct ranking *r, enum attention_kind kind, struct unit_id unit, int part,
	int whole, int bound)
{
	int percent;

	if (whole < PEOPLE_MIN || part <= 0)
		return;
	percent = (int)((int64_t)part * 100 / whole);
	if (percent >= bound)
		rank(r, kind, unit, percent, percent);
}

/* Duty outside the office needs no punch, so it is not missed. */
static void rank_not_in(struct ranking *r, const struct attention_facts *f, int minute)
{
	int due = f->expected - f->excused;

	if (f->starts == MINUTE_OFF || f->is_round_the_clock ||
		minute < f->starts + START_GRACE_MINUTES)
		return;
	rank_share(r, ATTENTION_NOT_IN_YET, f->unit, due - f->present, due, NOT_IN_PERCENT);
}

static void rank_reports(struct ranking *r, const struct attention_facts *f)
{
	int waiting = f->reports_filed_before - f->reports_decided_before;

	if (f->reports_filed_before < PEOPLE_MIN ||
		waiting * 100 < f->reports_filed_before * UNVERIFIED_PERCENT)
		return;
	rank(r, ATTENTION_REPORTS_UNVERIFIED, f->unit, waiting,
		waiting * 100 / f->reports_filed_before);
}

/* Of offices, not of persons: a few late ones are nobody's pattern. */
static void rank_tasks(struct ranking *r, const struct attention_facts *f)
{
	if (f->tasks_overdue < OVERDUE_MIN ||
		f->tasks_overdue * 100 < f->tasks_open * OVERDUE_PERCENT)
		return;
	rank(r, ATTENTION_TASKS_OVERDUE, f->unit, f->tasks_overdue,
		f->tasks_overdue * 100 / f->tasks_open);
}

int monitor_decide_attention(const struct attention_facts *facts, int units, int minute,
	struct attention ret[ATTENTION_MAX])
{
	struct ranking r = {.count = 0};

	for (int i = 0; i < units; i++) {
		const struct attention_facts *f = &facts[i];

		if (f->asks_roster && !f->has_roster && f->expected > 0)
			rank(&r, ATTENTION_ROSTER_MISSING, f->unit, f->expected, 1000);
		rank_not_in(&r, f, minute);
		rank_share(&r, ATTENTION_LATE, f->unit, f->late, f->present, LATE_PERCENT);
		rank_share(&r, ATTENTION_UNCONFIRMED, f->unit, f->unconfirmed, f->present,
			UNCONFIRMED_PERCENT);
		rank_reports(&r, f);
		rank_tasks(&r, f);
	}
	for (int i = 0; i < r.count; i++)
		ret[i] = r.best[i].item;
	return r.count;
}
