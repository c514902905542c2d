/*
 * What leaves a roster: its papers, and the file for the old attendance app. Private to roster/.
 *
 * Both say what was decided, judged by the rules in force: a letter with its reason of absence
 * stays inside, a day away is named only where the rules let it be one.
 */
#ifndef LUWES_ROSTER_ROSTER_PRINT_H
#define LUWES_ROSTER_ROSTER_PRINT_H

#include "platform/http.h"
#include "roster/roster_int.h"
#include "roster/roster_procedure.h"

#define PRINT_LINES_MAX 40000 /* of a version, or of all that were published for its node */

/* ---- what is read (roster_print_db.c) ---- */

/* A person's letters from a day on. */
struct print_line {
	struct employee_id employee;
	const char *nip, *name; /* with titles */
	const char *position;   /* and unit, where he begins in the period; "" and 0: nowhere */
	struct unit_id unit;
	const char *path; /* of the unit, once sorted */
	int32_t kind;     /* enum employment_kind */
	int at;           /* place by employee, however they are sorted */
	int32_t from;
	const char *days;
};
/* Of a version as it was decided. By employee; E_TOO_LARGE past PRINT_LINES_MAX. */
enum err roster_list_print_lines(
	struct tx *tx, const struct roster_version *v, struct print_line **ret, int *ret_count);
/* What is in force on the days of a version in its node, whichever version says it: in pieces, by
 * employee and day. E_TOO_LARGE past PRINT_LINES_MAX. */
enum err roster_list_in_force(
	struct tx *tx, const struct roster_version *v, struct print_line **ret, int *ret_count);

/* A line of a version that was published. */
struct held_line {
	struct employee_id employee;
	int64_t published_at;
	int32_t from, bound_from;
	const char *days;
};
/* A file that left: what was in force then in its node on its days. */
struct sent_file {
	int64_t sent_at;
	int32_t from, to;
};
/* All lines of the node that touch the period of a version, by employee. E_TOO_LARGE: too many. */
enum err roster_list_held_lines(
	struct tx *tx, const struct roster_version *v, struct held_line **ret, int *ret_count);
#define SENT_FILES_MAX 400
/* The files of the node that touch it, the latest ones, newest first. */
enum err roster_list_sent_files(
	struct tx *tx, const struct roster_version *v, struct sent_file *ret, int *ret_count);

/* Goes through the days of lines that have a letter, each judged with it; `ruling` is NULL of who
 * is not in service that day. */
struct walked_day {
	const struct print_line *line;
	int32_t day;
	char letter;
	const struct policy_book *book;
	const struct person_day *facts;
	const struct day_ruling *ruling;
};
typedef enum err walk_fn(void *arg, const struct walked_day *day);
enum err roster_walk_lines(struct tx *tx, const struct roster_version *v,
	const struct print_line *line, int lines, walk_fn *fn, void *arg);

struct db_stmt;
#define ROSTER_PRINT_STMTS 4
extern struct db_stmt *const roster_print_stmts[ROSTER_PRINT_STMTS];

/* ---- rules (roster_print_rules.c) ---- */

/* The letter of one person's lines that the old app was told last for a day: what held when the
 * latest file with that day left; 0: none. Files come newest first. Pure. */
char roster_sent_letter(const struct held_line *line, int lines, const struct sent_file *file,
	int files, int32_t day);

/* Days as papers write them; `is_on[i]` says whether from + i is one. Pure. */
const char *roster_print_weekday(int32_t day); /* "Selasa" */
/* "Selasa, 2 Desember 2025; Kamis, 4 Desember 2025" */
const char *roster_print_long_days(
	struct arena *arena, int32_t from, const bool *is_on, int32_t days);
/* "2, 4, 9 Desember 2025; 6 Januari 2026" */
const char *roster_print_short_days(
	struct arena *arena, int32_t from, const bool *is_on, int32_t days);
/* "1 s.d. 31 Desember 2025" */
const char *roster_print_period(struct arena *arena, int32_t from, int32_t to);
/* Last day of the table that begins on `day`: a table has a month of days at most, and a longer
 * period is parted where months end. Pure. */
int32_t roster_print_table_end(int32_t from, int32_t to, int32_t day);
/* So many in a hundred, rounded up, so that what is above a limit never reads as at it. Pure. */
int32_t roster_print_percent(int32_t part, int32_t whole);
/* A letter on paper; an absence is a mark without its kind. Pure. */
const char *roster_print_letter(char letter);
/* What stands over a paper of a version that does not hold (yet); NULL: nothing. An order binds
 * once the roster is published, a cover letter leaves with the head's decision. Pure. */
const char *roster_print_mark(int state, bool is_order);

/* ---- papers (roster_print.c, roster_print_order.c) ---- */

enum letter_paper { LETTER_COVER, LETTER_ORDER, LETTER_RETURN };
extern const char *const letter_paper_names[]; /* cover order return */

struct letter_input {
	int64_t version;
	int32_t kind, paper;
	int64_t employee; /* 0: everybody */
	const char *recipient, *copies;
	const char *number;   /* of one that is issued; NULL: written by hand */
	bool wants_signature; /* of one that is issued */
};

/* A paper under way. */
struct letter {
	struct req *rq;
	struct arena *arena;
	const struct letter_input *in;
	const struct org_tree *tree;
	struct roster_version version;
	const struct org_unit *node, *sender; /* sender: the agency whose paper it is */
	struct roster_procedure procedure;
	struct roster_step decided; /* that the paper is about; step_id 0: none */
	int32_t day;                /* of the paper */
	struct print_template *template;
	struct print_words *words;
	struct document *d;
};
/* Where and when, at the right edge. */
void roster_put_place(struct letter *l);
/* The kind of paper, with its number where the template has one. */
void roster_put_title(struct letter *l, const char *title);
/* The head of the sender signs, `left` beside him or nobody. */
struct document_signer;
enum err roster_put_signer(
	struct letter *l, const char *caption, const struct document_signer *left);
/* Copies, one a line; `otherwise` when the request names none; NULL: none. */
void roster_put_copies(struct letter *l, const char *otherwise);
/* Head of an annex of a paper on new pages. */
void roster_put_annex(struct letter *l, const char *of, const char *title, bool is_landscape);
/* By unit down the tree, then by name. */
void roster_sort_lines(const struct org_tree *tree, struct print_line *line, int lines);
/* Name of the unit of a line that begins one, between sorted lines; else NULL. */
const char *roster_unit_begun(const struct org_tree *tree, const struct print_line *line, int i);

enum err roster_put_order(struct letter *l);
enum err roster_get_letter(struct req *rq);
/* Issues it: what was decided, and by whom it is the office's to issue. */
enum err roster_prepare_letter(struct req *rq);

/* ---- the file (roster_file.c) ---- */

struct file_input {
	int64_t version;
	int32_t format;
	bool changes;
};
enum err roster_get_file(struct req *rq);

#endif
