/*
 * Templates in the store: one row each, its items beside it; replaced as a whole.
 */
#include "reports/reports_template.h"

#include "platform/db.h"

#include <string.h>

static struct db_stmt LIST_TEMPLATES = {"reports_list_templates",
	"SELECT t.template_id, t.position, t.name, i.starts, i.ends, i.description, i.volume, "
	"i.unit_of_measure FROM reports_template t JOIN reports_template_item i "
	"ON i.government_id = t.government_id AND i.template_id = t.template_id "
	"WHERE t.government_id = $1 AND t.owner_id = $2 AND t.unit_id = $3 "
	"AND (CAST($4 AS TEXT) = '' OR t.position_key = $4) "
	"ORDER BY t.position_key, t.name, t.template_id, i.place LIMIT $5",
	0};

/* The template of a row: the last one, or a new one that begins with it; NULL when there is no
 * room. */
static struct report_template *place_row(struct tx *tx, struct report_template *list, int max,
	int *count, const struct report_template *row)
{
	if (*count > 0 && list[*count - 1].id == row->id)
		return &list[*count - 1];
	if (*count == max)
		return NULL;
	list[*count] = *row;
	list[*count].item = ARENA_ARRAY(tx->arena, REPORT_ITEMS_MAX, struct template_item);
	return &list[(*count)++];
}

enum err reports_list_templates(struct tx *tx, const struct template_owner *owner, int max,
	struct report_template **ret, int *ret_count)
{
	struct report_template row = {.owner = *owner}, *t = &row;
	struct template_item item;
	struct db_rows rows;

	*ret = ARENA_ARRAY(tx->arena, (size_t)max, struct report_template);
	*ret_count = 0;
	db_query(tx, &LIST_TEMPLATES,
		BIND(db_int(tx->government.v), db_int(owner->employee.v), db_int(owner->agency.v),
			db_text(owner->position_key), db_int(max * REPORT_ITEMS_MAX)),
		&rows);
	while (t &&
		db_next(&rows, INTO(to_int64(&row.id), to_text(&row.owner.position),
				       to_text(&row.name), to_int32(&item.starts),
				       to_int32(&item.ends), to_text(&item.description),
				       to_int32(&item.volume), to_text(&item.unit_of_measure)))) {
		t = place_row(tx, *ret, max, ret_count, &row);
		if (t && t->items < REPORT_ITEMS_MAX)
			t->item[t->items++] = item;
	}
	return db_end(&rows);
}

static struct db_stmt LOAD_TEMPLATE = {"reports_load_template",
	"SELECT owner_id, unit_id, position, position_key, name FROM reports_template "
	"WHERE government_id = $1 AND template_id = $2",
	0};

enum err reports_load_template(struct tx *tx, int64_t id, struct report_template *ret)
{
	*ret = (struct report_template){.id = id};
	return db_load(tx, &LOAD_TEMPLATE, BIND(db_int(tx->government.v), db_int(id)),
		INTO(to_int64(&ret->owner.employee.v), to_int64(&ret->owner.agency.v),
			to_text(&ret->owner.position), to_text(&ret->owner.position_key),
			to_text(&ret->name)));
}

static struct db_stmt COUNT_TEMPLATES = {"reports_count_templates",
	"SELECT count(*) FROM reports_template WHERE government_id = $1 AND owner_id = $2 "
	"AND unit_id = $3 AND (CAST($4 AS TEXT) = '' OR position_key = $4)",
	0};

enum err reports_count_templates(struct tx *tx, const struct template_owner *owner, int *ret)
{
	int32_t count = 0;
	enum err e = db_load(tx, &COUNT_TEMPLATES,
		BIND(db_int(tx->government.v), db_int(owner->employee.v), db_int(owner->agency.v),
			db_text(owner->position_key)),
		INTO(to_int32(&count)));

	*ret = count;
	return e;
}

static struct db_stmt SET_TEMPLATE = {"reports_set_template",
	"INSERT INTO reports_template (government_id, template_id, owner_id, unit_id, position, "
	"position_key, name, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
	"ON CONFLICT (government_id, template_id) DO UPDATE SET position = excluded.position, "
	"position_key = excluded.position_key, name = excluded.name, changed_at = "
	"excluded.changed_at",
	0};
static struct db_stmt ADD_TEMPLATE_ITEM = {"reports_add_template_item",
	"INSERT INTO reports_template_item (government_id, template_id, place, starts, ends, "
	"description, volume, unit_of_measure) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
	0};
static struct db_stmt END_TEMPLATE_ITEMS = {"reports_end_template_items",
	"DELETE FROM reports_template_item WHERE government_id = $1 AND template_id = $2", 0};

static enum err add_item(struct tx *tx, int64_t id, int place, const struct template_item *item)
{
	return db_exec(tx, &ADD_TEMPLATE_ITEM,
		BIND(db_int(tx->government.v), db_int(id), db_int(place), db_int(item->starts),
			db_int(item->ends), db_text(item->description), db_int(item->volume),
			db_text(item->unit_of_measure)),
		NULL);
}

static enum err end_items(struct tx *tx, int64_t id)
{
	return db_exec(tx, &END_TEMPLATE_ITEMS, BIND(db_int(tx->government.v), db_int(id)), NULL);
}

enum err reports_set_template(struct tx *tx, const struct report_template *t)
{
	enum err e = db_exec(tx, &SET_TEMPLATE,
		BIND(db_int(tx->government.v), db_int(t->id), db_int(t->owner.employee.v),
			db_int(t->owner.agency.v), db_text(t->owner.position),
			db_text(t->owner.position_key), db_text(t->name), db_int(tx->now_ms)),
		NULL);

	if (!e)
		e = end_items(tx, t->id);
	for (int i = 0; i < t->items && !e; i++)
		e = add_item(tx, t->id, i + 1, &t->item[i]);
	return e;
}

static struct db_stmt END_TEMPLATE = {"reports_end_template",
	"DELETE FROM reports_template WHERE government_id = $1 AND template_id = $2", 0};

enum err reports_end_template(struct tx *tx, int64_t id)
{
	enum err e = end_items(tx, id);

	return e ? e : db_exec(tx, &END_TEMPLATE, BIND(db_int(tx->government.v), db_int(id)), NULL);
}

struct db_stmt *const reports_template_stmts[TEMPLATE_STMTS] = {&LIST_TEMPLATES, &LOAD_TEMPLATE,
	&COUNT_TEMPLATES, &SET_TEMPLATE, &ADD_TEMPLATE_ITEM, &END_TEMPLATE_ITEMS, &END_TEMPLATE};
