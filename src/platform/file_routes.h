/*
 * Handlers and shapes of jobs and files, for the rows in auth_routes.c. Private to platform/.
 */
#ifndef LUWES_PLATFORM_FILE_ROUTES_H
#define LUWES_PLATFORM_FILE_ROUTES_H

#include "platform/http.h"

extern const struct shape job_path_shape, job_view_shape, file_named_shape, file_path_shape;

/* The object of a job is its owner. */
enum err find_job_owner(struct req *rq, struct object *ret_object);
enum err get_job(struct req *rq);
/* Only its owner stops a job. */
enum err post_job_cancel(struct req *rq);

/* Writes the body as a blob; the handler then names it. */
enum err prepare_upload(struct req *rq);
enum err post_files(struct req *rq);

/* The object of a file is its owner. */
enum err find_file_owner(struct req *rq, struct object *ret_object);
enum err prepare_download(struct req *rq);
enum err get_file(struct req *rq);

#endif
