/*
 * What a kiosk's record of a person without a phone is worth, and which PINs are too easy: pure.
 *
 * Who has no phone is a whole citizen: with an officer beside him his arrival stands like any
 * other. Without one a card or six digits prove nothing, and a person is asked (docs/EVIDENCE.md).
 */
#include "attendance/attendance_kiosk.h"

#include <string.h>

#define BIRTH_DIGITS 8 /* a NIP begins with the day of birth, YYYYMMDD */
#define BIT(mark)    (INT64_C(1) << (mark))

const char *const record_fault_names[] = {"none", "malformed", "unknown_version", "other_kiosk",
	"bad_signature", "event_missing", "answer_missing", NULL};

enum evidence_verdict attendance_decide_kiosk(
	int64_t marks, enum time_grade grade, int draw, const struct parameters *numbers)
{
	const int64_t asks = BIT(MARK_OFFICER_MISSING) | BIT(MARK_CARD_ENDED) |
			     BIT(MARK_DEVICE_ENDED) | BIT(MARK_FORK);

	if (marks & asks)
		return VERDICT_NEEDS_CONFIRMATION;
	return attendance_decide_evidence(attendance_score(marks, numbers), grade, draw, numbers);
}

/* All alike, or each one up or down from the one before. */
static bool is_row(const char *pin)
{
	int step = pin[1] - pin[0];

	if (step < -1 || step > 1)
		return false;
	for (int i = 1; i + 1 < PIN_DIGITS; i++)
		if (pin[i + 1] - pin[i] != step)
			return false;
	return true;
}

/* Two or three digits again and again: 121212, 123123. */
static bool is_repeated(const char *pin)
{
	return memcmp(pin, pin + 2, PIN_DIGITS - 2) == 0 || memcmp(pin, pin + 3, 3) == 0;
}

/* YYMMDD and DDMMYY of the birth date. */
static bool is_birth_date(const char *pin, const char *nip)
{
	if (strlen(nip) < BIRTH_DIGITS)
		return false;
	return memcmp(pin, nip + 2, PIN_DIGITS) == 0 ||
	       (memcmp(pin, nip + 6, 2) == 0 && memcmp(pin + 2, nip + 4, 2) == 0 &&
		       memcmp(pin + 4, nip + 2, 2) == 0);
}

const char *attendance_check_pin(const char *pin, const char *nip)
{
	if (strlen(pin) != PIN_DIGITS || strspn(pin, "0123456789") != PIN_DIGITS)
		return "not_six_digits";
	if (is_row(pin) || is_repeated(pin))
		return "simple";
	return is_birth_date(pin, nip) || strstr(nip, pin) ? "personal" : NULL;
}
