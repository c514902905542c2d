/*
 * The monthly recap: what a month came to, per person, unit and agency; closed by the head of the
 * unit and never changed afterwards.
 *
 * A day counts for the unit it belonged to: who was transferred has a line in both. A cell is what
 * one day came to; a line is the sum of its cells, and every number opens to them. Classes of
 * lateness are local, dated bands: minutes are the fact, the class is derived by the band valid on
 * the day. S, I and C come from the dated rows of the kinds of absence (org_status_kind), and the
 * rule of too many late arrivals in a month (PermenPANRB 6/2018 art. 4) is such a row as well: it
 * is shown, nothing is cut by it. What was corrected after closing is sealed as a numbered
 * supplement (rekap susulan). A day without a punch for which something waits counts as nothing but
 * undecided. PP 94/2021 art. 4 f; Permendagri 1/2023 for the paper.
 */
#ifndef LUWES_REPORTS_REPORTS_RECAP_H
#define LUWES_REPORTS_REPORTS_RECAP_H

#include "attendance/attendance.h"
#include "org/org_absence.h"
#include "reports/reports.h"

enum figure {
#define X(name, column, head) name,
#include "reports/reports_recap.def"
#undef X
	FIGURE_COUNT
};
extern const char *const figure_names[]; /* "office" ... */
extern const char *const figure_heads[]; /* "WFO" ... as printed */

struct recap_line {
	int32_t n[FIGURE_COUNT];
};

enum recap_report { RECAP_NOT_DUE, RECAP_DUE, RECAP_FILED, RECAP_VERIFIED };
extern const char *const recap_report_names[]; /* not_due due filed verified */

/* Under which letter a day of absence counts: C, S, I, TB. */
enum recap_letter { LETTER_NONE, LETTER_LEAVE, LETTER_SICK, LETTER_PERMIT, LETTER_STUDY };
extern const char *const recap_letter_names[]; /* none leave sick permit study */

/* What one day came to. */
struct recap_cell {
	int32_t day;
	enum figure figure; /* up to FIGURE_OFF */
	int late_minutes;   /* what counts: by both clocks, less what was relieved or made up */
	int early_minutes, worked_minutes, made_up_minutes, relieved_minutes;
	int late_class, early_class; /* 1..4; 0 none */
	bool no_out;
	enum recap_report report;
	enum recap_letter letter;
};

enum band_kind { BAND_LATE, BAND_EARLY, BAND_TIMES };
extern const char *const band_kind_names[]; /* late early times */

/* Class 1 is 1..to[0] minutes, class 2 up to to[1], class 3 up to to[2], class 4 what is more; 0
 * ends the classes: the one before it has no end. Of BAND_TIMES to[0] late arrivals in a month are
 * borne, and what is more is named. */
struct recap_band {
	int64_t band_id;
	enum band_kind kind;
	int32_t to[3];
	const char *legal_basis, *verified_by;
	int32_t valid_from, valid_to;
	struct employee_id entered_by;
	int64_t entered_at;
};
#define BANDS_MAX 100
struct recap_bands {
	struct recap_band *band;
	int bands;
};

/* The class of so many minutes under a band; 0 for none. Pure. */
int recap_class(const struct recap_band *band, int minutes);
/* The band of a kind on a day; NULL when there is none. Pure. */
const struct recap_band *recap_find_band(
	const struct recap_bands *bands, enum band_kind kind, int32_t day);
/* The field at fault of a band to be entered; NULL when there is none. Pure. */
const char *recap_check_band(const struct recap_band *band);

/* The dated tables a cell is made by. */
struct recap_tables {
	struct recap_bands bands;
	const struct org_kind *kind; /* rows of the kinds of absence */
	int kinds;
};

/* A day, and what else its cell rests on. */
struct recap_facts {
	const struct attendance_day *day;
	enum report_state report;
	enum employment_kind employment; /* of a day of absence */
	int32_t span;                    /* days of that absence */
};

/* What a day came to. Pure. */
struct recap_cell recap_make_cell(
	const struct recap_facts *facts, const struct recap_tables *tables);
/* Adds a day to a line, and a line to a sum. Pure. */
void recap_add_cell(struct recap_line *line, const struct recap_cell *cell);
void recap_add_line(struct recap_line *sum, const struct recap_line *line);
/* H: days of work that were done, wherever. Pure. */
int recap_present(const struct recap_line *line);
/* The rule about late arrivals that holds in a month (its first day); NULL none. Pure. */
const struct recap_band *recap_find_limit(const struct recap_bands *bands, int32_t month);
/* More late arrivals in the month than the rule bears; made up ones count, relieved ones do not.
 * Pure. */
bool recap_is_often_late(const struct recap_band *limit, const struct recap_line *line);

/* A cell as it is sealed: "13K0,0,450,0,0,0,0,0,3", "15L". `ret` holds RECAP_CELL_BYTES. */
#define RECAP_CELL_BYTES 64
void recap_format_cell(const struct recap_cell *cell, char *ret);
/* The cells of sealed days "13K...;14R..." in `month` (its first day), at most 31; false when the
 * text is none. */
bool recap_parse_cells(
	const char *days, int32_t month, struct recap_cell *ret_cell, int *ret_count);
/* Figures as text, "3 0 12 ...", and back. Of a text older than the letters S, I, C and TB they
 * follow from the kinds; other figures it does not know are 0. */
void recap_format_line(const struct recap_line *line, struct buf *out);
bool recap_parse_line(const char *text, struct recap_line *ret_line);

/* ---- closing ---- */

/* What stands in the way of closing a month of a unit, in the order it is told. */
enum blocker {
	BLOCKER_MONTH,       /* the month is not over, or its last days are not settled */
	BLOCKER_NOTICES,     /* notices of absence wait for a decision */
	BLOCKER_CORRECTIONS, /* corrections wait for a decision */
	BLOCKER_PAPERS,      /* paper lists wait for the second pair of eyes */
	BLOCKER_CASES,       /* a late decree waits for a decision about these days */
	BLOCKER_DAYS,        /* days wait for a decision */
	BLOCKER_OPEN,        /* days are not judged yet */
	BLOCKER_EMPTY,       /* the unit had no days in the month */
	BLOCKER_COUNT
};
extern const char *const blocker_names[]; /* month notices ... */
struct blockers {
	int32_t n[BLOCKER_COUNT]; /* how many of each; 0 or 1 for month and empty */
};
/* The first that stands in the way; BLOCKER_COUNT when nothing does. Pure. */
enum blocker recap_find_blocker(const struct blockers *b);
/* What is to be done about it, a sentence for the problem document. */
const char *recap_remedy(enum blocker b);

/* An office over the unit or above it, in force on the day of closing. */
struct recap_head {
	struct employee_id employee;
	struct unit_id unit;
	enum acting acting;
	int distance; /* units up from the one to be closed: 0 its own */
	const char *letter;
};
/*
 * Who closes: a head of the unit itself, definitive, plt or plh; where it has none, one of the
 * nearest unit above that has. A delegate does not. Index into `head`, -1 when the actor is none of
 * them. Pure.
 */
int recap_find_closer(const struct recap_head *head, int heads, struct employee_id actor);
/* Who signs for a unit on a day: plh before definitive before plt; -1 none. Pure. */
int recap_find_signer(const struct recap_head *head, int heads, int distance);

/* ---- differences ---- */

/* Days whose cell differs, before and after; at most 31. Pure. */
struct recap_difference {
	int32_t day;
	bool was, is; /* the day was here, is here */
	struct recap_cell before, after;
};
int recap_compare(const struct recap_cell *before, int befores, const struct recap_cell *after,
	int afters, int32_t month, struct recap_difference *ret);

/* Tables of classes, and the rule of late arrivals, as an example, not law (verified_by empty),
 * from a day on: for a government that has none. */
enum err reports_add_example_bands(struct tx *tx, int32_t from);

extern const struct slice reports_recap_slice;

#endif
