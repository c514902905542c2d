/*
 * Private to attendance: that a person was shown the notice about his position.
 *
 * UU 27/2022 art. 21: what, why, on which basis, how long, who sees it; told, not agreed to. The
 * text is of the web app and has a version; kept is which one was shown first when, and how long it
 * said that positions are kept.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_PRIVACY_H
#define LUWES_ATTENDANCE_ATTENDANCE_PRIVACY_H

#include "platform/db.h"

/* The latest version shown to a person and when first; E_NOT_FOUND: none was. */
enum err attendance_load_shown(
	struct tx *tx, struct employee_id employee, int32_t *ret_version, int64_t *ret_shown_at);
/* Notes it; a version noted before stays as it was. */
enum err attendance_add_shown(
	struct tx *tx, struct employee_id employee, int32_t version, int32_t days);

#define PRIVACY_STMTS 2
extern struct db_stmt *const attendance_privacy_stmts[PRIVACY_STMTS];

#endif
