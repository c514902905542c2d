/*
 * Days as people see them: attendance with the state of the day's report. The days are below
 * reports, the reports above attendance, so what shows both stands here, as a slice of its own
 * beside reports_slice.
 */
#ifndef LUWES_REPORTS_REPORTS_DAY_H
#define LUWES_REPORTS_REPORTS_DAY_H

struct slice;

extern const struct slice reports_day_slice;

#endif
