-- What a person asked for is taken before what the program has to do.

DROP INDEX platform_job_state;
CREATE INDEX platform_job_turn ON platform_job (state, (owner_id = 0), job_id);
