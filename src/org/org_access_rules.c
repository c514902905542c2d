/*
 * The one decision about access: permission x role x reach, default deny. Pure.
 *
 * PermenPANRB 4/2025 (the supervisor watches over work and result), PP 94/2021 art. 24-27 (who may
 * judge whom), UU 27/2022 art. 16 and 36 (purpose, need to know). The reviewed table is
 * test/golden/authorisation.csv; org_access_test compares every cell. Roles only add: taking one
 * away never allows more. Nobody decides about himself, whatever roles he holds. Another government
 * is out of reach before this rule is asked: every object is loaded within the actor's own.
 *
 * Council and public read aggregates of at least ten people; the boards here are not cut to that,
 * so the council sees published rules and the tree alone.
 */
#include "org/org_int.h"

enum {
#define X(name, code) name,
#include "base/permission.def"
#undef X
	PERMISSIONS
};

enum grant {
	NO,        /* never                                                                  */
	OWN,       /* about oneself                                                          */
	RELATED,   /* whom one answers for that day, as the role says                        */
	COVERED,   /* inside the role's scope                                                */
	SOMEWHERE, /* inside the role's scope; a list without an object is cut to the scope  */
	ALWAYS,
};

/* Columns in the order of enum role. */
static const unsigned char grants[PERMISSIONS][ROLE_COUNT] = {
#define ROW(employee, supervisor, team_lead, unit_head, agency_head, agency_officer, unit_officer, \
	bkd, inspector, council, service_officer, operator)                                        \
	{                                                                                          \
		[ROLE_EMPLOYEE] = employee, [ROLE_SUPERVISOR] = supervisor,                        \
		[ROLE_TEAM_LEAD] = team_lead, [ROLE_UNIT_HEAD] = unit_head,                        \
		[ROLE_AGENCY_HEAD] = agency_head, [ROLE_AGENCY_OFFICER] = agency_officer,          \
		[ROLE_UNIT_OFFICER] = unit_officer, [ROLE_BKD] = bkd,                              \
		[ROLE_INSPECTOR] = inspector, [ROLE_COUNCIL] = council,                            \
		[ROLE_SERVICE_OFFICER] = service_officer, [ROLE_OPERATOR] = operator               \
	}
#define O OWN
#define R RELATED
#define C COVERED
#define S SOMEWHERE
#define A ALWAYS
#define _ NO
	/* clang-format off */
	/*                         employee  team_lead    agency_head     unit_officer  inspector  service_officer
	                               supervisor  unit_head   agency_officer     bkd        council   operator */
	[P_PUBLIC]           = ROW(A,  A,  A,  A,  A,  A,  A,  A,  A,  A,  A,  A),
	[P_SIGNED_IN]        = ROW(A,  A,  A,  A,  A,  A,  A,  A,  A,  A,  A,  A),
	[P_PUNCH_SELF]       = ROW(O,  _,  _,  _,  _,  _,  _,  _,  _,  _,  _,  _),
	[P_DAY_READ]         = ROW(O,  R,  R,  C,  C,  C,  C,  C,  C,  _,  _,  _),
	[P_CORRECTION_SELF]  = ROW(O,  _,  _,  _,  _,  _,  _,  _,  _,  _,  _,  _),
	[P_CORRECTION_DECIDE] = ROW(_,  R,  _,  _,  _,  S,  _,  S,  _,  _,  _,  _),
	[P_PAPER_READ]       = ROW(_,  _,  _,  S,  S,  S,  S,  S,  S,  _,  _,  _),
	[P_PAPER_WRITE]      = ROW(_,  _,  _,  _,  _,  C,  C,  C,  _,  _,  _,  _),
	[P_PAPER_CONFIRM]    = ROW(_,  _,  _,  C,  C,  C,  C,  C,  _,  _,  _,  _),
	[P_INCIDENT_READ]    = ROW(_,  _,  _,  _,  A,  A,  _,  A,  A,  _,  _,  A),
	[P_INCIDENT_DECLARE] = ROW(_,  _,  _,  _,  _,  _,  _,  C,  _,  _,  _,  A),
	[P_INCIDENT_DECIDE]  = ROW(_,  _,  _,  _,  _,  _,  _,  C,  _,  _,  _,  _),
	[P_TEAM_READ]        = ROW(_,  R,  R,  S,  S,  _,  _,  _,  _,  _,  _,  _),
	[P_EXPLAIN_READ]     = ROW(O,  R,  R,  C,  C,  C,  C,  C,  C,  _,  _,  _),
	[P_POLICY_READ]      = ROW(A,  A,  A,  A,  A,  A,  A,  A,  A,  A,  A,  A),
	[P_POLICY_WRITE]     = ROW(_,  _,  _,  _,  _,  _,  _,  C,  _,  _,  _,  _),
	[P_ROSTER_READ]      = ROW(_,  _,  _,  S,  S,  S,  S,  S,  S,  _,  _,  _),
	[P_ROSTER_WRITE]     = ROW(_,  _,  _,  C,  C,  C,  _,  C,  _,  _,  _,  _),
	[P_ROSTER_PUBLISH]   = ROW(_,  _,  _,  _,  C,  _,  _,  C,  _,  _,  _,  _),
	[P_ROSTER_ANSWER]    = ROW(_,  _,  _,  _,  _,  _,  _,  C,  _,  _,  _,  _),
	[P_SWAP_SELF]        = ROW(O,  _,  _,  _,  _,  _,  _,  _,  _,  _,  _,  _),
	[P_SWAP_DECIDE]      = ROW(_,  R,  _,  _,  C,  C,  _,  C,  _,  _,  _,  _),
	[P_HOURS_WRITE]      = ROW(_,  _,  _,  _,  _,  C,  _,  C,  _,  _,  _,  _),
	[P_TURN_WRITE]       = ROW(_,  _,  _,  C,  C,  C,  C,  C,  _,  _,  _,  _),
	[P_REPORT_SELF]      = ROW(O,  _,  _,  _,  _,  _,  _,  _,  _,  _,  _,  _),
	[P_REPORT_READ]      = ROW(O,  R,  R,  C,  C,  C,  _,  C,  C,  _,  _,  _),
	[P_REPORT_VERIFY]    = ROW(_,  R,  _,  _,  _,  _,  _,  _,  _,  _,  _,  _),
	[P_REPORT_NOTE]      = ROW(O,  R,  R,  _,  _,  _,  _,  _,  _,  _,  _,  _),
	[P_REPORT_ADVISE]    = ROW(_,  _,  R,  _,  _,  _,  _,  _,  _,  _,  _,  _),
	[P_TASK_SELF]        = ROW(O,  _,  _,  _,  _,  _,  _,  _,  _,  _,  _,  _),
	[P_TASK_READ]        = ROW(O,  R,  _,  C,  C,  _,  _,  _,  C,  _,  _,  _),
	[P_RATING_SELF]      = ROW(O,  _,  _,  _,  _,  _,  _,  _,  _,  _,  _,  _),
	[P_RATING_READ]      = ROW(O,  R,  _,  _,  _,  _,  _,  C,  C,  _,  _,  _),
	[P_RATING_WRITE]     = ROW(_,  R,  R,  _,  _,  _,  _,  _,  _,  _,  _,  _),
	[P_RATING_DECIDE]    = ROW(_,  R,  _,  _,  _,  _,  _,  _,  _,  _,  _,  _),
	[P_RATING_COUNT]     = ROW(_,  _,  _,  _,  S,  S,  _,  S,  S,  _,  _,  _),
	[P_RATING_OFFICE]    = ROW(_,  _,  _,  _,  _,  _,  _,  C,  _,  _,  _,  _),
	[P_RECAP_SELF]       = ROW(O,  _,  _,  _,  _,  _,  _,  _,  _,  _,  _,  _),
	[P_RECAP_READ]       = ROW(_,  _,  _,  S,  S,  S,  S,  S,  S,  _,  _,  _),
	[P_RECAP_CLOSE]      = ROW(_,  _,  _,  C,  C,  _,  _,  _,  _,  _,  _,  _),
	[P_TEMPLATE_WRITE]   = ROW(_,  _,  _,  _,  _,  C,  _,  C,  _,  _,  _,  _),
	[P_DELEGATE_SELF]    = ROW(O,  _,  _,  _,  _,  _,  _,  _,  _,  _,  _,  _),
	[P_BOARD_GOVERNMENT] = ROW(_,  _,  _,  _,  C,  _,  _,  C,  C,  _,  _,  _),
	[P_BOARD_UNIT]       = ROW(_,  _,  _,  C,  C,  C,  C,  C,  C,  _,  _,  _),
	[P_PEOPLE_READ]      = ROW(_,  _,  _,  S,  S,  S,  S,  S,  S,  _,  _,  _),
	[P_NIP_READ]         = ROW(_,  _,  _,  _,  _,  S,  S,  S,  S,  _,  _,  _),
	[P_ORG_READ]         = ROW(A,  A,  A,  A,  A,  A,  A,  A,  A,  A,  A,  A),
	[P_ORG_WRITE]        = ROW(_,  _,  _,  _,  _,  _,  _,  C,  _,  _,  _,  _),
	[P_CASE_DECIDE]      = ROW(_,  _,  _,  _,  _,  S,  _,  S,  _,  _,  _,  _),
	[P_CODE_ISSUE]       = ROW(_,  _,  _,  _,  _,  S,  S,  S,  _,  _,  _,  _),
	[P_DEVICE_ENROL]     = ROW(_,  _,  _,  _,  _,  S,  S,  S,  _,  _,  _,  _),
	[P_DEVICE_READ]      = ROW(O,  _,  _,  _,  _,  C,  C,  C,  C,  _,  _,  _),
	[P_DEVICE_END]       = ROW(O,  _,  _,  _,  _,  C,  C,  C,  _,  _,  _,  _),
	[P_STATION_READ]     = ROW(_,  _,  _,  S,  S,  S,  S,  S,  S,  _,  _,  _),
	[P_STATION_WRITE]    = ROW(_,  _,  _,  _,  _,  C,  C,  C,  _,  _,  _,  _),
	[P_STATUS_WRITE]     = ROW(_,  _,  _,  _,  _,  C,  C,  C,  _,  _,  _,  _),
	[P_NOTICE_WRITE]     = ROW(O,  _,  _,  _,  _,  C,  C,  C,  _,  _,  _,  _),
	[P_NOTICE_READ]      = ROW(O,  R,  _,  C,  C,  C,  C,  C,  C,  _,  _,  _),
	[P_NOTICE_DECIDE]    = ROW(_,  R,  _,  _,  C,  C,  _,  C,  _,  _,  _,  _),
	[P_LETTER_READ]      = ROW(_,  _,  _,  S,  S,  S,  S,  S,  S,  _,  _,  _),
	[P_LETTER_WRITE]     = ROW(_,  _,  _,  _,  _,  C,  C,  C,  _,  _,  _,  _),
	[P_HOLD_READ]        = ROW(_,  _,  _,  _,  _,  _,  _,  C,  C,  _,  _,  _),
	[P_HOLD_WRITE]       = ROW(_,  _,  _,  _,  _,  _,  _,  C,  C,  _,  _,  _),
	[P_MEDICAL_READ]     = ROW(O,  _,  _,  _,  _,  C,  _,  C,  _,  _,  _,  _),
	[P_FILE_WRITE]       = ROW(A,  _,  _,  _,  _,  _,  _,  A,  _,  _,  _,  _),
	[P_FILE_READ]        = ROW(O,  R,  R,  C,  C,  C,  _,  C,  C,  _,  _,  _),
	[P_DOCUMENT_READ]    = ROW(_,  _,  _,  C,  C,  C,  C,  C,  C,  _,  _,  _),
	[P_DOCUMENT_ISSUE]   = ROW(_,  _,  _,  C,  C,  C,  _,  C,  _,  _,  _,  _),
	[P_JOB_READ]         = ROW(O,  _,  _,  _,  _,  _,  _,  C,  _,  _,  _,  A),
	[P_HEALTH_READ]      = ROW(_,  _,  _,  _,  _,  _,  _,  _,  _,  _,  _,  A),
/* clang-format on */
#undef ROW
#undef O
#undef R
#undef C
#undef S
#undef A
#undef _
};

bool org_is_officer(enum role role)
{
	return role == ROLE_AGENCY_OFFICER || role == ROLE_UNIT_OFFICER || role == ROLE_BKD ||
	       role == ROLE_INSPECTOR || role == ROLE_OPERATOR;
}

/* Decisions about a person that he may not take about himself. */
static bool is_never_on_oneself(int permission)
{
	return permission == P_REPORT_VERIFY || permission == P_STATUS_WRITE ||
	       permission == P_NOTICE_DECIDE || permission == P_CODE_ISSUE ||
	       permission == P_DEVICE_ENROL || permission == P_ORG_WRITE ||
	       permission == P_CORRECTION_DECIDE || permission == P_CASE_DECIDE ||
	       permission == P_HOURS_WRITE || permission == P_SWAP_DECIDE ||
	       permission == P_HOLD_WRITE || permission == P_RATING_WRITE ||
	       permission == P_RATING_DECIDE;
}

static bool is_related(enum role role, enum reach reach)
{
	if (reach == REACH_GOVERNMENT_ONLY)
		return true;
	return role == ROLE_TEAM_LEAD ? reach == REACH_TEAM_LEAD : reach == REACH_SUPERVISOR;
}

static bool is_granted(enum grant grant, const struct standing *standing, enum reach reach)
{
	switch (grant) {
	case NO:
		return false;
	case OWN:
		return reach == REACH_SELF || reach == REACH_GOVERNMENT_ONLY;
	case RELATED:
		return is_related(standing->role, reach);
	case COVERED:
		return standing->covers;
	case SOMEWHERE:
		return standing->covers || reach == REACH_GOVERNMENT_ONLY;
	case ALWAYS:
		return true;
	}
	return false;
}

bool org_decide_access(
	int permission, const struct standing *standing, int standings, enum reach reach)
{
	if (permission < 0 || permission >= PERMISSIONS)
		return false;
	if (reach == REACH_SELF && is_never_on_oneself(permission))
		return false;
	for (int i = 0; i < standings; i++) {
		if (is_granted(
			    (enum grant)grants[permission][standing[i].role], &standing[i], reach))
			return true;
	}
	return false;
}
