/*
 * Checklists of a document over HTTP: its owner asks several to look at it, each verifies his line
 * or objects with a reason; a document that is replaced is looked at anew, because what was
 * verified was another one. Nobody verifies his own document.
 */
#include "tasks/tasks_check.h"

#include "base/hash.h"
#include "base/str.h"
#include "platform/blob.h"
#include "platform/platform_db.h"
#include "tasks/tasks_routes.h"

#include <stdlib.h>
#include <string.h>

#define CHECKS_PAGE   30
#define LINE_TEXT_MAX 200
#define OBJECTION_MIN 5

/* ---- shapes ---- */

struct check_item {
	int64_t check;
	const char *title, *reference, *link, *file_name, *owner_name;
	int64_t made_at;
	int32_t state, edition, version, lines, verified;
	bool is_mine;
};
static const struct field item_fields[] = {
	F_ID(struct check_item, check, 0, "The checklist."),
	F_TEXT(struct check_item, title, 1, TASK_SUBJECT_MAX, 0, "Of which document."),
	F_TEXT(struct check_item, reference, 0, TASK_LETTER_MAX, OPTIONAL,
		"Its number where it is registered."),
	F_TEXT(struct check_item, link, 0, TASK_LINK_MAX, OPTIONAL, "Where it is."),
	F_TEXT(struct check_item, file_name, 0, 200, OPTIONAL, "Name of its file, if it has one."),
	F_TEXT(struct check_item, owner_name, 0, 300, 0, "Whose it is."),
	F_INSTANT(struct check_item, made_at, 0, "When it was asked for."),
	F_ENUM(struct check_item, state, document_state_names, 0, "What became of it."),
	F_INT(struct check_item, edition, 1, INT32_MAX, 0, "Rises when the document is replaced."),
	F_INT(struct check_item, version, 1, INT32_MAX, 0, "To be named when deciding."),
	F_INT(struct check_item, lines, 0, CHECK_LINES_MAX, 0, "How many lines."),
	F_INT(struct check_item, verified, 0, CHECK_LINES_MAX, 0, "Of these verified."),
	F_BOOL(struct check_item, is_mine, 0, "It is the reader's own."),
	F_END,
};
static const struct shape item_shape = SHAPE("DocumentCheck", struct check_item, item_fields);

struct check_list {
	struct check_item *items;
	int count;
	int64_t next;
};
static const struct field list_fields[] = {
	F_LIST(struct check_list, items, count, &item_shape, 0, CHECKS_PAGE, 0, "Newest first."),
	F_ID(struct check_list, next, OPTIONAL, "Cursor of the next page."),
	F_END,
};
static const struct shape list_shape = SHAPE("DocumentChecks", struct check_list, list_fields);

struct line_item {
	int32_t line;
	const char *text, *person_name, *unit_name, *decided_by_name, *note;
	int32_t state;
	int64_t decided_at;
	bool may_decide;
};
static const struct field line_fields[] = {
	F_INT(struct line_item, line, 1, CHECK_LINES_MAX, 0, "Its place."),
	F_TEXT(struct line_item, text, 1, LINE_TEXT_MAX, 0, "What is looked at."),
	F_TEXT(struct line_item, person_name, 0, 300, OPTIONAL, "By whom."),
	F_TEXT(struct line_item, unit_name, 0, 200, OPTIONAL, "Or by whoever heads this unit."),
	F_ENUM(struct line_item, state, line_state_names, 0, "What he says."),
	F_TEXT(struct line_item, decided_by_name, 0, 300, OPTIONAL, "Who said it."),
	F_INSTANT(struct line_item, decided_at, OPTIONAL, "When."),
	F_TEXT(struct line_item, note, 0, TASK_NOTE_MAX, 0, "With which words."),
	F_BOOL(struct line_item, may_decide, 0, "The reader may decide it."),
	F_END,
};
static const struct shape line_shape = SHAPE("DocumentCheckLine", struct line_item, line_fields);

struct check_detail {
	struct check_item check;
	struct line_item *lines;
	int line_count;
	struct event_item *thread;
	int events;
	bool may_replace, may_withdraw;
};
static const struct field detail_fields[] = {
	F_OBJECT(struct check_detail, check, &item_shape, 0, "The checklist."),
	F_LIST(struct check_detail, lines, line_count, &line_shape, 0, CHECK_LINES_MAX, 0,
		"In their order."),
	F_LIST(struct check_detail, thread, events, &tasks_event_shape, 0, TASK_EVENTS_MAX, 0,
		"What happened, in order."),
	F_BOOL(struct check_detail, may_replace, 0,
		"The reader may put another document in its place."),
	F_BOOL(struct check_detail, may_withdraw, 0, "He may take it back."),
	F_END,
};
static const struct shape detail_shape = SHAPE(
	"DocumentCheckDetail", struct check_detail, detail_fields);

struct check_path {
	int64_t document;
};
static const struct field path_fields[] = {
	PATH_ID(struct check_path, document, "The checklist."),
	F_END,
};
static const struct shape path_shape = SHAPE("DocumentCheckPath", struct check_path, path_fields);

static struct check_item make_item(const struct req *rq, const struct check_row *c)
{
	return (struct check_item){.check = c->id,
		.title = c->title,
		.reference = tasks_optional(c->reference),
		.link = tasks_optional(c->link),
		.file_name = *c->file_sha256 ? c->file_name : NULL,
		.owner_name = c->owner_name,
		.made_at = c->made_at,
		.state = c->state,
		.edition = c->edition,
		.version = c->version,
		.lines = c->lines,
		.verified = c->verified,
		.is_mine = c->owner.v == rq->actor.employee.v};
}

/* ---- lists ---- */

struct check_query {
	int64_t cursor;
};
static const struct field query_fields[] = {
	Q_ID(struct check_query, cursor, OPTIONAL, "The next of the page before."),
	F_END,
};
static const struct shape query_shape = SHAPE(
	"DocumentChecksQuery", struct check_query, query_fields);

static int by_newest(const void *a, const void *b)
{
	const struct check_row *x = a, *y = b;

	return (x->id < y->id) - (x->id > y->id);
}

/* One of several of one's lines comes once. */
static int drop_twins(struct check_row *row, int rows)
{
	int kept = 0;

	qsort(row, (size_t)rows, sizeof(*row), by_newest);
	for (int i = 0; i < rows; i++)
		if (!kept || row[kept - 1].id != row[i].id)
			row[kept++] = row[i];
	return kept;
}

static enum err get_checks(struct req *rq)
{
	const struct check_query *in = rq->input;
	struct places *places = ARENA_NEW(rq->tx->arena, struct places);
	struct check_list out = {0};
	struct check_row *row;
	int rows = 0;
	enum err e = tasks_load_own_places(rq, places);

	row = ARENA_ARRAY(
		rq->tx->arena, (size_t)((places->count + 1) * (CHECKS_PAGE + 1)), struct check_row);
	if (!e)
		e = tasks_list_own_checks(
			rq->tx, rq->actor.employee, in->cursor, row, CHECKS_PAGE + 1, &rows);
	for (int i = 0; !e && i < places->count; i++) {
		int count = 0;

		e = tasks_list_party_checks(rq->tx, places->place[i].party, in->cursor, row + rows,
			CHECKS_PAGE + 1, &count);
		rows += count;
	}
	rows = drop_twins(row, rows);
	out.items = ARENA_ARRAY(rq->tx->arena, CHECKS_PAGE, struct check_item);
	for (; !e && out.count < rows && out.count < CHECKS_PAGE; out.count++)
		out.items[out.count] = make_item(rq, &row[out.count]);
	out.next = rows > CHECKS_PAGE ? row[CHECKS_PAGE - 1].id : 0;
	return e ? e : reply(rq, 200, &out);
}

/* ---- one ---- */

/* Its owner and who looks at it have part in it; else it is its owner's. */
static enum err find_check(struct req *rq, struct object *ret_object)
{
	const int64_t *id = rq->input;
	struct places *places = ARENA_NEW(rq->tx->arena, struct places);
	struct check_line *line = ARENA_ARRAY(rq->tx->arena, CHECK_LINES_MAX, struct check_line);
	struct check_row check;
	int lines;
	enum err e = tasks_load_check(rq->tx, *id, &check);

	if (e || (e = tasks_load_own_places(rq, places)) ||
		(e = tasks_list_lines(rq->tx, *id, line, &lines)))
		return e;
	ret_object->employee = check.owner;
	for (int i = 0; i < lines; i++)
		if (tasks_find_place(places, line[i].party))
			ret_object->employee = rq->actor.employee;
	return OK;
}

static bool is_live(const struct check_row *c)
{
	return c->state == CHECK_OPEN || c->state == CHECK_OBJECTED;
}

static struct line_item make_line(const struct req *rq, const struct org_tree *tree,
	const struct places *places, const struct check_row *check, const struct check_line *l)
{
	return (struct line_item){.line = l->line,
		.text = l->text,
		.person_name = l->person_name,
		.unit_name = l->party.v < 0 ? tasks_unit_name(tree, party_office(l->party)) : NULL,
		.state = l->state,
		.decided_by_name = l->decided_by_name,
		.decided_at = l->decided_at ? l->decided_at : INSTANT_NONE,
		.note = l->note,
		.may_decide = is_live(check) && l->state == LINE_WAITING &&
			      check->owner.v != rq->actor.employee.v &&
			      tasks_find_place(places, l->party)};
}

static enum err get_check(struct req *rq)
{
	const struct check_path *in = rq->input;
	struct places *places = ARENA_NEW(rq->tx->arena, struct places);
	struct check_line *line = ARENA_ARRAY(rq->tx->arena, CHECK_LINES_MAX, struct check_line);
	struct check_detail out = {
		.lines = ARENA_ARRAY(rq->tx->arena, CHECK_LINES_MAX, struct line_item)};
	struct check_row check;
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = tasks_load_check(rq->tx, in->document, &check)) ||
		(e = tasks_load_own_places(rq, places)) ||
		(e = tasks_list_lines(rq->tx, check.id, line, &out.line_count)) ||
		(e = tasks_load_thread(rq, check.id, &out.thread, &out.events)))
		return e;
	out.check = make_item(rq, &check);
	for (int i = 0; i < out.line_count; i++)
		out.lines[i] = make_line(rq, tree, places, &check, &line[i]);
	out.may_replace = out.check.is_mine && check.state != CHECK_WITHDRAWN;
	out.may_withdraw = out.check.is_mine && is_live(&check);
	return reply(rq, 200, &out);
}

struct download {
	struct platform_file file;
	struct bytes bytes;
};

/* In the pool: who looks at the document reads it, whoever uploaded it. */
static enum err prepare_file(struct req *rq)
{
	struct download *d = rq->prepared = ARENA_NEW(rq->tx->arena, struct download);
	const struct check_path *in = rq->input;
	struct check_row check;
	enum err e = tasks_load_check(rq->tx, in->document, &check);

	if (e || !hex_decode(check.file_sha256, d->file.sha256.b, sizeof d->file.sha256.b))
		return e ? e : E_NOT_FOUND;
	const struct hash hash = d->file.sha256;
	e = platform_load_file(rq->tx, &hash, check.owner, &d->file);
	return e ? e : blob_get(rq->tx->arena, &hash, &d->bytes);
}

static enum err get_file(struct req *rq)
{
	const struct download *d = rq->prepared;

	rq->disposition = arena_printf(rq->tx->arena, "dokumen.%s", blob_extension(d->file.type));
	return reply_raw(rq, 200, d->file.type, (const char *)d->bytes.p, d->bytes.n);
}

/* ---- asking ---- */

struct line_input {
	const char *text;
	struct address to;
};
static const struct field line_input_fields[] = {
	F_TEXT(struct line_input, text, 3, LINE_TEXT_MAX, 0, "What is to be looked at."),
	{"employee", FIELD_ID, FROM_BODY, OPTIONAL, offsetof(struct line_input, to.employee), 0, 0,
		0, NULL, NULL, "By whom: along one's lines, or of the units one heads."},
	{"unit", FIELD_ID, FROM_BODY, OPTIONAL, offsetof(struct line_input, to.unit), 0, 0, 0, NULL,
		NULL, "Or by whoever heads this unit."},
	F_END,
};
static const struct shape line_input_shape = SHAPE(
	"DocumentCheckLineInput", struct line_input, line_input_fields);

struct check_input {
	int64_t document; /* 0 of a new one: every path begins with it */
	int32_t version;
	const char *title, *reference, *link, *file_sha256, *file_name;
	struct line_input *lines;
	int line_count;
};
#define DOCUMENT_FIELDS                                                                            \
	F_TEXT(struct check_input, reference, 0, TASK_LETTER_MAX, OPTIONAL,                        \
		"Its number where it is registered; suffices."),                                   \
		F_TEXT(struct check_input, link, 0, TASK_LINK_MAX, OPTIONAL,                       \
			"Where it is: https."),                                                    \
		F_TEXT(struct check_input, file_sha256, 64, 64, OPTIONAL,                          \
			"Its file, uploaded before: PDF or a picture."),                           \
		F_TEXT(struct check_input, file_name, 1, 200, OPTIONAL, "Name of the file.")
static const struct field input_fields[] = {
	F_TEXT(struct check_input, title, 3, TASK_SUBJECT_MAX, 0, "Of which document."),
	DOCUMENT_FIELDS,
	F_LIST(struct check_input, lines, line_count, &line_input_shape, 1, CHECK_LINES_MAX, 0,
		"What is looked at, and by whom."),
	F_END,
};
static const struct shape input_shape = SHAPE(
	"DocumentCheckInput", struct check_input, input_fields);
static const struct field replace_fields[] = {
	PATH_ID(struct check_input, document, "The checklist."),
	F_INT(struct check_input, version, 1, INT32_MAX, 0, "The version that was read."),
	DOCUMENT_FIELDS,
	F_END,
};
static const struct shape replace_shape = SHAPE(
	"DocumentCheckReplace", struct check_input, replace_fields);

struct check_key {
	int64_t check;
	int32_t state, version;
};
static const struct field key_fields[] = {
	F_ID(struct check_key, check, 0, "The checklist."),
	F_ENUM(struct check_key, state, document_state_names, 0, "What became of it."),
	F_INT(struct check_key, version, 1, INT32_MAX, 0, "Its version now."),
	F_END,
};
static const struct shape key_shape = SHAPE("DocumentCheckKey", struct check_key, key_fields);

static enum err reply_key(struct req *rq, const struct check_row *c)
{
	return reply(rq, 200, &(struct check_key){c->id, c->state, c->version});
}

static enum err check_file(struct req *rq, const char *sha256)
{
	struct platform_file file;
	struct hash hash;

	if (!hex_decode(sha256, hash.b, sizeof hash.b))
		return refuse(rq, E_BAD_FIELD, "/file_sha256", "must be 64 hexadecimal digits");
	enum err e = platform_load_file(rq->tx, &hash, rq->actor.employee, &file);
	if (e == E_NOT_FOUND)
		return refuse(rq, E_BAD_FIELD, "/file_sha256",
			"no such file was uploaded: upload it again");
	if (!e && !blob_is_evidence(file.type))
		return refuse(rq, E_BAD_FIELD, "/file_sha256", BLOB_NO_EVIDENCE);
	return e;
}

/* The document as it is named: by number, by address or by its file. */
static enum err take_document(struct req *rq, const struct check_input *in, struct check_row *c)
{
	const char *sha = tasks_text(in->file_sha256);
	enum err e = tasks_check_link(rq, in->link, "/link");

	if (!e && *sha)
		e = check_file(rq, sha);
	if (e)
		return e;
	c->reference = tasks_text(in->reference);
	c->link = tasks_text(in->link);
	c->file_sha256 = sha;
	c->file_name = *sha ? (in->file_name ? in->file_name : "dokumen") : "";
	return *c->reference || *c->link || *sha
		       ? OK
		       : refuse(rq, E_BAD_FIELD, "/reference",
				 "name its number, its address or its file");
}

static enum err post_check(struct req *rq)
{
	const struct check_input *in = rq->input;
	struct places *places = ARENA_NEW(rq->tx->arena, struct places);
	struct check_line *line = ARENA_ARRAY(rq->tx->arena, CHECK_LINES_MAX, struct check_line);
	struct check_row c = {
		.title = in->title, .owner = rq->actor.employee, .version = 1, .edition = 1};
	struct unit_id unit;
	enum err e = take_document(rq, in, &c);

	if (!e)
		e = tasks_load_own_places(rq, places);
	for (int i = 0; !e && i < in->line_count; i++) {
		line[i].text = in->lines[i].text;
		e = tasks_find_near(rq, places, &in->lines[i].to, false,
			arena_printf(rq->tx->arena, "/lines/%d", i), &line[i].party, &unit);
	}
	if (!e)
		e = tasks_add_check(rq->tx, &c, line, in->line_count);
	return e ? e : reply_key(rq, &c);
}

/* ---- deciding ---- */

struct decide_input {
	int64_t document;
	int32_t line, version;
	bool accept;
	const char *note;
};
static const struct field decide_fields[] = {
	PATH_ID(struct decide_input, document, "The checklist."),
	F_INT(struct decide_input, line, 1, CHECK_LINES_MAX, 0, "Which line."),
	F_INT(struct decide_input, version, 1, INT32_MAX, 0, "The version that was read."),
	F_BOOL(struct decide_input, accept, 0, "Verified, or objected to."),
	F_TEXT(struct decide_input, note, 0, TASK_NOTE_MAX, OPTIONAL,
		"Why; needed for an objection."),
	F_END,
};
static const struct shape decide_shape = SHAPE(
	"DocumentCheckDecision", struct decide_input, decide_fields);

/* Writes what the act made of the checklist, its event and its leaf. */
static enum err put(struct req *rq, struct check_row *c, enum task_event event,
	struct party for_party, const char *note)
{
	enum err e;

	c->version++;
	if ((e = tasks_put_check(rq->tx, c)) ||
		(e = tasks_add_event(rq->tx, c->id, event, rq->actor.employee, for_party, note)))
		return e;
	tasks_add_leaf(rq->tx, c->id,
		arena_printf(rq->tx->arena, "check %lld %s edition %d of %s %s %s",
			(long long)c->id, task_event_names[event], c->edition, c->reference,
			c->link, c->file_sha256),
		rq->actor.employee, for_party, note);
	return reply_key(rq, c);
}

/* A checklist in a state to be worked on, in the version that was read. */
static enum err load_live(struct req *rq, int64_t id, int32_t version, struct check_row *ret)
{
	int events;
	enum err e = tasks_load_check(rq->tx, id, ret);

	if (e || (e = tasks_count_events(rq->tx, id, &events)))
		return e;
	if (events >= TASK_EVENTS_MAX)
		return refuse(rq, E_REFUSED, "/check", "its thread is full: ask anew");
	if (ret->state == CHECK_WITHDRAWN)
		return refuse(rq, E_CONFLICT, "/check", "was taken back");
	return version == ret->version ? OK : E_STALE;
}

static enum document_state state_of(const struct check_line *line, int lines)
{
	int32_t state[CHECK_LINES_MAX];

	for (int i = 0; i < lines; i++)
		state[i] = line[i].state;
	return tasks_decide_check(state, lines);
}

static enum err post_decide(struct req *rq)
{
	const struct decide_input *in = rq->input;
	struct places *places = ARENA_NEW(rq->tx->arena, struct places);
	struct check_line *line = ARENA_ARRAY(rq->tx->arena, CHECK_LINES_MAX, struct check_line);
	const char *note = tasks_text(in->note);
	struct check_row c;
	int lines;
	enum err e = load_live(rq, in->document, in->version, &c);

	if (e || (e = tasks_load_own_places(rq, places)) ||
		(e = tasks_list_lines(rq->tx, c.id, line, &lines)))
		return e;
	struct check_line *l = in->line <= lines ? &line[in->line - 1] : NULL;
	if (c.owner.v == rq->actor.employee.v)
		return refuse(rq, E_SELF, "/line", "nobody verifies his own document");
	if (!l || !tasks_find_place(places, l->party))
		return refuse(rq, E_REFUSED, "/line", "is for somebody else to look at");
	if (l->state != LINE_WAITING)
		return refuse(rq, E_CONFLICT, "/line", "is decided already");
	if (!in->accept && strlen(note) < OBJECTION_MIN)
		return refuse(
			rq, E_BAD_FIELD, "/note", "say what is wrong, in 5 characters or more");
	l->state = in->accept ? LINE_VERIFIED : LINE_OBJECTED;
	l->decided_by = rq->actor.employee;
	l->decided_at = rq->tx->now_ms;
	l->note = note;
	c.state = (int32_t)state_of(line, lines);
	e = tasks_put_line(rq->tx, c.id, l);
	return e ? e
		 : put(rq, &c, in->accept ? EVENT_LINE_VERIFIED : EVENT_LINE_OBJECTED,
			   tasks_for(places, l->party),
			   *note ? arena_printf(rq->tx->arena, "%s: %s", l->text, note) : l->text);
}

static enum err load_own(struct req *rq, int64_t id, int32_t version, struct check_row *ret)
{
	enum err e = load_live(rq, id, version, ret);

	if (!e && ret->owner.v != rq->actor.employee.v)
		return refuse(rq, E_REFUSED, "/check", "is its owner's to change");
	return e;
}

static enum err post_replace(struct req *rq)
{
	const struct check_input *in = rq->input;
	struct check_row c;
	enum err e = load_own(rq, in->document, in->version, &c);

	if (e || (e = take_document(rq, in, &c)) || (e = tasks_reopen_lines(rq->tx, c.id)))
		return e;
	c.state = CHECK_OPEN;
	c.edition++;
	return put(rq, &c, EVENT_REPLACED, (struct party){0}, c.reference);
}

static const struct field withdraw_fields[] = {
	PATH_ID(struct decide_input, document, "The checklist."),
	F_INT(struct decide_input, version, 1, INT32_MAX, 0, "The version that was read."),
	F_END,
};
static const struct shape withdraw_shape = SHAPE(
	"DocumentCheckWithdraw", struct decide_input, withdraw_fields);

static enum err post_withdraw(struct req *rq)
{
	const struct decide_input *in = rq->input;
	struct check_row c;
	enum err e = load_own(rq, in->document, in->version, &c);

	if (e)
		return e;
	if (!is_live(&c))
		return refuse(rq, E_CONFLICT, "/check", "is verified already");
	c.state = CHECK_WITHDRAWN;
	return put(rq, &c, EVENT_WITHDRAWN, (struct party){0}, "");
}

/* ---- routes ---- */

#define ALL "/api/v1/tasks/checks"
#define ONE ALL "/{document}"

static const struct route routes[] = {
	{GET, ALL, P_TASK_SELF, TX_READ, &query_shape, &list_shape, get_checks,
		.exports = EXPORT("pemeriksaan-dokumen", "Pemeriksaan dokumen"),
		.summary = "Checklists of one's own documents, and those one looks at."},
	{POST, ALL, P_TASK_SELF, TX_WRITE, &input_shape, &key_shape, post_check,
		.summary = "Asks several to look at a document.",
		.example = "{\"title\":\"Draf surat "
			   "edaran\",\"reference\":\"065/12\",\"lines\":[{\"text\":"
			   "\"Dasar hukum\",\"employee\":\"{colleague}\"}]}"},
	{GET, ONE, P_TASK_READ, TX_READ, &path_shape, &detail_shape, get_check,
		.object = find_check, .summary = "A checklist with its lines and its thread.",
		.example_path = ONE},
	{GET, ONE "/file", P_TASK_READ, TX_READ, &path_shape, NULL, get_file, .object = find_check,
		.prepare = prepare_file, .slow = true, .raw_type = "application/octet-stream",
		.summary = "The document itself, for who has part in it.",
		.example_path = ONE "/file"},
	{POST, ONE "/decide", P_TASK_SELF, TX_WRITE, &decide_shape, &key_shape, post_decide,
		.object = find_check, .summary = "Verifies a line, or objects with a reason.",
		.example = "{\"line\":1,\"version\":1,\"accept\":true}"},
	{POST, ONE "/replace", P_TASK_SELF, TX_WRITE, &replace_shape, &key_shape, post_replace,
		.object = find_check,
		.summary = "Another document in its place: all lines are looked at anew.",
		.example = "{\"version\":1,\"reference\":\"065/13\",\"file_sha256\":"
			   "\"{file}\"}"},
	{POST, ONE "/withdraw", P_TASK_SELF, TX_WRITE, &withdraw_shape, &key_shape, post_withdraw,
		.object = find_check, .summary = "Its owner takes it back.",
		.example = "{\"version\":1}"},
};

const struct slice tasks_check_slice = {
	.name = "document checks",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = tasks_check_stmts,
	.stmt_count = TASKS_CHECK_STMTS,
};
