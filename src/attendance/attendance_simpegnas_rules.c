/*
 * The words of SIMPEGNAS: reading its codes and its month, ruling a day by it, writing our day in
 * its codes. Pure.
 *
 * Sources: published specifications and code of regencies that read its monthly recap (none of them
 * law, all unverified; rows of attendance_code say so). PP 94/2021 art. 4 f and art. 1 no. 5 decide
 * what a day is; a code of another system only tells what that system saw.
 */
#include "attendance/attendance_simpegnas.h"

#include "base/str.h"

#include <string.h>

const char *const code_meaning_names[] = {"normal", "absent", "leave", "duty", "permit", "sick",
	"day_off", "holiday", "late", "no_in", "early", "no_out", NULL};
const char *const code_fault_names[] = {
	"ok", "unknown_code", "contradictory_code", "class_without_minutes", NULL};

#define SPEC   "Spesifikasi rekap SIMPEGNAS yang dipublikasikan pemerintah daerah"
#define CLASS  "Kelas menit satu kabupaten, 2026"
#define ALWAYS 0, DAY_FOREVER
const struct code_row attendance_code_examples[] = {
	{0, "HN", MEANS_NORMAL, -1, -1, "Hadir normal", SPEC, "", ALWAYS},
	{0, "TK", MEANS_ABSENT, -1, -1, "Tanpa keterangan", SPEC, "", ALWAYS},
	{0, "CT", MEANS_LEAVE, -1, -1, "Cuti tahunan", SPEC, "", ALWAYS},
	{0, "C", MEANS_LEAVE, -1, -1, "Cuti", SPEC, "", ALWAYS},
	{0, "DL", MEANS_DUTY, -1, -1, "Dinas luar", SPEC, "", ALWAYS},
	{0, "IZIN", MEANS_PERMIT, -1, -1, "Izin", SPEC, "", ALWAYS},
	{0, "I", MEANS_PERMIT, -1, -1, "Izin", SPEC, "", ALWAYS},
	{0, "S", MEANS_SICK, -1, -1, "Sakit", SPEC, "", ALWAYS},
	{0, "LJ", MEANS_DAY_OFF, -1, -1, "Libur jadwal, akhir pekan", SPEC, "", ALWAYS},
	{0, "LN", MEANS_HOLIDAY, -1, -1, "Libur nasional", SPEC, "", ALWAYS},
	{0, "TM1", MEANS_LATE, 1, 30, "Terlambat 1 sampai 30 menit", CLASS, "", ALWAYS},
	{0, "TM2", MEANS_LATE, 31, 60, "Terlambat 31 sampai 60 menit", CLASS, "", ALWAYS},
	{0, "TM3", MEANS_LATE, 61, 90, "Terlambat 61 sampai 90 menit", CLASS, "", ALWAYS},
	{0, "TM4", MEANS_LATE, 91, -1, "Terlambat lebih dari 90 menit", CLASS, "", ALWAYS},
	{0, "TMM", MEANS_NO_IN, -1, -1, "Tidak presensi masuk", SPEC, "", ALWAYS},
	{0, "TMDHM", MEANS_NO_IN, -1, -1, "Tidak mengisi daftar hadir masuk", SPEC, "", ALWAYS},
	{0, "PC1", MEANS_EARLY, 1, 30, "Pulang cepat 1 sampai 30 menit", CLASS, "", ALWAYS},
	{0, "PC2", MEANS_EARLY, 31, 60, "Pulang cepat 31 sampai 60 menit", CLASS, "", ALWAYS},
	{0, "PC3", MEANS_EARLY, 61, 90, "Pulang cepat 61 sampai 90 menit", CLASS, "", ALWAYS},
	{0, "PC4", MEANS_EARLY, 91, -1, "Pulang cepat lebih dari 90 menit", CLASS, "", ALWAYS},
	{0, "PCM", MEANS_NO_OUT, -1, -1, "Tidak presensi pulang", SPEC, "", ALWAYS},
	{0, "TMDHP", MEANS_NO_OUT, -1, -1, "Tidak mengisi daftar hadir pulang", SPEC, "", ALWAYS},
};
const int attendance_code_example_count = (int)(sizeof(attendance_code_examples) /
						sizeof(attendance_code_examples[0]));

/* ---- codes ---- */

static bool is_separator(char c)
{
	return c != '\0' && strchr(" -+/,&", c) != NULL;
}

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static size_t match(const char *code, const char *text)
{
	size_t n = 0;

	while (code[n] && code[n] == upper(text[n]))
		n++;
	return code[n] ? 0 : n;
}

/* The longest code valid on the day that `text` begins with. */
static const struct code_row *find_longest(
	const struct code_row *code, int codes, int32_t day, const char *text, size_t *ret_bytes)
{
	const struct code_row *best = NULL;

	*ret_bytes = 0;
	for (int i = 0; i < codes; i++) {
		size_t n = match(code[i].code, text);

		if (n <= *ret_bytes || code[i].valid_from > day || code[i].valid_to < day)
			continue;
		*ret_bytes = n;
		best = &code[i];
	}
	return best;
}

/* What the parts of a code said so far. */
struct reading {
	const struct code_row *status, *in, *out;
};

static enum code_fault take(const struct code_row **slot, const struct code_row *row)
{
	if (*slot && (*slot)->meaning != row->meaning)
		return CODE_CONTRADICTS;
	if (*slot && *slot != row && row->meaning != MEANS_NO_IN && row->meaning != MEANS_NO_OUT &&
		row->meaning != MEANS_LEAVE && row->meaning != MEANS_PERMIT)
		return CODE_CONTRADICTS;
	*slot = row;
	return CODE_OK;
}

static enum code_fault take_part(struct reading *r, const struct code_row *row)
{
	bool has_class = row->meaning == MEANS_LATE || row->meaning == MEANS_EARLY;

	if (has_class && row->from_minute < 0)
		return CODE_WITHOUT_MINUTES;
	if (row->meaning == MEANS_LATE || row->meaning == MEANS_NO_IN)
		return take(&r->in, row);
	if (row->meaning == MEANS_EARLY || row->meaning == MEANS_NO_OUT)
		return take(&r->out, row);
	return take(&r->status, row);
}

/* "Came on time" and "absent" say something of the punches too. */
static enum code_fault finish(const struct reading *r, struct day_code *ret)
{
	const struct code_row *status = r->status;
	bool is_edge = r->in || r->out;
	bool is_punched = (r->in && r->in->meaning == MEANS_LATE) ||
			  (r->out && r->out->meaning == MEANS_EARLY);

	*ret = (struct day_code){MEANS_NORMAL, r->in, r->out};
	if (!status)
		return CODE_OK;
	ret->status = status->meaning;
	if (status->meaning == MEANS_NORMAL)
		return is_edge ? CODE_CONTRADICTS : CODE_OK;
	if (is_punched && status->meaning != MEANS_DUTY)
		return CODE_CONTRADICTS;
	ret->in = ret->out = NULL; /* the status of the day comes first */
	return CODE_OK;
}

enum code_fault attendance_read_code(
	const struct code_row *code, int codes, int32_t day, const char *text, struct day_code *ret)
{
	struct reading r = {NULL, NULL, NULL};

	if (!*text)
		return CODE_UNKNOWN;
	while (*text) {
		size_t bytes;
		const struct code_row *row;
		enum code_fault fault;

		if (is_separator(*text)) {
			text++;
			continue;
		}
		row = find_longest(code, codes, day, text, &bytes);
		if (!row)
			return CODE_UNKNOWN;
		if ((fault = take_part(&r, row)))
			return fault;
		text += bytes;
	}
	if (!r.status && !r.in && !r.out)
		return CODE_UNKNOWN;
	return finish(&r, ret);
}

static bool holds_minutes(const struct code_row *row, int minutes)
{
	if (row->meaning != MEANS_LATE && row->meaning != MEANS_EARLY)
		return true;
	return row->from_minute >= 0 && minutes >= row->from_minute &&
	       (row->to_minute < 0 || minutes <= row->to_minute);
}

const struct code_row *attendance_find_code(
	const struct code_row *code, int codes, int32_t day, enum code_meaning meaning, int minutes)
{
	for (int i = 0; i < codes; i++)
		if (code[i].meaning == meaning && code[i].valid_from <= day &&
			code[i].valid_to >= day && holds_minutes(&code[i], minutes))
			return &code[i];
	return NULL;
}

const char *attendance_check_code(const struct code_row *row)
{
	bool has_class = row->meaning == MEANS_LATE || row->meaning == MEANS_EARLY;
	size_t n = strlen(row->code);

	if (n == 0 || n > CODE_BYTES_MAX ||
		strspn(row->code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != n)
		return "code";
	if (has_class ? row->from_minute < 1 : row->from_minute != -1)
		return "from_minute";
	if (has_class ? row->to_minute != -1 && row->to_minute < row->from_minute
		      : row->to_minute != -1)
		return "to_minute";
	return row->valid_to < row->valid_from ? "valid_to" : NULL;
}

/* ---- the month as text ---- */

static char *put_text(char *p, const char *text)
{
	size_t n = strlen(text);

	memcpy(p, text, n);
	return p + n;
}

static char *put_minute(char *p, int minute)
{
	*p++ = ' ';
	if (minute == MINUTE_OFF) {
		*p++ = '-';
		return p;
	}
	for (int unit = 1000; unit; unit /= 10)
		*p++ = (char)('0' + minute / unit % 10);
	return p;
}

void attendance_write_month(const struct recorded_month *month, char text[MONTH_TEXT_MAX])
{
	char *p = text;

	for (int i = 0; i < MONTH_DAYS_MAX; i++) {
		const struct recorded_day *d = &month->day[i];

		if (i)
			*p++ = ';';
		if (!d->code[0])
			continue;
		p = put_text(p, d->code);
		p = put_minute(p, d->in_minute);
		p = put_minute(p, d->out_minute);
	}
	*p = '\0';
}

static const char *get_minute(const char *p, int *ret_minute)
{
	*ret_minute = MINUTE_OFF;
	if (*p == ' ')
		p++;
	if (*p == '-')
		return p + 1;
	for (int value = 0; *p >= '0' && *p <= '9'; p++)
		*ret_minute = value = value * 10 + (*p - '0');
	return p;
}

static const char *get_day(const char *p, struct recorded_day *ret)
{
	size_t n = 0;

	*ret = (struct recorded_day){"", MINUTE_OFF, MINUTE_OFF};
	while (*p && *p != ' ' && *p != ';' && n < CODE_BYTES_MAX)
		ret->code[n++] = *p++;
	ret->code[n] = '\0';
	if (*p == ' ')
		p = get_minute(p, &ret->in_minute);
	if (*p == ' ')
		p = get_minute(p, &ret->out_minute);
	return p;
}

void attendance_read_month(const char *text, int32_t first, struct recorded_month *ret)
{
	ret->first = first;
	for (int i = 0; i < MONTH_DAYS_MAX; i++) {
		text = get_day(text, &ret->day[i]);
		if (*text == ';')
			text++;
	}
}

uint32_t attendance_compare_months(const struct recorded_month *a, const struct recorded_month *b)
{
	uint32_t mask = 0;

	for (int i = 0; i < MONTH_DAYS_MAX; i++) {
		const struct recorded_day *x = &a->day[i], *y = &b->day[i];

		if (!str_eq(x->code, y->code) || x->in_minute != y->in_minute ||
			x->out_minute != y->out_minute)
			mask |= UINT32_C(1) << i;
	}
	return mask;
}

int attendance_local_minute(int utc_minute, enum zone zone)
{
	return (utc_minute + zone_offset_minutes(zone)) % 1440;
}

/* ---- the day ---- */

static void rule_off(struct day_ruling *ruling)
{
	ruling->mode = MODE_OFF;
	ruling->source = SOURCE_CALENDAR;
	ruling->shift = (struct shift){MINUTE_OFF, MINUTE_OFF, MINUTE_OFF, MINUTE_OFF};
}

static void rule_status(struct day_ruling *ruling, enum status_kind kind)
{
	ruling->source = SOURCE_STATUS;
	ruling->status = kind;
	ruling->mode = org_status_is_work(kind) ? MODE_OUTSIDE_DUTY : MODE_LEAVE;
	if (ruling->mode == MODE_LEAVE)
		ruling->shift = (struct shift){MINUTE_OFF, MINUTE_OFF, MINUTE_OFF, MINUTE_OFF};
}

bool attendance_rule_by_code(const struct day_code *code, struct day_ruling *ruling)
{
	static const enum status_kind of_meaning[] = {[MEANS_LEAVE] = STATUS_ANNUAL_LEAVE,
		[MEANS_DUTY] = STATUS_OUTSIDE_DUTY,
		[MEANS_PERMIT] = STATUS_PERMIT,
		[MEANS_SICK] = STATUS_SICK_LEAVE};

	if (ruling->source == SOURCE_STATUS)
		return true;
	switch (code->status) {
	case MEANS_DAY_OFF:
	case MEANS_HOLIDAY:
		rule_off(ruling);
		return false;
	case MEANS_LEAVE:
	case MEANS_DUTY:
	case MEANS_PERMIT:
	case MEANS_SICK:
		rule_status(ruling, of_meaning[code->status]);
		return false;
	case MEANS_ABSENT:
		return false;
	default:
		return true;
	}
}

static enum code_meaning meaning_of_leave(enum status_kind kind)
{
	switch (kind) {
	case STATUS_PERMIT:
		return MEANS_PERMIT;
	case STATUS_SICK_LEAVE:
	case STATUS_SICK_UNATTESTED:
		return MEANS_SICK;
	case STATUS_TRAINING:
	case STATUS_STUDY:
		return MEANS_DUTY;
	default:
		return MEANS_LEAVE;
	}
}

static char *put_code(char *p, const struct code_row *code, int codes, int32_t day,
	enum code_meaning meaning, int minutes)
{
	const struct code_row *row = attendance_find_code(code, codes, day, meaning, minutes);

	return row ? put_text(p, row->code) : p;
}

/* How somebody who came came: on time, or what was late, early or missing. */
static void write_presence(
	const struct code_row *code, int codes, const struct attendance_day *row, char *text)
{
	char *p = text;
	bool is_late = (row->flags & DAY_LATE) != 0;

	if (row->in_at == NO_INSTANT)
		p = put_code(p, code, codes, row->day, MEANS_NO_IN, 0);
	else if (is_late)
		p = put_code(p, code, codes, row->day, MEANS_LATE,
			row->late_minutes - row->made_up_minutes - row->relieved_minutes);
	if (row->flags & DAY_NO_OUT)
		p = put_code(p, code, codes, row->day, MEANS_NO_OUT, 0);
	else if (row->flags & DAY_EARLY)
		p = put_code(p, code, codes, row->day, MEANS_EARLY, row->early_minutes);
	if (p == text)
		p = put_code(p, code, codes, row->day, MEANS_NORMAL, 0);
	*p = '\0';
}

void attendance_write_code(const struct code_row *code, int codes, const struct attendance_day *row,
	bool is_holiday, char text[2 * CODE_BYTES_MAX + 1])
{
	enum code_meaning meaning;

	text[0] = '\0';
	if (row->state == DAY_NOT_USED || row->state == DAY_WAITS || row->state == DAY_PAPER)
		return;
	if (row->state == DAY_PRESENT || row->state == DAY_COMPLETE) {
		if (row->mode != MODE_OUTSIDE_DUTY) {
			write_presence(code, codes, row, text);
			return;
		}
		meaning = MEANS_DUTY;
	} else if (row->state == DAY_OFF_WORK) {
		meaning = is_holiday ? MEANS_HOLIDAY : MEANS_DAY_OFF;
	} else if (row->state == DAY_LEAVE) {
		meaning = meaning_of_leave(row->status);
	} else if (row->state == DAY_ABSENT) {
		meaning = MEANS_ABSENT;
	} else if (row->mode == MODE_OUTSIDE_DUTY || row->basis & BASIS_PART_OF_DAY) {
		meaning = MEANS_DUTY;
	} else {
		return;
	}
	*put_code(text, code, codes, row->day, meaning, 0) = '\0';
}
