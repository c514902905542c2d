/*
 * What a confirmation is worth, pure: UU 27/2022 art. 10 (a person judges), PP 94/2021 art. 24-27
 * (who may judge whom, nobody himself).
 */
#include "attendance/attendance_confirmation_int.h"

const char *const confirmation_kind_names[] = {
	"needs_confirmation", "sample", "queued_time", "check", NULL};
const char *const confirmation_state_names[] = {"waiting", "confirmed", "denied", "silent", NULL};
const char *const confirmation_consequence_names[] = {"counts", "receipt", "not_counted", NULL};

enum confirmation_kind attendance_stronger_kind(
	enum confirmation_kind asked, enum confirmation_kind anew)
{
	static const int strength[CONFIRMATION_KINDS] = {[CONFIRMATION_NEEDED] = 3,
		[CONFIRMATION_CHECK] = 2,
		[CONFIRMATION_QUEUED_TIME] = 1};

	return strength[anew] > strength[asked] ? anew : asked;
}
