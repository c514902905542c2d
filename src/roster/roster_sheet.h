/*
 * The sheet of a planning node: its people and days as a planner sees them, and as the engine
 * solves them. Built from policy, calendar, statuses and service posts, so that what a roster may
 * say and what attendance asks cannot differ.
 *
 * On it is who has a day that can be decided or could be until it began, and everybody whom a
 * version names once it is no draft: a roster in force or over is seen as it is. What has begun
 * cannot be changed, and binds no limit. The others are counted in the groups they belong to,
 * because shares count everybody. Private to roster/.
 */
#ifndef LUWES_ROSTER_ROSTER_SHEET_H
#define LUWES_ROSTER_ROSTER_SHEET_H

#include "platform/fields.h"
#include "roster/roster_int.h"
#include "roster/roster_mip.h"
#include "roster/roster_node.h"

#define SHEET_PEOPLE_MAX                                                                           \
	5000                  /* with a day to decide; larger nodes let parts plan for themselves  \
			       */
#define SHEET_LEDGER_DAYS 182 /* back from the period: what counts as had before */
#define SHEET_OFFICE_MAX  50
#define SHEET_EDGES       (WEEKDAY_BIT(MONDAY) | WEEKDAY_BIT(FRIDAY))

/* ---- what the planner sets ---- */

/* Weekdays on which everybody of a unit is in the office. */
struct roster_office_day {
	int64_t unit;
	int32_t *weekdays;
	int weekday_count;
};

/* INT_NONE: not set. */
struct roster_settings {
	int32_t *weekdays; /* home on these alone; none: on all that policy opens */
	int weekday_count;
	int32_t percent;     /* of all people of the node, at most; beside what the circular says */
	int32_t least, most; /* home days of a person in the period */
	bool edge_once;      /* Monday or Friday, not both in one week */
	int32_t run_most;    /* home days in a row */
	int32_t edge_most;   /* Mondays and Fridays at home in the period */
	bool team_day;       /* each team chooses a weekday on which all of it are in the office */
	int32_t seed;        /* of what is equal otherwise */
	struct roster_office_day *office;
	int office_count;
};
extern const struct shape roster_settings_shape;

/* ---- what is proven of a roster ---- */

enum roster_proof_kind { PROOF_BEST, PROOF_GAP, PROOF_FLOW };
extern const char *const roster_proof_names[];
struct roster_proof {
	int32_t kind;
	int64_t rules_gap, cost_gap; /* -1: not known */
};
extern const struct shape roster_proof_shape;
/* What the second stage's answer proves; it is not looked at when the outcome needs none. */
struct roster_proof roster_proof_of(
	enum roster_sides_outcome outcome, const struct roster_side_answer *answer);

/* Both as stored with a version; a text that is neither gives no settings and (NULL) no proof. */
struct roster_settings roster_read_settings(struct arena *arena, const char *json);
struct roster_proof *roster_read_proof(struct arena *arena, const char *json);
const char *roster_write_settings(
	struct arena *arena, const struct roster_settings *s, struct roster_proof *proof);

/* ---- the sheet ---- */

/* What a day of a person lets: free ones can be decided, the others say why not. */
enum sheet_cell {
	SHEET_FREE = '.',
	SHEET_HOME = 'H', /* everybody is home by rule; a roster may call him in */
	SHEET_OFF = 'L',  /* no work that day */
	SHEET_LEAVE = 'C',
	SHEET_DUTY = 'D',
	SHEET_EXEMPT = 'X',    /* a rule keeps him in the office */
	SHEET_CALLED = 'T',    /* called to an assembly */
	SHEET_CLOSED = 'P',    /* no policy opens the day */
	SHEET_SET = 'S',       /* the planner's own settings keep the day in the office */
	SHEET_ELSEWHERE = 'M', /* not of this node that day */
	SHEET_PAST = 'Z'       /* has begun: it cannot be changed any more */
};

enum sheet_group_kind { GROUP_NODE, GROUP_DIVISION, GROUP_UNIT, GROUP_POST };
extern const char *const sheet_group_kind_names[];

/* People a limit is about. Figures per day; -1 in least, most and minimum: no limit. */
struct sheet_group {
	enum sheet_group_kind kind;
	const char *name;
	int32_t parent;      /* an earlier group; -1 of the node */
	struct unit_id unit; /* of a post: 0 */
	struct post_id post;
	int rule; /* behind the share, index in the book; -1 */
	int32_t *all, *eligible, *present;
	int32_t *away;         /* those not on the sheet who are away */
	int32_t *least, *most; /* how many may be away in all */
	int32_t *minimum;      /* who must be at the post */
};

struct sheet_person {
	struct employee_id employee;
	const char *name, *position;
	struct unit_id unit;
	int32_t group;
	char *cells;  /* enum sheet_cell per day */
	char *days;   /* letters per day */
	char *locked; /* 'x' or '.' */
	char *was;    /* letters in force, '-' where none; NULL when none at all */
	char *newer;  /* 'x': that letter came into force after the draft was made; NULL: none */
	char *wishes; /* '+', '-' or '.' */
	int32_t *week_most; /* per week of the sheet, as roster_sheet_week counts them; -1: no limit
			     */
	int32_t edge_most, least, most; /* -1: no limit */
	bool may_anywhere;              /* A is allowed, too, on every day that can be decided */
	bool is_open;  /* a day of his can be decided; if none, he is held to no limit */
	int32_t share; /* home days in the period that are fair */
	int32_t past, past_free,
		past_edge; /* of the ledger: home, could decide, Monday or Friday */
	/* Home days of the first week before the period begins, and of its last week after it ends:
	 * bit 0 the Monday. */
	int32_t lead, trail;
};

/* People of whom so many at most may be away on one day, where no group can say it: posts that
 * cross. */
struct sheet_set {
	struct post_id post;
	int32_t *person;
	int32_t people;
	int32_t *most; /* per day, -1: no limit */
};

struct roster_sheet {
	const struct policy_book *book;
	const struct org_unit *node;
	int32_t from, to, days;
	int32_t first_open; /* first day that may still change */
	struct roster_settings settings;
	struct sheet_group *group;
	int32_t groups;
	struct sheet_person *person; /* by employee */
	int32_t people;
	int32_t open;      /* of them those with a day that can be decided */
	int32_t outside;   /* people of the node who are not on it */
	int32_t newcomers; /* of `open` those whom the version does not name */
	int32_t lost;      /* whom it has away on a day ahead, or who left, with no day to decide */
	struct sheet_set *set;
	int32_t sets;
	struct instrument_id instrument; /* that lets people be home; 0 none */
	struct roster_proof *proof;      /* of its letters as they were solved; NULL: none */
};

/* A Monday or Friday. Pure. */
static inline bool roster_is_edge_day(int32_t day)
{
	return WEEKDAY_BIT(day_weekday(day)) & SHEET_EDGES;
}

/* The week of a day of the sheet, both from 0; as many as there are with the last day's. Pure. */
static inline int32_t roster_sheet_week(const struct roster_sheet *sheet, int32_t day)
{
	return ((int32_t)(day_weekday(sheet->from) - MONDAY) + day) / 7;
}

/*
 * Builds it from the store for the period of `v`: facts, limits, ledger, wishes and what is in
 * force; letters begin as what is in force or the office. Of a version that is stored (its id is
 * not 0) the lines are put into it: letters and locks where the day can be decided, and of days
 * that have begun what held by it. `first_open` is the first day that may still change; settings
 * NULL: those of the version. E_REFUSED when more than SHEET_PEOPLE_MAX take part.
 */
enum err roster_load_sheet(struct tx *tx, const struct roster_version *v,
	const struct org_unit *node, int32_t first_open, const struct roster_settings *settings,
	struct roster_sheet *ret);

/* Index of a person; -1 when he is not on it. */
int32_t roster_find_on_sheet(const struct roster_sheet *sheet, struct employee_id employee);
/* The day of a person can be decided. */
bool roster_is_open_cell(char cell);
/* It can, or could until it began. */
bool roster_is_decided_cell(char cell);
/* The version would undo what came into force after it was made, as a swap. */
bool roster_is_overtaken(const struct sheet_person *person, int32_t day);

/* ---- as the engine solves it (roster_sheet_solve.c) ---- */

/*
 * The best letters for the sheet, kept where locked. `keeps` asks for the fewest changes against
 * what is in force. Days in a row, Mondays and Fridays of the period and posts that cross are for
 * the helper at that path, luwes-mip. Where it is absent the planner's own settings are refused,
 * and posts alone leave the flow's roster (SIDES_FALLBACK): the check says what they lack.
 * SIDES_REFUSED, SIDES_STOPPED and SIDES_LIMIT leave the sheet as it was. sheet->proof says how
 * good they are.
 */
enum roster_sides_outcome roster_solve_sheet(struct roster_sheet *sheet, bool keeps,
	const char *helper, struct arena *arena, const _Atomic bool *is_stopped);
/* The planner's settings ask for rules that no flow can keep. */
bool roster_sets_side_rules(const struct roster_settings *s);

/* A day of the instance: somebody's can be decided, or was until it began; where days in a row are
 * limited, also one that keeps somebody in the office. */
bool roster_is_planned(const struct roster_sheet *sheet, int32_t day);
/* People of one unit, of whom one weekday is to be common; the sheet's indexes. */
struct sheet_team {
	int32_t *person;
	int32_t people;
	uint8_t weekdays; /* on which all of them work: WEEKDAY_BIT of each */
};
/* Teams of two or more that have no weekday in the office together anyway, at most
 * ROSTER_ANCHORS_MAX; none unless the settings ask for it. */
void roster_list_teams(const struct roster_sheet *sheet, struct arena *arena,
	struct sheet_team **ret, int32_t *ret_count);
/* The index of a civil day; -1 when it lies beside the period. Pure. */
static inline int32_t roster_sheet_index(const struct roster_sheet *sheet, int32_t day)
{
	return day < sheet->from || day > sheet->to ? -1 : day - sheet->from;
}
/* An instance of it, with the days that are planned, those of its first week before the period and
 * of its last after it where somebody is home on them, locked; ret_day[] are civil days. */
void roster_sheet_instance(const struct roster_sheet *sheet, bool keeps, struct arena *arena,
	struct roster_instance *ret, const int32_t **ret_day);

/* ---- what is wrong with it (roster_sheet_check.c) ---- */

enum sheet_problem_kind {
	PROBLEM_LETTER, /* a letter the day does not allow */
	PROBLEM_POST,   /* fewer at a post than it needs */
	PROBLEM_SHARE_ABOVE,
	PROBLEM_SHARE_BELOW,
	PROBLEM_WEEK,  /* more home days in a week than the rule allows */
	PROBLEM_EDGE,  /* Monday and Friday of one week */
	PROBLEM_ABOVE, /* more home days in the period than set */
	PROBLEM_BELOW,
	PROBLEM_RUN,         /* more home days in a row than set */
	PROBLEM_EDGE_PERIOD, /* more Mondays and Fridays in the period than set */
	PROBLEM_OVERTAKEN,   /* undoes what came into force after the draft was made */
	PROBLEM_TEAM_DAY,    /* no weekday on which all of a team are in the office */
	PROBLEM_KINDS
};
extern const char *const sheet_problem_names[];

struct sheet_problem {
	enum sheet_problem_kind kind;
	int32_t group, person, day; /* -1: none; day is an index */
	int32_t is, limit;
	bool is_fault; /* made by the roster and against a rule: it cannot be set so */
};
#define SHEET_PROBLEMS_MAX 2000
struct sheet_findings {
	struct sheet_problem *problem; /* services first; the arena owns them */
	int32_t listed;                /* of them, at most SHEET_PROBLEMS_MAX */
	int32_t count, faults;         /* all, listed or not */
	enum sheet_problem_kind first_fault;
};
/* All that is wrong with it. */
struct sheet_findings roster_check_sheet(const struct roster_sheet *sheet, struct arena *arena);
/* How many of a group are away on a day. */
int32_t roster_count_away(const struct roster_sheet *sheet, int32_t group, int32_t day);

#endif
