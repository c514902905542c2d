/*
 * The log over HTTP: its signed head, proofs, keys, and where signers and witnesses hand in theirs.
 *
 * Nothing here is about a person: sizes, hashes and public keys, so outsiders read it without an
 * account, of a government they name by its code. What is handed in carries its own permission, the
 * signature of a registered key.
 */
#include "trust/trust_log_int.h"

#include "base/str.h"
#include "platform/keys.h"
#include "platform/platform_db.h"
#include "platform/throttle.h"
#include "trust/trust.h"

#define PUBLIC_LOG            "/api/v1/public/{government}/log/"
#define LOG_SIZE_MAX          ((INT64_C(1) << 53) - 1)
#define GOVERNMENT_CODE_BYTES 40
#define TEXT_REPLY            "text/plain; charset=utf-8"
#define HASH_TEXT             44
#define EXAMPLE_LOG           "/api/v1/public/jabar/log/"

/* ---- what they share ---- */

/* Whoever asks without a session names the government; unknown ones are missing things. */
static enum err enter(struct req *rq, const char *code, struct government *ret)
{
	enum err e = platform_load_government_by_code(rq->tx, code, ret);
	if (!e)
		rq->actor.government = rq->tx->government = ret->id;
	return e;
}

static enum err enter_log(struct req *rq, const char *code)
{
	struct government government;
	return enter(rq, code, &government);
}

/* Text that can be asked for again and is then not sent twice. */
static enum err reply_text(struct req *rq, struct bytes text)
{
	char hex[65];
	struct hash hash = hash_of(text.p, text.n);
	hex_encode(hash.b, sizeof hash.b, hex);
	rq->etag = arena_printf(rq->tx->arena, "\"%.32s\"", hex);
	return reply_raw(rq, 200, TEXT_REPLY, (const char *)text.p, text.n);
}

struct log_path {
	const char *government;
};
static const struct field log_path_fields[] = {
	PATH_TEXT(struct log_path, government, 1, GOVERNMENT_CODE_BYTES, "Code of the government."),
	F_END,
};
static const struct shape log_path_shape = SHAPE("LogPath", struct log_path, log_path_fields);

/* ---- the signed head ---- */

static enum err reply_latest(struct req *rq)
{
	struct signed_head head;
	struct bytes note;
	enum err e = trust_load_latest_head(rq->tx, &head);
	if (e == E_NOT_FOUND)
		return refuse(rq, E_CONFLICT, "", "no head of this log was signed yet");
	if (e || (e = trust_join_head(rq->tx, &head, &note)))
		return e;
	return reply_text(rq, note);
}

static enum err get_checkpoint(struct req *rq)
{
	return reply_latest(rq);
}

static enum err get_public_checkpoint(struct req *rq)
{
	const struct log_path *in = rq->input;
	enum err e = enter_log(rq, in->government);
	return e ? e : reply_latest(rq);
}

/* ---- the head as it is now, unsigned ---- */

struct head_view {
	int64_t size;
	const char *root;
};
static const struct field head_view_fields[] = {
	F_INT64(struct head_view, size, 0, LOG_SIZE_MAX, 0, "Leaves so far."),
	F_TEXT(struct head_view, root, HASH_TEXT, HASH_TEXT, 0, "Root of their tree, base64."),
	F_END,
};
static const struct shape head_view_shape = SHAPE("LogHead", struct head_view, head_view_fields);

/*
 * A head that is signed must never be lost, so it is asked of the writer: its reply leaves once
 * everything before it is on disk, whereas a reader may see what a power failure still takes back.
 */
static enum err prepare_head(struct req *rq)
{
	const struct throttle_try attempt = {THROTTLE_LOG, {0}, "", NULL, rq->client_address};
	const struct log_path *in = rq->input;
	enum err e = throttle_take(&attempt, rq->tx->now_ms, &rq->retry_after_seconds);
	return e ? e : enter_log(rq, in->government);
}

static enum err get_head(struct req *rq)
{
	struct head_view out;
	struct hash root;
	char text[HASH_TEXT + 1];
	enum err e = trust_load_root(rq->tx, &out.size, &root);
	if (e)
		return e;
	trust_print_hash(root, text);
	out.root = text;
	return reply(rq, 200, &out);
}

/* ---- proofs ---- */

struct consistency_query {
	const char *government;
	int64_t from, to;
};
static const struct field consistency_query_fields[] = {
	PATH_TEXT(struct consistency_query, government, 1, GOVERNMENT_CODE_BYTES,
		"Code of the government."),
	Q_INT64(struct consistency_query, from, 0, LOG_SIZE_MAX, 0, "Size of the earlier tree."),
	Q_INT64(struct consistency_query, to, 0, LOG_SIZE_MAX, 0, "Size of the later tree."),
	F_END,
};
static const struct shape consistency_query_shape = SHAPE(
	"LogConsistencyQuery", struct consistency_query, consistency_query_fields);

static enum err get_consistency(struct req *rq)
{
	const struct consistency_query *in = rq->input;
	struct log_proof proof;
	struct buf text;
	enum err e = enter_log(rq, in->government);
	if (e || (e = trust_load_consistency(rq->tx, in->from, in->to, &proof)))
		return e;
	buf_init(&text, rq->tx->arena, 4096);
	trust_print_hashes(&proof, &text);
	return reply_text(rq, (struct bytes){(const uint8_t *)text.p, text.n});
}

struct proof_query {
	int64_t index;
};
static const struct field proof_query_fields[] = {
	Q_INT64(struct proof_query, index, 0, LOG_SIZE_MAX, 0,
		"Index of the leaf, from a receipt."),
	F_END,
};
static const struct shape proof_query_shape = SHAPE(
	"LogProofQuery", struct proof_query, proof_query_fields);

static enum err get_proof(struct req *rq)
{
	const struct proof_query *in = rq->input;
	struct bytes text;
	enum err e = trust_load_tlog_proof(rq->tx, in->index, &text);
	if (e == E_NOT_FOUND)
		return refuse(rq, E_CONFLICT, "/index", "no signed head holds this leaf yet");
	return e ? e : reply_text(rq, text);
}

/* ---- keys ---- */

static const char *const key_kind_names[] = {"log", "witness", NULL};

struct key_view {
	int32_t kind;
	const char *name, *vkey, *letter;
	int64_t valid_from, valid_to;
};
static const struct field key_view_fields[] = {
	F_ENUM(struct key_view, kind, key_kind_names, 0, "Signs the log, or witnesses it."),
	F_TEXT(struct key_view, name, 1, KEY_NAME_MAX, 0,
		"Name; of the log's key the origin of its checkpoints."),
	F_TEXT(struct key_view, vkey, 1, VKEY_TEXT_MAX, 0, "Verifier key of c2sp.org/signed-note."),
	F_TEXT(struct key_view, letter, 0, LOG_LETTER_MAX, 0, "Paper it was registered by."),
	F_INSTANT(struct key_view, valid_from, 0, "Registered."),
	F_INSTANT(struct key_view, valid_to, OPTIONAL, "Ended; absent while in force."),
	F_END,
};
static const struct shape key_view_shape = SHAPE("LogKey", struct key_view, key_view_fields);

struct online_view {
	struct bytes key;
};
static const struct field online_view_fields[] = {
	F_BYTES(struct online_view, key, PUBLIC_KEY_BYTES, PUBLIC_KEY_BYTES, 0, "Ed25519."),
	F_END,
};
static const struct shape online_view_shape = SHAPE(
	"OnlineKey", struct online_view, online_view_fields);

struct keys_view {
	struct government_id government;
	const char *name;
	struct online_view *online;
	int online_count;
	struct key_view *keys;
	int key_count;
};
static const struct field keys_view_fields[] = {
	F_ID(struct keys_view, government, 0, "Id that receipts and time tokens name."),
	F_TEXT(struct keys_view, name, 1, 300, 0, "Name of the government."),
	F_LIST(struct keys_view, online, online_count, &online_view_shape, 1, ONLINE_KEYS_MAX, 0,
		"Keys of receipts and time tokens; the first signs today."),
	F_LIST(struct keys_view, keys, key_count, &key_view_shape, 0, LOG_KEYS_MAX, 0,
		"Keys of the log and its witnesses, the latest first."),
	F_END,
};
static const struct shape keys_view_shape = SHAPE("LogKeys", struct keys_view, keys_view_fields);

static void list_online(struct arena *arena, struct keys_view *out)
{
	uint8_t *key = arena_alloc(arena, ONLINE_KEYS_MAX * PUBLIC_KEY_BYTES);
	out->online = ARENA_ARRAY(arena, ONLINE_KEYS_MAX, struct online_view);
	while (out->online_count < ONLINE_KEYS_MAX && keys_public(out->online_count, key)) {
		out->online[out->online_count++].key = (struct bytes){key, PUBLIC_KEY_BYTES};
		key += PUBLIC_KEY_BYTES;
	}
}

static struct key_view view_key(struct arena *arena, const struct log_key *k)
{
	struct buf vkey;
	buf_init(&vkey, arena, VKEY_TEXT_MAX);
	trust_print_vkey(&k->key, &vkey);
	return (struct key_view){k->key.type == KEY_LOG ? 0 : 1, arena_strdup(arena, k->key.name),
		vkey.p, k->letter, k->valid_from, k->valid_to ? k->valid_to : INSTANT_NONE};
}

static enum err get_keys(struct req *rq)
{
	const struct log_path *in = rq->input;
	struct arena *arena = rq->tx->arena;
	struct log_key *list = ARENA_ARRAY(arena, LOG_KEYS_MAX, struct log_key);
	struct keys_view out = {.keys = ARENA_ARRAY(arena, LOG_KEYS_MAX, struct key_view)};
	struct government government;
	enum err e = enter(rq, in->government, &government);
	if (e || (e = trust_list_keys(rq->tx, list, &out.key_count)))
		return e;
	out.government = government.id;
	out.name = government.name;
	list_online(arena, &out);
	for (int i = 0; i < out.key_count; i++)
		out.keys[i] = view_key(arena, &list[i]);
	return reply(rq, 200, &out);
}

/* ---- handing in ---- */

struct note_input {
	const char *government, *note;
};
static const struct field note_input_fields[] = {
	PATH_TEXT(
		struct note_input, government, 1, GOVERNMENT_CODE_BYTES, "Code of the government."),
	F_TEXT(struct note_input, note, 1, NOTE_BYTES_MAX, 0,
		"The signed note of c2sp.org/tlog-checkpoint."),
	F_END,
};
static const struct shape note_input_shape = SHAPE("LogNote", struct note_input, note_input_fields);

static enum err refuse_note(struct req *rq, enum note_fault fault)
{
	static const enum err of[] = {OK, E_BAD_FIELD, E_REFUSED, E_CONFLICT, E_STALE};
	return fault ? refuse(rq, of[fault], "/note", note_fault_reasons[fault]) : OK;
}

static enum err prepare_note(
	struct req *rq, enum err (*read)(struct tx *tx, struct bytes note, struct handed_in *ret,
				enum note_fault *ret_fault))
{
	const struct note_input *in = rq->input;
	struct handed_in *handed = rq->prepared = ARENA_NEW(rq->tx->arena, struct handed_in);
	const struct bytes note = {(const uint8_t *)in->note, strlen(in->note)};
	enum note_fault fault;
	enum err e = enter_log(rq, in->government);
	if (e || (e = read(rq->tx, note, handed, &fault)))
		return e;
	return refuse_note(rq, fault);
}

static enum err keep_note(struct req *rq,
	enum err (*keep)(struct tx *tx, const struct handed_in *in, enum note_fault *ret_fault))
{
	enum note_fault fault;
	enum err e = keep(rq->tx, rq->prepared, &fault);
	if (e || (e = refuse_note(rq, fault)))
		return e;
	return reply(rq, 204, NULL);
}

static enum err prepare_signed(struct req *rq)
{
	return prepare_note(rq, trust_read_signed);
}

static enum err post_checkpoint(struct req *rq)
{
	return keep_note(rq, trust_keep_signed);
}

static enum err prepare_cosigned(struct req *rq)
{
	return prepare_note(rq, trust_read_cosigned);
}

static enum err post_cosignatures(struct req *rq)
{
	return keep_note(rq, trust_keep_cosigned);
}

/* ---- rows ---- */

const struct route trust_log_routes[] = {
	{GET, "/api/v1/log/checkpoint", P_SIGNED_IN, TX_READ, NULL, NULL, get_checkpoint,
		.raw_type = "text/plain",
		.summary = "The latest signed head of the log with its witnesses, a C2SP "
			   "checkpoint."},
	{GET, "/api/v1/log/proof", P_SIGNED_IN, TX_READ, &proof_query_shape, NULL, get_proof,
		.raw_type = "text/plain",
		.summary = "That a leaf lies in the log, a C2SP tlog-proof; 409 until a signed "
			   "head holds it.",
		.example_path = "/api/v1/log/proof?index=0"},
	{GET, PUBLIC_LOG "checkpoint", P_PUBLIC, TX_READ, &log_path_shape, NULL,
		get_public_checkpoint, .raw_type = "text/plain",
		.summary = "The latest signed head of a government's log with its witnesses.",
		.example_path = EXAMPLE_LOG "checkpoint"},
	{GET, PUBLIC_LOG "head", P_PUBLIC, TX_EVENT, &log_path_shape, &head_view_shape, get_head,
		.prepare = prepare_head,
		.summary =
			"Size and root of the log as it is now, on disk: what `luwes sign` signs.",
		.example_path = EXAMPLE_LOG "head"},
	{GET, PUBLIC_LOG "consistency", P_PUBLIC, TX_READ, &consistency_query_shape, NULL,
		get_consistency, .raw_type = "text/plain",
		.summary = "That a later tree begins with an earlier one: hashes of RFC 9162, "
			   "base64, one a line.",
		.example_path = EXAMPLE_LOG "consistency?from=0&to=0"},
	{GET, PUBLIC_LOG "keys", P_PUBLIC, TX_READ, &log_path_shape, &keys_view_shape, get_keys,
		.summary = "Public keys: of receipts and time tokens, of the log, of its "
			   "witnesses.",
		.example_path = EXAMPLE_LOG "keys"},
	{POST, PUBLIC_LOG "checkpoints", P_PUBLIC, TX_EVENT, &note_input_shape, NULL,
		post_checkpoint, .prepare = prepare_signed,
		.summary = "Hand in a checkpoint signed by the log's registered key.",
		.example = "{\"note\":\"luwes.jabar\\n0\\n"
			   "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\\n\"}",
		.example_path = EXAMPLE_LOG "checkpoints"},
	{POST, PUBLIC_LOG "cosignatures", P_PUBLIC, TX_EVENT, &note_input_shape, NULL,
		post_cosignatures, .prepare = prepare_cosigned,
		.summary = "Hand in a checkpoint with the signature of a registered witness.",
		.example = "{\"note\":\"luwes.jabar\\n0\\n"
			   "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\\n\"}",
		.example_path = EXAMPLE_LOG "cosignatures"},
};
_Static_assert(sizeof trust_log_routes / sizeof trust_log_routes[0] == TRUST_LOG_ROUTES, "rows");
