/*
 * What a day counts as in the recap, and when a month may be closed.
 *
 * PP 94/2021 art. 1 no. 5: work inside or outside the office is presence, so WFO, WFH, WFA and
 * outside duty are all H. Minutes are kept, the class comes from the band valid on the day: the
 * numbering of classes is inverted between versions of one local rule, so no class is ever read
 * from elsewhere. A day nobody decided is never TK. A recap is closed by the head of the unit,
 * definitive, plt or plh (UU 30/2014 art. 14: a plt or plh decides what is routine).
 */
#include "reports/reports_recap.h"

#include "base/str.h"

#include <string.h>

const char *const figure_names[] = {
#define X(name, column, head) #column,
#include "reports/reports_recap.def"
#undef X
	NULL};
const char *const figure_heads[] = {
#define X(name, column, head) head,
#include "reports/reports_recap.def"
#undef X
	NULL};
const char *const recap_report_names[] = {"not_due", "due", "filed", "verified", NULL};
const char *const recap_letter_names[] = {"none", "leave", "sick", "permit", "study", NULL};
const char *const band_kind_names[] = {"late", "early", "times", NULL};
const char *const blocker_names[] = {
	"month", "notices", "corrections", "papers", "cases", "days", "open", "empty", NULL};

#define MONTH_DAYS 31

/* A letter of its own for what a day may come to, in the order of the figures. */
static const char letters[] = "KRADSsICBMPNJTUXWEL";

/* ---- bands ---- */

int recap_class(const struct recap_band *band, int minutes)
{
	if (!band || minutes <= 0)
		return 0;
	for (int i = 0; i < 3; i++)
		if (band->to[i] == 0 || minutes <= band->to[i])
			return i + 1;
	return 4;
}

const struct recap_band *recap_find_band(
	const struct recap_bands *bands, enum band_kind kind, int32_t day)
{
	for (int i = 0; i < bands->bands; i++) {
		const struct recap_band *b = &bands->band[i];

		if (b->kind == kind && b->valid_from <= day && day <= b->valid_to)
			return b;
	}
	return NULL;
}

const char *recap_check_band(const struct recap_band *band)
{
	static const char *const field[] = {"/first_to", "/second_to", "/third_to"};

	if (band->to[0] == 0 || (band->kind == BAND_TIMES && band->to[0] > MONTH_DAYS))
		return field[0];
	if (band->kind == BAND_TIMES && band->to[1] != 0)
		return field[1];
	for (int i = 1; i < 3; i++) {
		bool has_ended = band->to[i - 1] == 0;

		if (band->to[i] != 0 && (has_ended || band->to[i] <= band->to[i - 1]))
			return field[i];
	}
	return band->legal_basis && *band->legal_basis ? NULL : "/legal_basis";
}

/* ---- a day ---- */

static enum figure figure_of_status(enum status_kind status)
{
	switch (status) {
	case STATUS_ANNUAL_LEAVE:
		return FIGURE_ANNUAL;
	case STATUS_LONG_LEAVE:
		return FIGURE_LONG;
	case STATUS_SICK_LEAVE:
		return FIGURE_SICK;
	case STATUS_MATERNITY_LEAVE:
		return FIGURE_MATERNITY;
	case STATUS_IMPORTANT_LEAVE:
		return FIGURE_IMPORTANT;
	case STATUS_UNPAID_LEAVE:
		return FIGURE_UNPAID;
	case STATUS_PERMIT:
		return FIGURE_PERMIT;
	case STATUS_TRAINING:
		return FIGURE_TRAINING;
	case STATUS_STUDY:
		return FIGURE_STUDY;
	case STATUS_JOINT_LEAVE:
		return FIGURE_JOINT;
	case STATUS_SICK_UNATTESTED:
		return FIGURE_SICK_UNATTESTED;
	case STATUS_OUTSIDE_DUTY:
		return FIGURE_DUTY;
	case STATUS_NONE:
	case STATUS_KIND_COUNT:
		break;
	}
	return FIGURE_PERMIT; /* away with leave, the letter does not say of which kind */
}

/* The letter of a kind where no row speaks of it; cells that were sealed without one have this. */
static enum recap_letter letter_of_figure(enum figure figure)
{
	switch (figure) {
	case FIGURE_SICK:
	case FIGURE_SICK_UNATTESTED:
		return LETTER_SICK;
	case FIGURE_PERMIT:
		return LETTER_PERMIT;
	case FIGURE_ANNUAL:
	case FIGURE_LONG:
	case FIGURE_MATERNITY:
	case FIGURE_IMPORTANT:
	case FIGURE_UNPAID:
	case FIGURE_JOINT:
		return LETTER_LEAVE;
	case FIGURE_TRAINING:
	case FIGURE_STUDY:
		return LETTER_STUDY;
	default:
		return LETTER_NONE;
	}
}

/* As the row of the kind says: DL stays TB for training and study, of any other kind it is DL. */
static void count_absence(
	const struct recap_facts *f, const struct recap_tables *tables, struct recap_cell *c)
{
	const struct org_kind *row = org_find_kind(
		tables->kind, tables->kinds, f->day->status, f->day->day, f->employment, f->span);

	c->letter = letter_of_figure(c->figure);
	if (!row)
		return;
	switch ((enum recap_class)row->recap_class) {
	case RECAP_LEAVE:
		c->letter = LETTER_LEAVE;
		break;
	case RECAP_SICK:
		c->letter = LETTER_SICK;
		break;
	case RECAP_PERMIT:
		c->letter = LETTER_PERMIT;
		break;
	case RECAP_DUTY:
		if (c->letter == LETTER_STUDY)
			break;
		c->letter = LETTER_NONE;
		c->figure = FIGURE_DUTY;
	}
}

static enum figure figure_of_mode(enum work_mode mode)
{
	switch (mode) {
	case MODE_HOME:
		return FIGURE_HOME;
	case MODE_ANYWHERE:
		return FIGURE_ANYWHERE;
	case MODE_OUTSIDE_DUTY:
		return FIGURE_DUTY;
	default:
		return FIGURE_OFFICE;
	}
}

static enum figure figure_of_day(const struct attendance_day *day)
{
	switch (day->state) {
	case DAY_LEAVE:
		return figure_of_status(day->status);
	case DAY_OFF_WORK:
		return FIGURE_OFF;
	case DAY_ABSENT:
		return FIGURE_ABSENT;
	case DAY_WAITS:
	case DAY_PAPER:
		return FIGURE_WAITS;
	case DAY_PRESENT: /* also while a correction waits: that somebody came is certain */
	case DAY_COMPLETE:
		return figure_of_mode(day->mode);
	case DAY_EXPECTED:
	case DAY_NOT_USED: /* never asked: recap_scan leaves it out */
		break;
	}
	/* a letter for all of the day asks for no punch */
	if (day->mode == MODE_OUTSIDE_DUTY || day->basis & BASIS_PART_OF_DAY)
		return FIGURE_DUTY;
	return FIGURE_OPEN;
}

/* No more than the phone admits, less what was made up or taken away by an incident. */
static int counted_late(const struct attendance_day *day)
{
	int late = day->claim_late_minutes > 0 && day->claim_late_minutes < day->late_minutes
			   ? day->claim_late_minutes
			   : day->late_minutes;

	if (!(day->flags & DAY_LATE))
		return 0;
	late -= day->relieved_minutes + day->made_up_minutes;
	return late > 0 ? late : 0;
}

/* Of the reports that were owed: what nobody asked for is no figure of the recap. */
static enum recap_report report_of(const struct attendance_day *day, enum report_state state)
{
	if (!policy_owes_report(day->duty) || !attendance_is_work(day->mode))
		return RECAP_NOT_DUE;
	if (state == REPORT_VERIFIED)
		return RECAP_VERIFIED;
	return state == REPORT_SUBMITTED || state == REPORT_RETURNED ? RECAP_FILED : RECAP_DUE;
}

struct recap_cell recap_make_cell(
	const struct recap_facts *facts, const struct recap_tables *tables)
{
	const struct attendance_day *day = facts->day;
	const struct recap_bands *bands = &tables->bands;
	struct recap_cell c = {
		.day = day->day,
		.figure = figure_of_day(day),
		.late_minutes = counted_late(day),
		.early_minutes = day->early_minutes,
		.worked_minutes = day->worked_minutes,
		.made_up_minutes = day->made_up_minutes,
		.relieved_minutes = day->relieved_minutes,
		.no_out = (day->flags & DAY_NO_OUT) != 0,
		.report = report_of(day, facts->report),
	};

	if (day->state == DAY_LEAVE)
		count_absence(facts, tables, &c);
	if (c.late_minutes > 0)
		c.late_class = recap_class(
			recap_find_band(bands, BAND_LATE, day->day), c.late_minutes);
	if (c.early_minutes > 0)
		c.early_class = recap_class(
			recap_find_band(bands, BAND_EARLY, day->day), c.early_minutes);
	return c;
}

/* ---- sums ---- */

static const enum figure figure_of_letter[] = {[LETTER_LEAVE] = FIGURE_COUNTS_LEAVE,
	[LETTER_SICK] = FIGURE_COUNTS_SICK,
	[LETTER_PERMIT] = FIGURE_COUNTS_PERMIT,
	[LETTER_STUDY] = FIGURE_COUNTS_STUDY};

void recap_add_cell(struct recap_line *line, const struct recap_cell *c)
{
	line->n[c->figure]++;
	if (c->letter)
		line->n[figure_of_letter[c->letter]]++;
	line->n[FIGURE_LATE_TIMES] += c->late_minutes > 0 || c->made_up_minutes > 0;
	if (c->late_class)
		line->n[FIGURE_LATE_1 + c->late_class - 1]++;
	if (c->early_class)
		line->n[FIGURE_EARLY_1 + c->early_class - 1]++;
	line->n[FIGURE_NO_OUT] += c->no_out;
	line->n[FIGURE_LATE_MINUTES] += c->late_minutes;
	line->n[FIGURE_EARLY_MINUTES] += c->early_minutes;
	line->n[FIGURE_WORKED_MINUTES] += c->worked_minutes;
	line->n[FIGURE_MADE_UP_MINUTES] += c->made_up_minutes;
	line->n[FIGURE_RELIEVED_MINUTES] += c->relieved_minutes;
	line->n[FIGURE_REPORTS_DUE] += c->report != RECAP_NOT_DUE;
	line->n[FIGURE_REPORTS_FILED] += c->report >= RECAP_FILED;
	line->n[FIGURE_REPORTS_VERIFIED] += c->report == RECAP_VERIFIED;
}

void recap_add_line(struct recap_line *sum, const struct recap_line *line)
{
	for (int i = 0; i < FIGURE_COUNT; i++)
		sum->n[i] += line->n[i];
}

int recap_present(const struct recap_line *l)
{
	return l->n[FIGURE_OFFICE] + l->n[FIGURE_HOME] + l->n[FIGURE_ANYWHERE] + l->n[FIGURE_DUTY];
}

const struct recap_band *recap_find_limit(const struct recap_bands *bands, int32_t month)
{
	return recap_find_band(bands, BAND_TIMES, month);
}

bool recap_is_often_late(const struct recap_band *limit, const struct recap_line *line)
{
	return limit && recap_class(limit, line->n[FIGURE_LATE_TIMES]) > 1;
}

/* ---- as text ---- */

#define COUNT_OF_NUMBERS 10 /* of a cell; those at the end that are 0 are left out */

static char *put_int(char *p, int32_t v)
{
	char digit[12];
	int n = 0;

	do {
		digit[n++] = (char)('0' + v % 10);
		v /= 10;
	} while (v > 0);
	while (n > 0)
		*p++ = digit[--n];
	return p;
}

void recap_format_cell(const struct recap_cell *c, char *ret)
{
	const int32_t number[COUNT_OF_NUMBERS] = {c->late_minutes, c->early_minutes,
		c->worked_minutes, c->late_class, c->early_class, c->no_out, c->made_up_minutes,
		c->relieved_minutes, (int32_t)c->report,
		c->letter == letter_of_figure(c->figure) ? 0 : (int32_t)c->letter};
	int year, month, day, last = COUNT_OF_NUMBERS;

	day_to_civil(c->day, &year, &month, &day);
	ret = put_int(ret, day);
	*ret++ = letters[c->figure];
	while (last > 0 && number[last - 1] == 0)
		last--;
	for (int i = 0; i < last; i++) {
		if (i)
			*ret++ = ',';
		ret = put_int(ret, number[i]);
	}
	*ret = '\0';
}

/* Reads digits; false when there are none or too many. */
static bool take_int(const char **p, int32_t *ret)
{
	int digits = 0;

	for (*ret = 0; **p >= '0' && **p <= '9' && digits < 6; digits++)
		*ret = *ret * 10 + (*(*p)++ - '0');
	return digits > 0;
}

static bool take_cell(const char **p, int32_t month, struct recap_cell *ret)
{
	int32_t day, n[COUNT_OF_NUMBERS] = {0};
	enum figure figure;
	const char *letter;

	if (!take_int(p, &day) || day < 1 || day > 31 || !**p)
		return false;
	letter = strchr(letters, *(*p)++);
	if (!letter)
		return false;
	for (int i = 0; i < COUNT_OF_NUMBERS && **p && **p != ';'; i++) {
		if (i && *(*p)++ != ',')
			return false;
		if (!take_int(p, &n[i]))
			return false;
	}
	figure = (enum figure)(letter - letters);
	*ret = (struct recap_cell){month + day - 1, figure, n[0], n[1], n[2], n[6], n[7], n[3],
		n[4], n[5] != 0, (enum recap_report)n[8],
		n[9] ? (enum recap_letter)n[9] : letter_of_figure(figure)};
	return n[3] <= 4 && n[4] <= 4 && n[8] <= RECAP_VERIFIED && n[9] <= LETTER_STUDY;
}

bool recap_parse_cells(const char *p, int32_t month, struct recap_cell *ret_cell, int *ret_count)
{
	for (*ret_count = 0; *p; (*ret_count)++) {
		if (*ret_count == 31 || (*ret_count && *p++ != ';') ||
			!take_cell(&p, month, &ret_cell[*ret_count]))
			return false;
	}
	return true;
}

void recap_format_line(const struct recap_line *line, struct buf *out)
{
	for (int i = 0; i < FIGURE_COUNT; i++) {
		if (i)
			buf_char(out, ' ');
		buf_int(out, line->n[i]);
	}
}

/* Of a line that was sealed before the letters were figures of their own. */
static void count_letters(struct recap_line *line)
{
	for (int f = 0; f < FIGURE_OFF; f++) {
		enum recap_letter letter = letter_of_figure((enum figure)f);

		if (letter)
			line->n[figure_of_letter[letter]] += line->n[f];
	}
}

bool recap_parse_line(const char *p, struct recap_line *ret)
{
	int i;

	*ret = (struct recap_line){0};
	for (i = 0; i < FIGURE_COUNT && *p; i++) {
		int64_t v = 0;

		if (i && *p++ != ' ')
			return false;
		if (*p < '0' || *p > '9')
			return false;
		while (*p >= '0' && *p <= '9' && v < INT32_MAX)
			v = v * 10 + (*p++ - '0');
		ret->n[i] = (int32_t)v;
	}
	if (i <= FIGURE_COUNTS_SICK)
		count_letters(ret);
	return true;
}

/* ---- closing ---- */

enum blocker recap_find_blocker(const struct blockers *b)
{
	for (int i = 0; i < BLOCKER_COUNT; i++)
		if (b->n[i] > 0)
			return (enum blocker)i;
	return BLOCKER_COUNT;
}

const char *recap_remedy(enum blocker b)
{
	static const char *const remedy[] = {
		[BLOCKER_MONTH] = "the month is not over yet: close it after its last day",
		[BLOCKER_NOTICES] = "notices of absence wait for a decision: decide them first",
		[BLOCKER_CORRECTIONS] = "corrections wait for a decision: decide them first",
		[BLOCKER_PAPERS] = "paper lists wait to be confirmed: have them confirmed first",
		[BLOCKER_CASES] = "a late decree concerns these days: decide about them first",
		[BLOCKER_DAYS] = "days wait for a decision: decide what they rest on first",
		[BLOCKER_OPEN] = "days are not judged yet: they are in the morning after",
		[BLOCKER_EMPTY] = "the unit had nobody in this month: there is nothing to close",
		[BLOCKER_COUNT] = "",
	};

	return remedy[b];
}

static bool is_head(const struct recap_head *h)
{
	return h->acting != ACTING_DELEGATE;
}

int recap_find_closer(const struct recap_head *head, int heads, struct employee_id actor)
{
	int nearest = INT32_MAX;

	for (int i = 0; i < heads; i++)
		if (is_head(&head[i]) && head[i].distance < nearest)
			nearest = head[i].distance;
	for (int i = 0; i < heads; i++)
		if (is_head(&head[i]) && head[i].distance == nearest &&
			head[i].employee.v == actor.v)
			return i;
	return -1;
}

int recap_find_signer(const struct recap_head *head, int heads, int distance)
{
	static const int rank[] = {
		[ACTING_PLH] = 0, [ACTING_DEFINITIVE] = 1, [ACTING_PLT] = 2, [ACTING_DELEGATE] = 3};
	int found = -1;

	for (int i = 0; i < heads; i++)
		if (is_head(&head[i]) && head[i].distance == distance &&
			(found < 0 || rank[head[i].acting] < rank[head[found].acting]))
			found = i;
	return found;
}

/* ---- differences ---- */

static const struct recap_cell *cell_on(const struct recap_cell *cell, int cells, int32_t day)
{
	for (int i = 0; i < cells; i++)
		if (cell[i].day == day)
			return &cell[i];
	return NULL;
}

static bool is_same(const struct recap_cell *a, const struct recap_cell *b)
{
	return a->figure == b->figure && a->late_minutes == b->late_minutes &&
	       a->early_minutes == b->early_minutes && a->worked_minutes == b->worked_minutes &&
	       a->late_class == b->late_class && a->early_class == b->early_class &&
	       a->no_out == b->no_out && a->made_up_minutes == b->made_up_minutes &&
	       a->relieved_minutes == b->relieved_minutes && a->report == b->report;
}

int recap_compare(const struct recap_cell *before, int befores, const struct recap_cell *after,
	int afters, int32_t month, struct recap_difference *ret)
{
	int found = 0;

	for (int32_t day = month; day < month + 31; day++) {
		const struct recap_cell *b = cell_on(before, befores, day);
		const struct recap_cell *a = cell_on(after, afters, day);

		if ((!a && !b) || (a && b && is_same(a, b)))
			continue;
		ret[found] = (struct recap_difference){
			.day = day, .was = b != NULL, .is = a != NULL};
		if (b)
			ret[found].before = *b;
		if (a)
			ret[found].after = *a;
		found++;
	}
	return found;
}
