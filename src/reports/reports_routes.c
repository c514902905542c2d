/*
 * The daily report over HTTP: the rows of the slice.
 */
#include "reports/reports_routes.h"

#include "platform/slice.h"

#define SAVE_EXAMPLE                                                                               \
	"{\"day\":\"2025-11-13\",\"version\":0,\"submit\":false,\"items\":[{\"starts\":\"08:00\"," \
	"\"ends\":\"11:30\",\"description\":\"Memverifikasi berkas permohonan "                    \
	"mutasi\",\"volume\":12,"                                                                  \
	"\"unit_of_measure\":\"berkas\"}]}"

static const struct route routes[] = {
	{GET, "/api/v1/reports/daily", P_REPORT_SELF, TX_READ, &reports_day_query_shape,
		&reports_report_shape, reports_get_own,
		.summary = "One's own report of a day, empty when none was begun."},
	{PUT, "/api/v1/reports/daily", P_REPORT_SELF, TX_WRITE, &reports_save_shape,
		&reports_saved_shape, reports_put_own,
		.summary = "Keeps a draft of one's own report or hands it in.",
		.example = SAVE_EXAMPLE},
	{GET, "/api/v1/reports/daily/{report}", P_REPORT_READ, TX_READ, &reports_path_shape,
		&reports_report_shape, reports_get, .object = reports_find_object, .sees = true,
		.summary = "A report with items and thread.",
		.example_path = "/api/v1/reports/daily/{report:self}"},
	{GET, "/api/v1/reports/daily/{report}/files/{sha256}", P_REPORT_READ, TX_READ,
		&reports_evidence_path_shape, NULL, reports_get_evidence,
		.object = reports_find_object, .prepare = reports_prepare_evidence, .slow = true,
		.sees = true, .raw_type = "application/octet-stream",
		.summary = "A file that a report shows as evidence, for who reads the report.",
		.example_path = "/api/v1/reports/daily/{report:self}/files/{file:self}"},
	{POST, "/api/v1/reports/daily/{report}/withdraw", P_REPORT_SELF, TX_WRITE,
		&reports_withdraw_shape, &reports_saved_shape, reports_post_withdraw,
		.object = reports_find_object,
		.summary = "Takes back one's own report on the day it was handed in, undecided.",
		.example = "{\"version\":1}",
		.example_path = "/api/v1/reports/daily/{report:self}/withdraw"},
	{POST, "/api/v1/reports/daily/{report}/verify", P_REPORT_VERIFY, TX_WRITE,
		&reports_verify_shape, NULL, reports_post_verify, .object = reports_find_object,
		.summary = "The supervisor of that day accepts a report.",
		.example = "{\"version\":1}",
		.example_path = "/api/v1/reports/daily/{report:self}/verify"},
	{POST, "/api/v1/reports/daily/{report}/return", P_REPORT_VERIFY, TX_WRITE,
		&reports_return_shape, NULL, reports_post_return, .object = reports_find_object,
		.summary = "The supervisor of that day gives it back with a reason.",
		.example = "{\"version\":1,\"reason\":\"Volume belum sesuai dengan bukti\"}",
		.example_path = "/api/v1/reports/daily/{report:self}/return"},
	{POST, "/api/v1/reports/verifications", P_REPORT_VERIFY, TX_WRITE, &reports_bulk_shape,
		&reports_bulk_view_shape, reports_post_verifications,
		.summary = "Verifies many reports, each decided by itself.",
		.example = "{\"items\":[{\"report\":\"{report}\",\"version\":1}]}"},
	{GET, "/api/v1/reports/team", P_TEAM_READ, TX_READ, &reports_team_query_shape,
		&reports_team_shape, reports_get_team,
		.exports = EXPORT("laporan-tim", "Laporan kinerja harian tim"),
		.summary = "Reports of the people one supervises, undecided first."},
	{GET, "/api/v1/reports/progress", P_REPORT_SELF, TX_READ, &reports_progress_query_shape,
		&reports_progress_shape, reports_get_progress,
		.exports = EXPORT("progres-harian", "Progres Harian"),
		.summary = "What one handed in over a period, item by item, as e-Kinerja asks it.",
		.example_path = "/api/v1/reports/progress?from=2025-11-01&to=2025-11-30"},
	{GET, "/api/v1/reports/progress-team", P_TEAM_READ, TX_READ,
		&reports_progress_team_query_shape, &reports_progress_team_shape,
		reports_get_progress_team,
		.exports = EXPORT("progres-harian-tim", "Progres Harian tim"),
		.summary = "The same of the people one supervises, a page for each day of reports.",
		.example_path = "/api/v1/reports/progress-team?from=2025-11-01&to=2025-11-30"},
};

static void wire(void)
{
	org_add_decided_source(reports_list_decided);
}

const struct slice reports_slice = {
	.name = "reports",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = reports_stmts,
	.stmt_count = REPORTS_STMTS,
	.wire = wire,
	.project = reports_project,
};
