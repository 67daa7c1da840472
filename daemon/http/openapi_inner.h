#ifndef ACCRUE_DAEMON_HTTP_OPENAPI_INNER_H
#define ACCRUE_DAEMON_HTTP_OPENAPI_INNER_H

#include <jansson.h>

/* `vocabulary` as schema_write_all() has it, in JSON: into `schemas`, a JSON Schema each. */
void openapi_add_vocabulary(json_t *schemas, const json_t *vocabulary);
/* Answers and problems. */
void openapi_add_answers(json_t *schemas);

/* Take `value` as well, under `key`; nothing happens to NULL. */
static inline void openapi_set(json_t *object, const char *key, json_t *value)
{
    (void)json_object_set_new(object, key, value);
}

#endif
