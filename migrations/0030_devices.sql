-- Enrolment of phones: a request that waits for a second officer, the passkey's challenge, used once.

ALTER TABLE attendance_device ADD COLUMN nip TEXT NOT NULL DEFAULT '';               -- of the employee at enrolment, as the log's leaf has it
ALTER TABLE attendance_device ADD COLUMN leaf_index BIGINT NOT NULL DEFAULT -1;      -- of the enrolment; -1: before there was a log
ALTER TABLE attendance_device ADD COLUMN credential_at BIGINT NOT NULL DEFAULT 0;    -- passkey registered; 0 none
ALTER TABLE attendance_device ADD COLUMN challenge BYTEA;                            -- to be answered by a passkey; NULL none
ALTER TABLE attendance_device ADD COLUMN challenge_until BIGINT NOT NULL DEFAULT 0;
CREATE INDEX attendance_device_credential ON attendance_device (government_id, credential_id);

ALTER TABLE attendance_device_code ADD COLUMN shown_at BIGINT NOT NULL DEFAULT 0;    -- 0: the code itself was not drawn yet
ALTER TABLE attendance_device_code ADD COLUMN decided_at BIGINT NOT NULL DEFAULT 0;  -- by the second officer
ALTER TABLE attendance_device_code ADD COLUMN is_refused INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attendance_device_code ADD COLUMN refusal TEXT NOT NULL DEFAULT '';      -- why
ALTER TABLE attendance_device_code ADD COLUMN device_id BYTEA;                       -- what was enrolled with it
CREATE INDEX attendance_device_code_employee ON attendance_device_code (government_id, employee_id, issued_at);
