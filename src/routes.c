/*
 * The slices in LAYERS order, and the few wires between folders that may not see each other: the
 * dispatcher asks org_authorise, the streams ask the monitor, without either knowing the other.
 */
#include "routes.h"

#include "attendance/attendance.h"
#include "attendance/attendance_office.h"
#include "attendance/attendance_confirmation.h"
#include "attendance/attendance_source.h"
#include "calendar/calendar.h"
#include "monitor/monitor.h"
#include "org/org.h"
#include "org/org_access.h"
#include "org/org_document.h"
#include "org/org_print.h"
#include "platform/auth.h"
#include "platform/auth_routes.h"
#include "platform/dispatch.h"
#include "platform/health.h"
#include "platform/platform_db.h"
#include "policy/policy.h"
#include "reports/reports.h"
#include "reports/reports_day.h"
#include "reports/reports_recap.h"
#include "roster/roster.h"
#include "tasks/tasks.h"
#include "trust/trust.h"
#include "trust/trust_log.h"

/* trust projects last: it numbers the leaves that the projections before it may still add */
const struct slice *const luwes_slices[] = {
	&health_slice,
	&platform_slice,
	&org_slice,
	&org_print_slice,
	&org_document_slice,
	&calendar_slice,
	&policy_slice,
	&roster_slice,
	&roster_work_slice,
	&roster_step_slice,
	&roster_procedure_slice,
	&roster_swap_slice,
	&roster_limits_slice,
	&roster_repair_slice,
	&roster_wish_slice,
	&roster_feed_slice,
	&roster_print_slice,
	&attendance_slice,
	&attendance_corrections_slice,
	&attendance_proposals_slice,
	&attendance_confirmations_slice,
	&attendance_outcomes_slice,
	&attendance_signals_slice,
	&attendance_papers_slice,
	&attendance_incidents_slice,
	&attendance_limits_slice,
	&attendance_parameters_slice,
	&attendance_retention_slice,
	&attendance_holds_slice,
	&attendance_privacy_slice,
	&attendance_checks_slice,
	&attendance_source_slice,
	&attendance_devices_slice,
	&attendance_device_codes_slice,
	&attendance_device_people_slice,
	&attendance_passkeys_slice,
	&attendance_evidence_slice,
	&attendance_office_slice,
	&attendance_kiosk_slice,
	&attendance_network_slice,
	&reports_slice,
	&reports_target_slice,
	&reports_unit_output_slice,
	&reports_template_slice,
	&reports_thread_slice,
	&reports_day_slice,
	&reports_recap_slice,
	&reports_rating_slice,
	&tasks_slice,
	&tasks_people_slice,
	&tasks_backlog_slice,
	&tasks_check_slice,
	&tasks_meeting_slice,
	&monitor_slice,
	&monitor_performance_slice,
	&monitor_facts_slice,
	&trust_log_slice,
	&trust_slice,
};
const int luwes_slice_count = COUNT_OF(luwes_slices);

void luwes_wire(void)
{
	platform_db_register();
	for (int i = 0; i < luwes_slice_count; i++)
		if (luwes_slices[i]->stmt_count)
			db_register(luwes_slices[i]->stmts, luwes_slices[i]->stmt_count);
	for (int i = 0; i < luwes_slice_count; i++)
		if (luwes_slices[i]->wire)
			luwes_slices[i]->wire();
	auth_authorise = org_authorise;
	auth_is_officer = org_load_officer;
	dispatch_set_slices(luwes_slices, luwes_slice_count);
}
