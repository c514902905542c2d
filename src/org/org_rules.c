/*
 * Names, numbers and small judgements about civil servants: pure.
 *
 * NIP (Perka BKN 22/2007): birth date, month of appointment, sex, sequence. The NI of a PPPK has
 * the year of contract and a two-digit count where a PNS has a month, so digits 13-14 are not
 * judged as a month there. A NIP tells birth date and sex, hence the mask outside personnel screens
 * (UU 27/2022).
 */
#include "org/org_int.h"

#include "base/str.h"

#include <string.h>

#define NIP_DIGITS      18
#define NIP_SHOWN       3
#define NIP_APPOINTMENT 8
#define NIP_MONTH       12
#define NIP_SEX         14
#define NIP_SEQUENCE    15

const char *const unit_kind_names[] = {"agency", "secretariat", "division", "section", "bureau",
	"branch", "uptd", "school", "hospital", "ward", "samsat", NULL};
const char *const unit_character_names[] = {
	"office", "service", "field", "secretariat", "inspectorate", NULL};
const char *const employment_kind_names[] = {"pns", "cpns", "pppk", "pppk_part_time", NULL};
const char *const position_level_names[] = {
	"jpt_madya", "jpt_pratama", "administrator", "pengawas", "fungsional", "pelaksana", NULL};
const char *const relation_kind_names[] = {"supervisor", "team_lead", NULL};
const char *const role_names[] = {"employee", "supervisor", "team_lead", "unit_head", "agency_head",
	"agency_officer", "unit_officer", "bkd", "inspector", "council", "service_officer",
	"operator", NULL};
const char *const acting_names[] = {"definitive", "plt", "plh", "delegate", NULL};
const char *const status_kind_names[] = {"none", "annual_leave", "long_leave", "sick_leave",
	"maternity_leave", "important_leave", "unpaid_leave", "permit", "outside_duty", "training",
	"study", "joint_leave", "sick_unattested", NULL};
const char *const reach_names[] = {"none", "self", "supervisor", "team_lead", "no_object", NULL};

bool org_status_is_work(enum status_kind kind)
{
	return kind == STATUS_OUTSIDE_DUTY;
}

static bool is_digits(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
	}
	return s[n] == '\0';
}

/* Value of `n` digits at `p`. */
static int digits_value(const char *p, int n)
{
	int v = 0;

	for (int i = 0; i < n; i++)
		v = v * 10 + (p[i] - '0');
	return v;
}

static bool is_birth_date(const char *nip)
{
	char text[11] = {
		nip[0], nip[1], nip[2], nip[3], '-', nip[4], nip[5], '-', nip[6], nip[7], '\0'};
	int32_t day;

	return day_parse(text, &day);
}

enum err org_check_nip(const char *nip, enum employment_kind kind)
{
	if (!nip || strlen(nip) != NIP_DIGITS || !is_digits(nip, NIP_DIGITS) || !is_birth_date(nip))
		return E_BAD_FIELD;
	if (digits_value(nip + NIP_APPOINTMENT, 4) <= digits_value(nip, 4))
		return E_BAD_FIELD;
	if (kind == PNS || kind == CPNS) {
		int month = digits_value(nip + NIP_MONTH, 2);

		if (month < 1 || month > 12)
			return E_BAD_FIELD;
	}
	if (nip[NIP_SEX] != '1' && nip[NIP_SEX] != '2')
		return E_BAD_FIELD;
	return digits_value(nip + NIP_SEQUENCE, 3) > 0 ? OK : E_BAD_FIELD;
}

char *org_mask_nip(struct arena *arena, const char *nip)
{
	char *masked = arena_strdup(arena, nip);
	size_t n = strlen(masked);

	if (n > NIP_SHOWN)
		memset(masked, '*', n - NIP_SHOWN);
	return masked;
}

char *org_full_name(struct arena *arena, const struct employee_row *e)
{
	const char *before = e->title_before ? e->title_before : "";
	const char *after = e->title_after ? e->title_after : "";

	return arena_printf(arena, "%s%s%s%s%s", before, *before ? " " : "", e->name,
		*after ? ", " : "", after);
}

bool org_is_path_below(const char *path, const char *ancestor)
{
	return str_starts(path, ancestor);
}
