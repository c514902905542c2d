/* The slice of org: its routes, its statements, its job. */
#include "org/org_routes.h"

#include "org/org_import_int.h"
#include "platform/slice.h"

#define STATUS_EXAMPLE                                                                             \
	"{\"employee\":\"{employee}\",\"kind\":\"outside_duty\",\"from\":\"2025-11-20\","          \
	"\"to\":\"2025-11-20\",\"letter\":\"090/11/ST/2025\"}"
#define ROLE_EXAMPLE                                                                               \
	"{\"employee\":\"{employee}\",\"role\":\"unit_officer\",\"unit\":\"{unit}\","              \
	"\"acting\":\"plt\",\"letter\":\"800/22/BKD/2025\",\"valid_from\":\"2025-11-13\","         \
	"\"valid_to\":\"2026-02-12\"}"
#define PLACEMENT_EXAMPLE                                                                          \
	"{\"unit\":\"{unit}\",\"position\":\"Analis Kebijakan Ahli Muda\","                        \
	"\"position_level\":\"fungsional\",\"decree\":\"821.2/Kep.512-BKD/2025\","                 \
	"\"valid_from\":\"2025-12-01\"}"
#define SUPERIOR_EXAMPLE                                                                           \
	"{\"relation\":\"team_lead\",\"superior\":\"{colleague}\","                                \
	"\"letter\":\"800/41/2025\",\"valid_from\":\"2025-12-01\"}"
#define DELEGATION_EXAMPLE                                                                         \
	"{\"employee\":\"{employee}\",\"letter\":\"800/31/2025\",\"valid_from\":\"2025-11-13\","   \
	"\"valid_to\":\"2025-11-20\"}"
#define IMPORT_EXAMPLE                                                                             \
	"{\"kind\":\"employees\",\"sha256\":"                                                      \
	"\"{csv}\","                                                                               \
	"\"file_name\":\"pegawai.csv\",\"effective\":\"2025-11-13\",\"dry_run\":true}"

static const struct route routes[] = {
	{GET, "/api/v1/me", P_SIGNED_IN, TX_READ, NULL, &org_me_shape, org_get_me,
		.summary = "Who is signed in, where, with which roles, and the server's time."},

	{GET, "/api/v1/me/delegations", P_DELEGATE_SELF, TX_READ, NULL, &org_delegations_shape,
		org_get_delegations,
		.summary = "Delegations given and received, and who may be named."},
	{POST, "/api/v1/me/delegations", P_DELEGATE_SELF, TX_WRITE, &org_delegation_input_shape,
		&org_delegation_shape, org_post_delegation,
		.summary = "Lends one's own authority as supervisor for the days of a letter.",
		.example = DELEGATION_EXAMPLE},
	{POST, "/api/v1/me/delegations/{delegation}/end", P_DELEGATE_SELF, TX_WRITE,
		&org_delegation_end_shape, NULL, org_post_delegation_end,
		.object = org_find_delegation,
		.summary = "Takes back what is exercised in one's own place.",
		.example = "{\"last_day\":\"2025-11-30\"}",
		.example_path = "/api/v1/me/delegations/{delegation}/end"},

	{GET, "/api/v1/org/units", P_ORG_READ, TX_READ, &org_units_query_shape, &org_units_shape,
		org_get_units, .summary = "Agencies, or the units below one."},
	{GET, "/api/v1/org/posts", P_ORG_READ, TX_READ, &org_unit_query_shape, &org_posts_shape,
		org_get_posts, .summary = "Service posts of a unit with their opening periods.",
		.example_path = "/api/v1/org/posts?unit={unit}"},
	{GET, "/api/v1/org/sites", P_ORG_READ, TX_READ, &org_unit_query_shape, &org_sites_shape,
		org_get_sites, .summary = "Sites where presence counts for a unit.",
		.example_path = "/api/v1/org/sites?unit={unit}"},

	{GET, "/api/v1/org/units/{unit}/employees", P_PEOPLE_READ, TX_READ, &org_unit_people_shape,
		&org_unit_list_shape, org_get_unit_people, .object = org_find_unit_object,
		.summary = "People placed in a unit or below it today.",
		.example_path = "/api/v1/org/units/{unit:own}/employees"},
	{GET, "/api/v1/org/employees", P_PEOPLE_READ, TX_READ, &org_search_shape, &org_people_shape,
		org_get_people,
		.summary = "Searches people by NIP or name within the actor's scopes.",
		.example_path = "/api/v1/org/employees?query=sri"},
	{GET, "/api/v1/org/employees/{employee}", P_PEOPLE_READ, TX_READ, &org_person_path_shape,
		&org_person_detail_shape, org_get_person, .object = org_find_person, .sees = true,
		.summary = "One person: placements, superiors, and what one may do for him.",
		.example_path = "/api/v1/org/employees/{employee}"},
	{GET, "/api/v1/org/employees/{employee}/history", P_PEOPLE_READ, TX_READ,
		&org_person_path_shape, &org_history_shape, org_get_history,
		.object = org_find_person, .sees = true,
		.summary = "Everything dated about a person: placements, superiors, roles, late "
			   "decrees.",
		.example_path = "/api/v1/org/employees/{employee}/history"},
	{POST, "/api/v1/org/employees/{employee}/placements", P_ORG_WRITE, TX_WRITE,
		&org_placement_input_shape, &org_transfer_shape, org_post_placement,
		.object = org_find_placement_subject,
		.summary = "Places a person by decree from its TMT on, also one that lies back.",
		.example = PLACEMENT_EXAMPLE,
		.example_path = "/api/v1/org/employees/{employee}/placements"},
	{POST, "/api/v1/org/employees/{employee}/superiors", P_ORG_WRITE, TX_WRITE,
		&org_superior_input_shape, &org_transfer_shape, org_post_superior,
		.object = org_find_superior_subject,
		.summary = "Sets a person's supervisor or team lead by letter.",
		.example = SUPERIOR_EXAMPLE,
		.example_path = "/api/v1/org/employees/{employee}/superiors"},

	{GET, "/api/v1/org/cases", P_CASE_DECIDE, TX_READ, &org_cases_query_shape, &org_cases_shape,
		org_get_cases, .summary = "Late decrees over days that somebody decided about."},
	{GET, "/api/v1/org/cases/{case}", P_CASE_DECIDE, TX_READ, &org_case_path_shape,
		&org_case_shape, org_get_case, .object = org_find_case, .sees = true,
		.summary = "One late decree, day by day: what was, what would be.",
		.example_path = "/api/v1/org/cases/{case}"},
	{POST, "/api/v1/org/cases/{case}/decisions", P_CASE_DECIDE, TX_WRITE,
		&org_case_decision_shape, NULL, org_post_case_decision,
		.object = org_find_decided_case,
		.summary = "Lets days follow a late decree, or keeps them as decided.",
		.example = "{\"decision\":\"keep\",\"reason\":\"Laporan hari itu tetap berlaku\"}",
		.example_path = "/api/v1/org/cases/{case}/decisions"},
	{POST, "/api/v1/accounts/codes", P_CODE_ISSUE, TX_WRITE, &org_codes_input_shape,
		&org_codes_shape, org_post_codes,
		.summary = "One-time codes for people who cannot sign in, shown once.",
		.example = "{\"employees\":[\"{employee}\"]}"},

	{GET, "/api/v1/org/statuses", P_STATUS_WRITE, TX_READ, &org_statuses_query_shape,
		&org_statuses_shape, org_get_statuses, .object = org_find_statuses_employee,
		.sees = true,
		.summary = "Leave, outside duty and training of an employee, with their letters.",
		.example_path = "/api/v1/org/statuses?employee={employee}"},
	{POST, "/api/v1/org/statuses", P_STATUS_WRITE, TX_WRITE, &org_status_input_shape,
		&org_status_shape, org_post_status, .object = org_find_status_employee,
		.summary = "Enters leave, outside duty or training with its letter.",
		.example = STATUS_EXAMPLE},
	{POST, "/api/v1/org/statuses/{status}/end", P_STATUS_WRITE, TX_WRITE,
		&org_status_path_shape, NULL, org_post_status_end, .object = org_find_status_object,
		.summary = "Withdraws a status.", .example = "{}",
		.example_path = "/api/v1/org/statuses/{status}/end"},

	{GET, "/api/v1/org/roles", P_ORG_WRITE, TX_READ, &org_role_query_shape, &org_roles_shape,
		org_get_roles, .object = org_find_role_employee, .sees = true,
		.summary = "Roles of an employee; of nobody named: who stands in for whom.",
		.example_path = "/api/v1/org/roles?employee={employee}"},
	{POST, "/api/v1/org/roles", P_ORG_WRITE, TX_WRITE, &org_role_input_shape, &org_role_shape,
		org_post_role, .object = org_find_role_subject,
		.summary = "Grants a role, also as plt, plh or delegate.", .example = ROLE_EXAMPLE},
	{POST, "/api/v1/org/roles/{role}/end", P_ORG_WRITE, TX_WRITE, &org_role_end_shape, NULL,
		org_post_role_end, .object = org_find_role_object, .summary = "Ends a role.",
		.example = "{\"last_day\":\"2025-11-30\"}",
		.example_path = "/api/v1/org/roles/{role}/end"},

	{GET, "/api/v1/imports/templates/{kind}", P_ORG_WRITE, TX_READ, &org_template_shape, NULL,
		org_get_template, .raw_type = "text/csv",
		.summary = "An empty file with the right header and an example.",
		.example_path = "/api/v1/imports/templates/employees"},
	{POST, "/api/v1/imports", P_ORG_WRITE, TX_WRITE, &org_import_input_shape,
		&org_import_added_shape, org_post_import,
		.summary = "Checks an uploaded file, or imports it when no row has a fault.",
		.example = IMPORT_EXAMPLE},
	{GET, "/api/v1/imports", P_ORG_WRITE, TX_READ, &org_imports_query_shape, &org_imports_shape,
		org_get_imports, .summary = "Imports, newest first."},
	{GET, "/api/v1/imports/{import}", P_ORG_WRITE, TX_READ, &org_import_path_shape,
		&org_import_shape, org_get_import, .summary = "One import.",
		.example_path = "/api/v1/imports/{import}"},
	{GET, "/api/v1/imports/{import}/errors", P_ORG_WRITE, TX_READ,
		&org_import_errors_query_shape, &org_import_errors_shape, org_get_import_errors,
		.summary = "Faults of an import by line.",
		.example_path = "/api/v1/imports/{import}/errors"},
};

static struct db_stmt *const stmts[] = {
#define X(name) &name,
#include "org/org_stmts.def"
#undef X
};

static const struct job_kind jobs[] = {{"import", org_run_import}};

const struct slice org_slice = {
	.name = "org",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = stmts,
	.stmt_count = COUNT_OF(stmts),
	.jobs = jobs,
	.job_count = COUNT_OF(jobs),
	.wire = org_import_register_own,
};
