/*
 * SIMPEGNAS, the national attendance app of BKN, as a second witness of a day: its codes, its
 * monthly record, and the recap in its own words.
 *
 * The codes and the classes of lateness behind TM1..4 and PC1..4 are local and dated data
 * (attendance_code): two versions of one published specification number the classes of early leave
 * in opposite order, so a class says nothing without its minutes. Traps of the record, each with a
 * test: the status of the day comes first (a holiday has TMM and PCM beside it), times are UTC, a
 * month is replaced as a whole because late approvals rewrite days gone by.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_SIMPEGNAS_H
#define LUWES_ATTENDANCE_ATTENDANCE_SIMPEGNAS_H

#include "attendance/attendance.h"

enum code_meaning {
	MEANS_NORMAL,  /* HN */
	MEANS_ABSENT,  /* TK */
	MEANS_LEAVE,   /* CT C */
	MEANS_DUTY,    /* DL */
	MEANS_PERMIT,  /* IZIN I */
	MEANS_SICK,    /* S */
	MEANS_DAY_OFF, /* LJ */
	MEANS_HOLIDAY, /* LN */
	MEANS_LATE,    /* TM1..4: a class, with its minutes */
	MEANS_NO_IN,   /* TMM TMDHM */
	MEANS_EARLY,   /* PC1..4 */
	MEANS_NO_OUT   /* PCM TMDHP */
};
extern const char *const code_meaning_names[];
/* normal absent leave duty permit sick day_off holiday late no_in early no_out */

struct code_row {
	int64_t id;
	const char *code; /* upper case */
	enum code_meaning meaning;
	int32_t from_minute, to_minute; /* of late and early; -1 not said, open */
	const char *label, *legal_basis, *verified_by;
	int32_t valid_from, valid_to;
};

#define CODE_BYTES_MAX 12

/* What a code says of a day: its status, and what it says of coming and leaving. */
struct day_code {
	enum code_meaning status;        /* normal when only lateness and the like are said */
	const struct code_row *in, *out; /* late or no_in; early or no_out; NULL nothing */
};
enum code_fault { CODE_OK, CODE_UNKNOWN, CODE_CONTRADICTS, CODE_WITHOUT_MINUTES };
extern const char *const code_fault_names[]; /* reason codes of import errors */
/* Reads "TM1", "TM1PC2", "TM1-PC2", "tm1 / pc2" by the codes valid on the day. A day off, holiday,
 * leave, duty or sickness wins over TMM and PCM beside it. Pure. */
enum code_fault attendance_read_code(const struct code_row *code, int codes, int32_t day,
	const char *text, struct day_code *ret);
/* The code for a meaning, and for late and early of a class that holds `minutes`, valid on the day;
 * NULL when there is none. Pure. */
const struct code_row *attendance_find_code(const struct code_row *code, int codes, int32_t day,
	enum code_meaning meaning, int minutes);
/* Whether a row says what its meaning needs: NULL, or the field at fault. Pure. */
const char *attendance_check_code(const struct code_row *row);

/* The examples, unverified: codes as published, classes of one regency. */
extern const struct code_row attendance_code_examples[];
extern const int attendance_code_example_count;

#define MONTH_DAYS_MAX 31
#define MONTH_TEXT_MAX (MONTH_DAYS_MAX * (CODE_BYTES_MAX + 14) + 1)
/* A day of the record; code "" when it says nothing of the day. Minutes of the local day (a way out
 * after midnight is past 1440), MINUTE_OFF none. */
struct recorded_day {
	char code[CODE_BYTES_MAX + 1];
	int in_minute, out_minute;
};
struct recorded_month {
	int32_t first; /* day */
	struct recorded_day day[MONTH_DAYS_MAX];
};
/* Canonical text and back; reading text of our own cannot fail. Pure. */
void attendance_write_month(const struct recorded_month *month, char text[MONTH_TEXT_MAX]);
void attendance_read_month(const char *text, int32_t first, struct recorded_month *ret);
/* Days on which two versions differ, as a mask of the days of the month. Pure. */
uint32_t attendance_compare_months(const struct recorded_month *a, const struct recorded_month *b);

/* Minute of the local day of a UTC time of day that the record gives for `day` in `zone`: the one
 * of its UTC day or the one before that falls into the local day. Pure. */
int attendance_local_minute(int utc_minute, enum zone zone);

/* A ruling as the record decides it, where SIMPEGNAS judges: the status of its day before its
 * times. A status decided here stands. Returns whether its times count. Pure. */
bool attendance_rule_by_code(const struct day_code *code, struct day_ruling *ruling);

/* Our day in their words, e.g. "TM1PC2"; "" for a day that says nothing yet. `is_holiday`: a day
 * off by the calendar of holidays. Pure. */
void attendance_write_code(const struct code_row *code, int codes, const struct attendance_day *row,
	bool is_holiday, char text[2 * CODE_BYTES_MAX + 1]);

#endif
