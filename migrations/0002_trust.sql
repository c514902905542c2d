-- The transparency log: salted commitments of facts, decisions and rule changes (RFC 9162).
-- A leaf row carries what was committed to; salt and payload may be erased while the tree stands.

CREATE TABLE trust_leaf (
	government_id BIGINT  NOT NULL,
	leaf_index    BIGINT  NOT NULL,
	kind          INTEGER NOT NULL,                -- enum leaf_kind
	at            BIGINT  NOT NULL,
	subject_id    BIGINT  NOT NULL,                -- row the payload came from
	salt          BYTEA,
	leaf_hash     BYTEA   NOT NULL,
	PRIMARY KEY (government_id, leaf_index)
) /*sqlite WITHOUT ROWID*/;

CREATE TABLE trust_frontier (
	government_id BIGINT NOT NULL PRIMARY KEY,
	size          BIGINT NOT NULL,
	nodes         BYTEA  NOT NULL                  -- roots of the full subtrees, largest first, 32 bytes each
);
