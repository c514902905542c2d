/*
 * The team lead's word beside a report: that it may be verified, or what is to be mended first.
 *
 * A second dated relation beside the superior's: it advises and decides nothing (PermenPANRB
 * 6/2022: the direct superior answers). An advice is of the version it saw: once the report was
 * decided, taken back or handed in again it holds no more, and the thread keeps it. "To be mended"
 * is a mark the superior sees first, and a note that the writer reads the same day. Private to
 * reports/.
 */
#ifndef LUWES_REPORTS_REPORTS_LEAD_H
#define LUWES_REPORTS_REPORTS_LEAD_H

#include "reports/reports_thread.h"

/* A lead advises: OK, E_SELF, E_STALE, E_REPORT_STATE when it does not wait, or E_CONFLICT when the
 * thread has no room for his words. Whether he leads the writer is not asked here. Pure. */
enum err reports_decide_advice(const struct daily_report *r, struct employee_id actor,
	int32_t version_seen, enum report_advice advice);

/* Adds it to the thread, and to the report as the advice that holds. `text` is "" but of
 * ADVICE_RETURN. */
enum err reports_advise(struct tx *tx, const struct daily_report *r, int64_t event_id,
	struct employee_id actor, enum report_advice advice, const char *text);

/* As the route does, without a request: advice on one report that waits, with its leaf. What was
 * advised of this version already is not said twice. */
enum err reports_recommend(struct tx *tx, const struct daily_report *r, struct employee_id actor,
	enum report_advice advice, const char *text);

/* Reports of [first, last] that wait, of people whose team lead and not whose superior one was that
 * day: by day and name, at most REPORT_TEAM_MAX. */
enum err reports_list_led(struct tx *tx, struct employee_id lead, int32_t first, int32_t last,
	struct team_report **ret_report, int *ret_count);

extern const struct shape reports_advise_shape, reports_advised_shape;
enum err reports_get_led(struct req *rq);
enum err reports_post_recommendations(struct req *rq);

#endif
