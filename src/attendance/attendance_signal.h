/*
 * Signals that only history shows, and the draw that samples.
 *
 * A signal is never proof and refuses nothing; each has a trap in which the innocent sit, which its
 * test names (attendance_signal_rules_test.c). Positions are unsealed for the fold and shown to
 * nobody.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_SIGNAL_H
#define LUWES_ATTENDANCE_ATTENDANCE_SIGNAL_H

#include "attendance/attendance_evidence.h"

/* 0..99, the same whenever asked again, which nobody without the store's keys can foresee: HMAC
 * over the purpose, the day and `n` bytes (of an event its hash). Needs the store's keys. */
int attendance_draw(const char *purpose, int32_t day, const void *p, size_t n);
#define DRAW_SAMPLE "luwes/draw/sample"

#endif
