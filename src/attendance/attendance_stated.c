/*
 * What people state instead of a phone, written into the journal: product principles 2 and 7. A
 * stated time is recorded at once and counts for nobody until a person decided; a decision is one
 * more row. So the day waits meanwhile, and can be rebuilt from the journal alone.
 */
#include "attendance/attendance_stated.h"

#include "base/hash.h"
#include "base/put.h"
#include "base/str.h"
#include "platform/blob.h"
#include "platform/clock.h"
#include "platform/platform_db.h"

#include <string.h>

/* A UUIDv7 of our own: the id carries the time and is unique. */
struct uuid attendance_make_event(int64_t now_ms, int64_t id)
{
	struct uuid event;

	put_number(put_number(put_number(event.b, now_ms, 6), 0x7000, 2), id, 8);
	event.b[8] = (uint8_t)(0x80 | (event.b[8] & 0x3f));
	return event;
}

static enum err add_row(struct tx *tx, struct employee_id employee, const struct punch *punch)
{
	enum receipt_status status;
	enum err e = attendance_add_punch(tx, employee, punch, &status);

	if (e)
		return e;
	if (status == RECEIPT_REJECTED)
		return E_NOT_FOUND;
	changes_add(tx->changes, CHANGE_PUNCH, employee.v, punch->punch_day);
	return OK;
}

static struct punch make_row(
	struct tx *tx, enum punch_source source, const struct journal_row *row, int64_t id)
{
	return (struct punch){
		.event_id = attendance_make_event(tx->now_ms, id),
		.punch_id = id,
		.punch_day = row->punch_day,
		.direction = row->direction,
		.received_at = tx->now_ms,
		.phone_at = row->at,
		.offset_ms = NO_INSTANT,
		.point = {NO_COORDINATE, NO_COORDINATE},
		.place_error = POSITION_UNSUPPORTED,
		.flags = PUNCH_MANUAL,
		.note = "",
		.source = source,
	};
}

enum err attendance_state_time(
	struct tx *tx, enum punch_source source, const char *note, struct journal_row *row)
{
	struct punch punch;

	row->punch_id = id_next();
	punch = make_row(tx, source, row, row->punch_id);
	punch.flags |= PUNCH_QUARANTINED;
	punch.note = note;
	return add_row(tx, row->employee, &punch);
}

enum err attendance_mark_row(
	struct tx *tx, enum punch_source source, int flags, const struct journal_row *row)
{
	struct punch punch = make_row(tx, source, row, id_next());

	punch.flags |= flags;
	punch.refers_to = row->punch_id;
	return add_row(tx, row->employee, &punch);
}

enum err attendance_check_file(struct req *rq, const char *sha256, const char *pointer)
{
	struct platform_file file;
	struct hash hash;
	enum err e;

	if (!*sha256)
		return OK;
	if (!hex_decode(sha256, hash.b, sizeof(hash.b)))
		return refuse(rq, E_BAD_FIELD, pointer, "not 64 hexadecimal digits");
	e = platform_load_file(rq->tx, &hash, rq->actor.employee, &file);
	if (e == E_NOT_FOUND)
		return refuse(rq, E_BAD_FIELD, pointer, "not a file you uploaded");
	if (!e && !blob_is_evidence(file.type))
		return refuse(rq, E_BAD_FIELD, pointer, BLOB_NO_EVIDENCE);
	return e;
}

enum err attendance_load_name(struct tx *tx, struct employee_id employee, const char **ret)
{
	struct employee_row row;
	enum err e = E_NOT_FOUND;

	*ret = "";
	if (employee.v)
		e = org_load_employee(tx, employee, (int32_t)(tx->now_ms / MS_PER_DAY), &row);
	if (!e)
		*ret = org_full_name(tx->arena, &row);
	return e == E_NOT_FOUND ? OK : e;
}

enum err attendance_load_unit_name(struct tx *tx, struct unit_id unit, const char **ret)
{
	struct government government;
	const struct org_tree *tree;
	const struct org_unit *found;
	enum err e = org_load_tree(tx, &tree);

	if (e)
		return e;
	found = org_find_unit(tree, unit);
	if (found) {
		*ret = found->name;
		return OK;
	}
	e = platform_load_government(tx, &government);
	if (!e)
		*ret = government.name;
	return e;
}

void attendance_add_leaf(
	struct tx *tx, enum leaf_kind kind, int64_t id, const struct shape *shape, const void *fact)
{
	struct buf canonical;

	buf_init(&canonical, tx->arena, 512);
	fields_encode(shape, fact, &canonical);
	trust_add_leaf(tx, kind, id, canonical.p, canonical.n);
}

enum err attendance_check_open(
	struct req *rq, struct unit_id unit, int32_t day, const char *pointer)
{
	bool is_closed;
	enum err e = attendance_load_is_closed(rq->tx, unit, day, &is_closed);

	return e || !is_closed ? e : org_check_officer(rq, unit, pointer);
}
