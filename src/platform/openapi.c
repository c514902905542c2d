/*
 * Prints the OpenAPI 3.1 document from the same tables that decode and encode, so that it cannot
 * differ from what the program does. api/openapi.json is this output; `make check` compares.
 */
#include "platform/openapi.h"

#include "base/str.h"
#include "platform/route_table.h"

#include <jansson.h>

static json_t *schema_of(const struct shape *shape);

static json_t *reference(const struct shape *shape)
{
	return json_pack("{s:o}", "$ref", json_sprintf("#/components/schemas/%s", shape->name));
}

static json_t *text_schema(const char *format, const char *pattern)
{
	json_t *s = json_pack("{s:s}", "type", "string");
	if (format)
		json_object_set_new(s, "format", json_string(format));
	if (pattern)
		json_object_set_new(s, "pattern", json_string(pattern));
	return s;
}

static json_t *list_schema(const struct field *f, json_t *items)
{
	json_t *s = json_pack("{s:s,s:o}", "type", "array", "items", items);
	if (f->min)
		json_object_set_new(s, "minItems", json_integer(f->min));
	if (f->max)
		json_object_set_new(s, "maxItems", json_integer(f->max));
	return s;
}

static json_t *enum_schema(const struct field *f)
{
	json_t *names = json_array();
	for (int i = 0; f->names[i]; i++)
		json_array_append_new(names, json_string(f->names[i]));
	return json_pack("{s:s,s:o}", "type", "string", "enum", names);
}

static json_t *bounded_text(const struct field *f)
{
	json_t *s = text_schema(NULL, NULL);
	if (f->min)
		json_object_set_new(s, "minLength", json_integer(f->min > 0 ? 1 : 0));
	if (f->max)
		json_object_set_new(s, "maxLength", json_integer(f->max));
	return s;
}

static json_t *number_schema(const struct field *f)
{
	json_t *s = json_pack("{s:s}", "type", "integer");
	if (f->min != f->max) {
		json_object_set_new(s, "minimum", json_integer(f->min));
		json_object_set_new(s, "maximum", json_integer(f->max));
	}
	return s;
}

static json_t *field_schema(const struct field *f)
{
	switch (f->type) {
	case FIELD_ID:
		return text_schema(NULL, "^[1-9][0-9]{0,18}$");
	case FIELD_INT:
	case FIELD_INT64:
		return number_schema(f);
	case FIELD_INTS:
		return list_schema(f, json_pack("{s:s}", "type", "integer"));
	case FIELD_BOOL:
		return json_pack("{s:s}", "type", "boolean");
	case FIELD_TEXT:
		return bounded_text(f);
	case FIELD_ENUM:
		return enum_schema(f);
	case FIELD_DAY:
		return text_schema("date", NULL);
	case FIELD_INSTANT:
		return text_schema("date-time", NULL);
	case FIELD_MINUTE:
		return text_schema(NULL, "^[0-4][0-9]:[0-5][0-9]$");
	case FIELD_UUID:
		return text_schema("uuid", NULL);
	case FIELD_BYTES:
		return text_schema(NULL, "^[A-Za-z0-9_-]*$");
	case FIELD_OBJECT:
		return reference(f->shape);
	case FIELD_LIST:
		return list_schema(f, reference(f->shape));
	case FIELD_TEXTS:
		return list_schema(f, json_pack("{s:s}", "type", "string"));
	case FIELD_IDS:
		return list_schema(f, text_schema(NULL, "^[1-9][0-9]{0,18}$"));
	case FIELD_END:
		break;
	}
	return json_object();
}

static json_t *described(json_t *schema, const struct field *f)
{
	if (f->doc && *f->doc && !json_object_get(schema, "$ref"))
		json_object_set_new(schema, "description", json_string(f->doc));
	return schema;
}

static bool has_body(const struct shape *shape)
{
	for (const struct field *f = shape ? shape->fields : NULL; f && f->name; f++)
		if (f->from == FROM_BODY)
			return true;
	return false;
}

static json_t *schema_of(const struct shape *shape)
{
	json_t *properties = json_object(), *required = json_array();
	for (const struct field *f = shape->fields; f->name; f++) {
		if (f->from != FROM_BODY)
			continue;
		json_object_set_new(properties, f->name, described(field_schema(f), f));
		if (!(f->flags & OPTIONAL))
			json_array_append_new(required, json_string(f->name));
	}
	json_t *s = json_pack("{s:s,s:b,s:o}", "type", "object", "additionalProperties", 0,
		"properties", properties);
	if (json_array_size(required))
		json_object_set_new(s, "required", required);
	else
		json_decref(required);
	return s;
}

/* A name says one thing: of two shapes under it the second would be lost without a word. */
static void assert_same(const json_t *known, const struct shape *shape)
{
	json_t *again = schema_of(shape);
	if (!json_equal(known, again)) {
		fprintf(stderr, "two shapes are called %s\n", shape->name);
		abort();
	}
	json_decref(again);
}

static void add_schemas(json_t *schemas, const struct shape *shape)
{
	const json_t *known;
	if (!shape || !has_body(shape))
		return;
	known = json_object_get(schemas, shape->name);
	if (known) {
		assert_same(known, shape);
		return;
	}
	json_object_set_new(schemas, shape->name, schema_of(shape));
	for (const struct field *f = shape->fields; f->name; f++)
		add_schemas(schemas, f->shape);
}

static json_t *parameters_of(const struct route *r)
{
	json_t *list = json_array();
	for (const struct field *f = r->input ? r->input->fields : NULL; f && f->name; f++) {
		if (f->from == FROM_BODY)
			continue;
		json_array_append_new(
			list, json_pack("{s:s,s:s,s:b,s:s,s:o}", "name", f->name, "in",
				      f->from == FROM_PATH ? "path" : "query", "required",
				      f->from == FROM_PATH || !(f->flags & OPTIONAL), "description",
				      f->doc ? f->doc : "", "schema", field_schema(f)));
	}
	if (r->exports)
		json_array_append_new(
			list, json_pack("{s:s,s:s,s:b,s:s,s:{s:s,s:[s,s]}}", "name", "format", "in",
				      "query", "required", 0, "description",
				      "All pages as one table instead of JSON.", "schema", "type",
				      "string", "enum", "csv", "xlsx"));
	if (r->tx == TX_WRITE)
		json_array_append_new(
			list, json_pack("{s:s}", "$ref", "#/components/parameters/IdempotencyKey"));
	return list;
}

static json_t *problem_reply(void)
{
	return json_pack("{s:s}", "$ref", "#/components/responses/Problem");
}

static json_t *replies_of(const struct route *r)
{
	const char *type = r->tx == TX_STREAM                ? "text/event-stream"
			   : r->raw_type && !r->raw_body_max ? r->raw_type
							     : NULL;
	json_t *replies = json_object();
	if (r->output)
		json_object_set_new(replies, "200",
			json_pack("{s:s,s:{s:{s:o}}}", "description",
				r->exports ? "Done; with a format the table itself" : "Done",
				"content", "application/json", "schema", reference(r->output)));
	if (!r->output && type)
		json_object_set_new(replies, "200",
			json_pack("{s:s,s:{s:{s:{s:s}}}}", "description", "Done", "content", type,
				"schema", "type",
				str_eq(type, "application/json") ? "object" : "string"));
	else if (!r->output)
		json_object_set_new(replies, "204", json_pack("{s:s}", "description", "Done"));
	json_object_set_new(replies, "4XX", problem_reply());
	json_object_set_new(replies, "5XX", problem_reply());
	return replies;
}

/* "postAttendancePunches", "getAttendanceDaysEmployeeDay" */
static json_t *operation_id(const struct route *r)
{
	char id[160];
	size_t n = 0;
	bool upper = true;
	for (const char *p = method_name(r->method); *p && n < sizeof id - 1; p++)
		id[n++] = (char)(*p | 32);
	for (const char *p = str_starts(r->path, "/api/v1") ? r->path + 7 : r->path;
		*p && n < sizeof id - 1; p++) {
		bool letter = (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9');
		if (letter)
			id[n++] = (char)(upper && *p >= 'a' ? *p - 32 : *p);
		upper = !letter;
	}
	id[n] = '\0';
	return json_string(id);
}

static const char *tag_of(const struct route *r)
{
	static char tag[40];
	const char *p = str_starts(r->path, "/api/v1/") ? r->path + 8 : "health";
	snprintf(tag, sizeof tag, "%.*s", (int)strcspn(p, "/"), p);
	return tag;
}

/* A session, where one is needed, and the header that proves that a script of this site asked. */
static json_t *security_of(const struct route *r)
{
	json_t *both = json_object(), *list = json_array();
	if (r->permission != P_PUBLIC)
		json_object_set_new(both, "session", json_array());
	if (r->method != GET)
		json_object_set_new(both, "luwes", json_array());
	json_array_append_new(list, both);
	return list;
}

static json_t *operation_of(const struct route *r)
{
	json_t *op = json_pack("{s:o,s:s,s:[s],s:o,s:o,s:s}", "operationId", operation_id(r),
		"summary", r->summary, "tags", tag_of(r), "parameters", parameters_of(r),
		"responses", replies_of(r), "x-permission", permission_code(r->permission));
	json_object_set_new(op, "security", security_of(r));
	if (has_body(r->input))
		json_object_set_new(op, "requestBody",
			json_pack("{s:b,s:{s:{s:o}}}", "required", 1, "content", "application/json",
				"schema", reference(r->input)));
	else if (r->raw_body_max)
		json_object_set_new(op, "requestBody",
			json_pack("{s:b,s:{s:{s:{s:s,s:s}}}}", "required", 1, "content",
				"application/octet-stream", "schema", "type", "string", "format",
				"binary"));
	return op;
}

static json_t *error_codes(void)
{
	json_t *codes = json_array();
	for (int e = OK + 1; e < ERR_COUNT; e++)
		json_array_append_new(codes, json_string(err_code((enum err)e)));
	return codes;
}

static json_t *problem_schema(void)
{
	return json_pack("{s:s,s:[s,s,s,s,s],s:{s:{s:s},s:{s:s},s:{s:s},s:{s:s,s:o},s:{s:s,s:s},s:{"
			 "s:s,s:s},s:{s:s}}}",
		"type", "object", "required", "type", "title", "status", "code", "request_id",
		"properties", "type", "type", "string", "title", "type", "string", "status", "type",
		"integer", "code", "type", "string", "enum", error_codes(), "pointer", "type",
		"string", "description", "JSON pointer of the faulty field", "reason", "type",
		"string", "description", "what is wrong with it, in English", "request_id", "type",
		"string");
}

static json_t *components(json_t *schemas)
{
	json_object_set_new(schemas, "Problem", problem_schema());
	return json_pack("{s:o,s:{s:{s:s,s:s,s:s,s:{s:s,s:s}}},"
			 "s:{s:{s:s,s:{s:{s:{s:s}}}}},s:{s:{s:s,s:s,s:s},s:{s:s,s:s,s:s,s:s}}}",
		"schemas", schemas, "parameters", "IdempotencyKey", "name", "Idempotency-Key", "in",
		"header", "description",
		"Always needed: UUIDv7 of this write; a repeat gets the first reply, without it "
		"the answer is 400",
		"schema", "type", "string", "format", "uuid", "responses", "Problem", "description",
		"Problem details (RFC 9457)", "content", "application/problem+json", "schema",
		"$ref", "#/components/schemas/Problem", "securitySchemes", "session", "type",
		"apiKey", "in", "cookie", "name", "luwes_session", "luwes", "type", "apiKey", "in",
		"header", "name", "X-Luwes", "description",
		"The text 1: proves that the request was made by a script of this site");
}

void openapi_print(FILE *out, const char *version)
{
	int count;
	const struct route *const *routes = route_table_all(&count);
	json_t *paths = json_object(), *schemas = json_object();
	for (int i = 0; i < count; i++) {
		json_t *path = json_object_get(paths, routes[i]->path);
		char method[8];
		if (!path)
			json_object_set_new(paths, routes[i]->path, path = json_object());
		snprintf(method, sizeof method, "%s", method_name(routes[i]->method));
		for (char *p = method; *p; p++)
			*p = (char)(*p | 32);
		json_object_set_new(path, method, operation_of(routes[i]));
		add_schemas(schemas, routes[i]->input);
		add_schemas(schemas, routes[i]->output);
	}
	json_t *doc = json_pack("{s:s,s:{s:s,s:s,s:s,s:{s:s,s:s}},s:[{s:s}],s:[{s:[]}],s:o,s:o}",
		"openapi", "3.1.0", "info", "title", "Luwes", "version", version, "description",
		"Flexible work of civil servants, from readiness to evaluation. Printed by `luwes "
		"openapi`.",
		"license", "name", "Apache-2.0", "identifier", "Apache-2.0", "servers", "url", "/",
		"security", "session", "paths", paths, "components", components(schemas));
	json_dumpf(doc, out, JSON_INDENT(2) | JSON_SORT_KEYS);
	fputc('\n', out);
	json_decref(doc);
}

static const char *tx_name(enum tx_mode tx)
{
	static const char *const names[] = {"none", "read", "write", "event", "stream"};
	return names[tx];
}

void openapi_print_routes(FILE *out)
{
	int count;
	const struct route *const *routes = route_table_all(&count);
	for (int i = 0; i < count; i++)
		fprintf(out, "%-6s %-52s %-16s %-6s %s -> %s%s\n", method_name(routes[i]->method),
			routes[i]->path, permission_code(routes[i]->permission),
			tx_name(routes[i]->tx), routes[i]->input ? routes[i]->input->name : "-",
			routes[i]->output     ? routes[i]->output->name
			: routes[i]->raw_type ? routes[i]->raw_type
					      : "-",
			routes[i]->sees ? " (seen)" : "");
}

void openapi_print_examples(FILE *out)
{
	int count;
	const struct route *const *routes = route_table_all(&count);
	for (int i = 0; i < count; i++)
		fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", method_name(routes[i]->method),
			routes[i]->path, permission_code(routes[i]->permission),
			tx_name(routes[i]->tx), routes[i]->object ? "object" : "-",
			routes[i]->example_path ? routes[i]->example_path : routes[i]->path,
			routes[i]->example ? routes[i]->example : "");
}
