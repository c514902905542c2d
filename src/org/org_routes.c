/* The slice of org: its routes, its statements, its job. */
#include "org/org_routes.h"

#include "org/org_import_int.h"
#include "org/org_notice_routes.h"
#include "platform/blob.h"
#include "platform/slice.h"

#define STATUS_EXAMPLE                                                                             \
	"{\"employee\":\"{employee}\",\"kind\":\"outside_duty\",\"from\":\"2025-11-20\","          \
	"\"to\":\"2025-11-20\",\"letter\":\"090/11/ST/2025\"}"
#define NOTICE_EXAMPLE                                                                             \
	"{\"id\":\"019a7ad0-7c00-7000-8000-0000000000a1\",\"employee\":\"{employee}\","            \
	"\"kind\":\"permit\",\"from\":\"2025-12-10\",\"to\":\"2025-12-10\","                       \
	"\"reason\":\"Mengurus akta kelahiran\",\"made_at\":\"2025-11-13T00:20:00.000Z\"}"
#define DOCUMENT_EXAMPLE "{\"document_sha256\":\"{file}\",\"document_name\":\"surat-dokter.pdf\"}"
#define LETTER_EXAMPLE                                                                             \
	"{\"unit\":\"{unit}\",\"kind\":\"outside_duty\",\"number\":\"090/77/ST/2025\","            \
	"\"issued\":\"2025-11-12\",\"signer\":\"Sekretaris Daerah\",\"subject\":"                  \
	"\"Pendampingan audit\",\"from\":\"2025-12-15\",\"to\":\"2025-12-15\","                    \
	"\"members\":[\"{employee}\"],\"dry_run\":true}"
#define KIND_EXAMPLE                                                                               \
	"{\"kind\":\"permit\",\"name\":\"Izin panjang\",\"decided_by\":\"bkd\","                   \
	"\"document\":\"may\",\"document_days\":3,\"least_days\":40,\"longest_days\":60,"          \
	"\"back_days\":1,\"sensitive\":false,\"part_of_day\":false,\"recap_class\":"               \
	"\"permit\",\"for_kinds\":[\"pns\"],\"legal_basis\":\"SE 800/9/2025\","                    \
	"\"verified_by\":\"\",\"valid_from\":\"2025-12-01\"}"
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
#define MAPPING_BODY_MAX (512 * 1024)
#define MAPPING_EXAMPLE                                                                            \
	"{\"kind\":\"employees\",\"name\":\"SIMPEG\",\"dates\":\"dmy\",\"ends_at_blank\":true,"    \
	"\"columns\":[{\"column\":\"nip\",\"heading\":\"NIP BARU\",\"fixed\":\"\",\"values\":[]}," \
	"{\"column\":\"name\",\"heading\":\"NAMA\",\"fixed\":\"\",\"values\":[]},"                 \
	"{\"column\":\"employment_kind\",\"heading\":\"STATUS\",\"fixed\":\"pns\","                \
	"\"values\":[{\"said\":\"P3K\",\"meant\":\"pppk\"}]}]}"
#define IMPORT_EXAMPLE                                                                             \
	"{\"kind\":\"employees\",\"sha256\":"                                                      \
	"\"{csv}\","                                                                               \
	"\"file_name\":\"pegawai.csv\",\"effective\":\"2025-11-13\",\"dry_run\":true}"

static const struct route routes[] = {
	{GET, "/api/v1/me", P_SIGNED_IN, TX_READ, NULL, &org_me_shape, org_get_me,
		.summary = "Who is signed in, where, with which roles, and the server's time."},

	{GET, "/api/v1/me/accesses", P_SIGNED_IN, TX_READ, &org_seen_query_shape, &org_seen_shape,
		org_get_seen,
		.exports = EXPORT("siapa-melihat-data-saya", "Siapa melihat data saya"),
		.summary = "Who was shown what of one's own data, and when."},
	{GET, "/api/v1/me/delegations", P_DELEGATE_SELF, TX_READ, NULL, &org_delegations_shape,
		org_get_delegations, .exports = EXPORT("pendelegasian", "Pendelegasian"),
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
		org_get_units, .exports = EXPORT("unit-kerja", "Unit kerja"),
		.summary = "Agencies, or the units below one."},
	{GET, "/api/v1/org/posts", P_ORG_READ, TX_READ, &org_unit_query_shape, &org_posts_shape,
		org_get_posts, .exports = EXPORT("loket", "Loket dan pos pelayanan"),
		.summary = "Service posts of a unit with their opening periods.",
		.example_path = "/api/v1/org/posts?unit={unit}"},
	{GET, "/api/v1/org/sites", P_ORG_READ, TX_READ, &org_unit_query_shape, &org_sites_shape,
		org_get_sites, .exports = EXPORT("lokasi", "Lokasi kerja"),
		.summary = "Sites where presence counts for a unit.",
		.example_path = "/api/v1/org/sites?unit={unit}"},

	{GET, "/api/v1/org/units/{unit}/employees", P_PEOPLE_READ, TX_READ, &org_unit_people_shape,
		&org_unit_list_shape, org_get_unit_people,
		.exports = EXPORT("pegawai", "Daftar pegawai"), .object = org_find_unit_object,
		.summary = "People placed in a unit or below it today.",
		.example_path = "/api/v1/org/units/{unit:own}/employees"},
	{GET, "/api/v1/org/employees", P_PEOPLE_READ, TX_READ, &org_search_shape, &org_people_shape,
		org_get_people, .exports = EXPORT("pegawai", "Daftar pegawai"),
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
	{POST, "/api/v1/org/employees/{employee}/placements/withdraw", P_ORG_WRITE, TX_WRITE,
		&org_placement_withdraw_shape, &org_transfer_shape, org_post_placement_withdraw,
		.object = org_find_decree_withdrawn,
		.summary = "Withdraws a decree entered wrongly: what held before holds again, and "
			   "decided days become a case.",
		.example = "{\"valid_from\":\"2025-11-13\",\"reason\":\"SK pegawai lain\"}",
		.example_path = "/api/v1/org/employees/{employee}/placements/withdraw"},
	{POST, "/api/v1/org/employees/{employee}/superiors/withdraw", P_ORG_WRITE, TX_WRITE,
		&org_superior_withdraw_shape, &org_transfer_shape, org_post_superior_withdraw,
		.object = org_find_decree_withdrawn,
		.summary = "Withdraws a letter about a superior that was entered wrongly.",
		.example = "{\"relation\":\"supervisor\",\"valid_from\":\"2025-11-13\","
			   "\"reason\":\"Salah orang\"}",
		.example_path = "/api/v1/org/employees/{employee}/superiors/withdraw"},

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
		&org_statuses_shape, org_get_statuses,
		.exports = EXPORT("status", "Cuti, dinas luar, dan diklat"),
		.object = org_find_statuses_employee, .sees = true,
		.summary = "Leave, outside duty and training of an employee, with their letters.",
		.example_path = "/api/v1/org/statuses?employee={employee}"},
	{POST, "/api/v1/org/statuses", P_STATUS_WRITE, TX_WRITE, &org_status_input_shape,
		&org_status_shape, org_post_status, .object = org_find_status_employee,
		.summary = "Enters leave, outside duty or training with its letter.",
		.example = STATUS_EXAMPLE},
	{POST, "/api/v1/org/statuses/{status}/end", P_STATUS_WRITE, TX_WRITE, &org_status_end_shape,
		NULL, org_post_status_end, .object = org_find_status_object,
		.summary = "Withdraws a status; the notice it came from says so.",
		.example = "{\"reason\":\"Surat cutinya dibatalkan\"}",
		.example_path = "/api/v1/org/statuses/{status}/end"},

	{GET, "/api/v1/me/notices", P_SIGNED_IN, TX_READ, &org_own_notices_query_shape,
		&org_notice_list_shape, org_get_own_notices,
		.exports = EXPORT("pemberitahuan-saya", "Pemberitahuan saya"),
		.summary = "One's own notices of leave and duty, newest first."},
	{GET, "/api/v1/org/team/notices", P_TEAM_READ, TX_READ, &org_team_notices_query_shape,
		&org_notice_list_shape, org_get_team_notices,
		.exports = EXPORT("pemberitahuan-tim", "Pemberitahuan tim"),
		.summary = "Notices of the people one answers for on their first day."},
	{GET, "/api/v1/org/notices", P_PEOPLE_READ, TX_READ, &org_notices_query_shape,
		&org_notice_list_shape, org_get_notices,
		.exports = EXPORT("pemberitahuan", "Pemberitahuan tidak masuk"),
		.summary = "Notices of one's units: waiting, late, without their document."},
	{POST, "/api/v1/org/notices", P_NOTICE_WRITE, TX_WRITE, &org_notice_input_shape,
		&org_notice_added_shape, org_post_notice, .object = org_find_notice_subject,
		.summary = "Tells that one will be absent, or an officer for another; again is "
			   "harmless.",
		.example = NOTICE_EXAMPLE},
	{GET, "/api/v1/org/notices/{notice}", P_NOTICE_READ, TX_READ, &org_notice_path_shape,
		&org_notice_detail_shape, org_get_notice, .object = org_find_notice, .sees = true,
		.summary = "One notice with its rule and thread.",
		.example_path = "/api/v1/org/notices/{notice}"},
	{POST, "/api/v1/org/notices/{notice}/document", P_NOTICE_WRITE, TX_WRITE,
		&org_notice_document_shape, NULL, org_post_notice_document,
		.object = org_find_notice, .summary = "The document that follows.",
		.example = DOCUMENT_EXAMPLE,
		.example_path = "/api/v1/org/notices/{notice}/document"},
	{POST, "/api/v1/org/notices/{notice}/withdraw", P_NOTICE_WRITE, TX_WRITE,
		&org_notice_version_shape, NULL, org_post_notice_withdraw,
		.object = org_find_notice, .summary = "Takes a notice back that still waits.",
		.example = "{\"version\":1}",
		.example_path = "/api/v1/org/notices/{notice}/withdraw"},
	{POST, "/api/v1/org/notices/{notice}/accept", P_NOTICE_DECIDE, TX_WRITE,
		&org_notice_accept_shape, NULL, org_post_notice_accept, .object = org_find_notice,
		.summary = "Accepts it: leave or duty is recorded on its days.",
		.example = "{\"version\":1}",
		.example_path = "/api/v1/org/notices/{notice}/accept"},
	{POST, "/api/v1/org/notices/{notice}/refuse", P_NOTICE_DECIDE, TX_WRITE,
		&org_notice_refuse_shape, NULL, org_post_notice_refuse, .object = org_find_notice,
		.summary = "Refuses it, with the reason.",
		.example = "{\"version\":1,\"reason\":\"Mohon pilih hari lain\"}",
		.example_path = "/api/v1/org/notices/{notice}/refuse"},
	{GET, "/api/v1/org/balances", P_NOTICE_READ, TX_READ, &org_balances_query_shape,
		&org_balances_shape, org_get_balances, .object = org_find_balances_employee,
		.sees = true, .summary = "Leave left as SIMPEG told it; never counted here.",
		.example_path = "/api/v1/org/balances?employee={employee}"},

	{GET, "/api/v1/org/letters", P_LETTER_READ, TX_READ, &org_letters_query_shape,
		&org_letters_shape, org_get_letters,
		.exports = EXPORT("surat-tugas", "Surat tugas dan surat untuk banyak orang"),
		.summary = "Letters that cover many, of one's units, newest first."},
	{POST, "/api/v1/org/letters", P_LETTER_WRITE, TX_WRITE, &org_letter_input_shape,
		&org_letter_outcome_shape, org_post_letter, .object = org_find_letter_unit,
		.summary = "Enters one letter for many, all or nothing, or checks it.",
		.example = LETTER_EXAMPLE},
	{GET, "/api/v1/org/letters/{letter}", P_LETTER_READ, TX_READ, &org_letter_path_shape,
		&org_letter_detail_shape, org_get_letter, .object = org_find_letter,
		.summary = "One letter with the people it covers.",
		.example_path = "/api/v1/org/letters/{letter}"},
	{POST, "/api/v1/org/letters/{letter}/withdraw", P_LETTER_WRITE, TX_WRITE,
		&org_letter_withdraw_shape, NULL, org_post_letter_withdraw,
		.object = org_find_letter, .summary = "Withdraws a letter for all it covers.",
		.example = "{\"reason\":\"Kegiatan dibatalkan\"}",
		.example_path = "/api/v1/org/letters/{letter}/withdraw"},
	{POST, "/api/v1/org/letters/{letter}/members/{employee}/withdraw", P_LETTER_WRITE, TX_WRITE,
		&org_letter_member_shape, NULL, org_post_letter_member_withdraw,
		.object = org_find_letter, .summary = "Takes one person off a letter.",
		.example = "{}",
		.example_path = "/api/v1/org/letters/{letter}/members/{employee}/withdraw"},

	{GET, "/api/v1/org/kinds", P_POLICY_READ, TX_READ, &org_kinds_query_shape, &org_kinds_shape,
		org_get_kinds,
		.summary = "Kinds of absence: who decides, which document, by which rule."},
	{POST, "/api/v1/org/kinds", P_POLICY_WRITE, TX_WRITE, &org_kind_input_shape,
		&org_kind_added_shape, org_post_kind,
		.summary = "A new row of a kind; the old one ends the day before.",
		.example = KIND_EXAMPLE},
	{POST, "/api/v1/org/kinds/{kind}/end", P_POLICY_WRITE, TX_WRITE, &org_kind_end_shape, NULL,
		org_post_kind_end, .summary = "Ends a row of a kind.",
		.example = "{\"last_day\":\"2025-12-31\"}",
		.example_path = "/api/v1/org/kinds/{kind}/end"},

	{GET, "/api/v1/org/roles", P_ORG_WRITE, TX_READ, &org_role_query_shape, &org_roles_shape,
		org_get_roles, .exports = EXPORT("peran", "Peran dan penugasan"),
		.object = org_find_role_employee, .sees = true,
		.summary = "Roles of an employee; of nobody named: who stands in for whom.",
		.example_path = "/api/v1/org/roles?employee={employee}"},
	{POST, "/api/v1/org/roles", P_ORG_WRITE, TX_WRITE, &org_role_input_shape, &org_role_shape,
		org_post_role, .object = org_find_role_subject,
		.summary = "Grants a role, also as plt, plh or delegate.", .example = ROLE_EXAMPLE},
	{POST, "/api/v1/org/roles/{role}/end", P_ORG_WRITE, TX_WRITE, &org_role_end_shape, NULL,
		org_post_role_end, .object = org_find_role_object, .summary = "Ends a role.",
		.example = "{\"last_day\":\"2025-11-30\"}",
		.example_path = "/api/v1/org/roles/{role}/end"},
	{POST, "/api/v1/org/roles/{role}/withdraw", P_ORG_WRITE, TX_WRITE, &org_role_withdraw_shape,
		NULL, org_post_role_withdraw, .object = org_find_role_withdrawn,
		.summary = "Withdraws a role granted wrongly, before its first day or on the day "
			   "of granting.",
		.example = "{\"reason\":\"Salah orang\"}",
		.example_path = "/api/v1/org/roles/{role}/withdraw"},

	{GET, "/api/v1/imports/templates/{kind}", P_ORG_WRITE, TX_READ, &org_template_shape, NULL,
		org_get_template, .raw_type = "text/csv",
		.summary = "An empty file with the right header and an example.",
		.example_path = "/api/v1/imports/templates/employees"},
	{POST, "/api/v1/imports", P_ORG_WRITE, TX_WRITE, &org_import_input_shape,
		&org_import_added_shape, org_post_import,
		.summary = "Checks an uploaded file, or imports it when no row has a fault.",
		.example = IMPORT_EXAMPLE},
	{GET, "/api/v1/imports", P_ORG_WRITE, TX_READ, &org_imports_query_shape, &org_imports_shape,
		org_get_imports, .exports = EXPORT("impor", "Riwayat impor"),
		.summary = "Imports, newest first."},
	{GET, "/api/v1/imports/{import}", P_ORG_WRITE, TX_READ, &org_import_path_shape,
		&org_import_shape, org_get_import, .summary = "One import.",
		.example_path = "/api/v1/imports/{import}"},
	{GET, "/api/v1/imports/{import}/errors", P_ORG_WRITE, TX_READ,
		&org_import_errors_query_shape, &org_import_errors_shape, org_get_import_errors,
		.exports = EXPORT("kesalahan-impor", "Kesalahan impor"),
		.summary = "Faults of an import by line.",
		.example_path = "/api/v1/imports/{import}/errors"},
	{POST, "/api/v1/imports/preview", P_ORG_WRITE, TX_READ, &org_preview_query_shape,
		&org_preview_shape, org_post_preview, .slow = true, .raw_body_max = BLOB_MAX_BYTES,
		.raw_type = "application/octet-stream",
		.summary = "Looks at a sheet and proposes how it is read; keeps nothing of it.",
		.example_path = "/api/v1/imports/preview?kind=employees"},
	{GET, "/api/v1/imports/mappings", P_ORG_WRITE, TX_READ, &org_mappings_query_shape,
		&org_mappings_shape, org_get_mappings,
		.summary = "Saved mappings of a kind, and examples the program knows.",
		.example_path = "/api/v1/imports/mappings?kind=employees"},
	{POST, "/api/v1/imports/mappings", P_ORG_WRITE, TX_WRITE, &org_mapping_input_shape,
		&org_mapping_saved_shape, org_post_mapping, .body_max = MAPPING_BODY_MAX,
		.summary = "Saves how the sheet of an office is read, under a name.",
		.example = MAPPING_EXAMPLE},
	{POST, "/api/v1/imports/mappings/{mapping}/end", P_ORG_WRITE, TX_WRITE,
		&org_mapping_path_shape, NULL, org_post_mapping_end, .summary = "Ends a mapping.",
		.example = "{}", .example_path = "/api/v1/imports/mappings/{mapping}/end"},
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
