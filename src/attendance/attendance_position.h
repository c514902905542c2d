/*
 * Private to attendance: where a punch was made, as bytes.
 *
 * A position is personal data (UU 27/2022 art. 35, 39): in the store it is sealed for its punch, so
 * that neither a copy of the store nor another row's column shows it. Of a signed event the bytes
 * that say where are zeroed when it is taken out, and its random ones with them: they kept the hash
 * of the event, which stays, from being tried against every place of a town.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_POSITION_H
#define LUWES_ATTENDANCE_ATTENDANCE_POSITION_H

#include "attendance/attendance_evidence.h"
#include "base/arena.h"

struct tx;

/* The sealed position of a punch in the arena; n 0 when it has none. */
struct bytes attendance_seal_position(struct arena *arena, const struct punch *punch);
/* Opens it into point and accuracy of its punch; false when it was not sealed for it: then there is
 * none. */
bool attendance_open_position(struct bytes sealed, struct punch *ret);

/* Takes position, its time, error and the random bytes out of an event of version 1; false of
 * another one, which cannot be taken apart. Pure. */
bool attendance_erase_event(uint8_t *bytes, size_t n);
/* Whether that was done. Pure. */
bool attendance_is_event_erased(struct bytes bytes);

struct evidence_parts;
/*
 * Opens the sealed run of an event, parts in the arena. False when nothing is left of it, when it
 * is not ours to read, and when its position was taken out: such bytes no longer have the hash that
 * was signed, and their zeros are no place. Everybody who reads evidence reads it by this.
 */
bool attendance_open_evidence(
	struct arena *arena, struct bytes sealed, int64_t punch_id, struct evidence_parts *ret);

#endif
