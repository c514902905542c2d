/* What checking a bundle found, in Bahasa Indonesia, for people and for the court they go to. */
#ifndef LUWES_VERB_VERIFY_WORDS_H
#define LUWES_VERB_VERIFY_WORDS_H

#include "attendance/attendance_bundle.h"

/* The whole report: the outcome, what is proven, what could not be checked, what is wrong. */
void verify_report(const struct bundle *bundle, const struct bundle_trust *trust,
	const struct bundle_findings *findings, struct buf *out);

#endif
