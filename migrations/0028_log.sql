-- Trust made checkable: roots of full subtrees, so that a proof over millions of leaves reads a few hundred rows;
-- the keys that may sign and witness the log, its signed heads, and what witnesses put under them.

CREATE TABLE trust_node (                          -- root of leaves [node_index * 256^level, (node_index + 1) * 256^level)
	government_id BIGINT  NOT NULL,
	level         INTEGER NOT NULL,                -- 1 and up
	node_index    BIGINT  NOT NULL,
	node_hash     BYTEA   NOT NULL,
	PRIMARY KEY (government_id, level, node_index)
) /*sqlite WITHOUT ROWID*/;

-- Leaves that were there before this table: their nodes are filled in by `luwes migrate` or at the start of `serve`; then 0.
ALTER TABLE trust_frontier ADD COLUMN bare_size BIGINT NOT NULL DEFAULT 0;
UPDATE trust_frontier SET bare_size = size;

CREATE TABLE trust_key (                           -- who may sign checkpoints of the log, who may witness them
	government_id BIGINT  NOT NULL,
	key_id        BIGINT  NOT NULL,
	type          INTEGER NOT NULL,                -- of signature: 1 log, 4 witness (c2sp.org/signed-note)
	name          TEXT    NOT NULL,                -- of the key; a log's name is the origin of its checkpoints
	public_key    BYTEA   NOT NULL,                -- Ed25519
	letter        TEXT    NOT NULL,                -- paper it was registered by
	valid_from    BIGINT  NOT NULL,
	valid_to      BIGINT  NOT NULL,                -- 0: in force
	PRIMARY KEY (government_id, key_id)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE trust_checkpoint (                    -- as signed; the signatures of witnesses stand apart
	government_id BIGINT  NOT NULL,
	size          BIGINT  NOT NULL,
	origin        TEXT    NOT NULL,
	root          BYTEA   NOT NULL,
	note          BYTEA   NOT NULL,                -- C2SP signed note, with the log's signature alone
	received_at   BIGINT  NOT NULL,
	PRIMARY KEY (government_id, size)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE trust_cosignature (
	government_id BIGINT  NOT NULL,
	size          BIGINT  NOT NULL,
	key_id        BIGINT  NOT NULL,                -- of trust_key
	stated_at     BIGINT  NOT NULL,                -- the witness's own time, ms
	line          BYTEA   NOT NULL,                -- the line of the note
	PRIMARY KEY (government_id, size, key_id)
) /*sqlite WITHOUT ROWID*/;
