#ifndef ACCRUE_PROTO_SCHEMA_H
#define ACCRUE_PROTO_SCHEMA_H

/* The vocabulary as an answer: what `accrue schema`, the documents and the types of other
 * languages are made from.
 *
 *   Y1  Keys are in byte order; a key that says nothing (false, no bound) is left out.
 *   Y2  Whatever the check of an event knows about a field is said here, from the same table. */

#include "proto/vocabulary.h"
#include "proto/writer.h"

/* {business_date, creates, decided, fields[], future, help, kind, kinds[], level, name, number,
 * title}; a field: {format, help, kind, max, min, name, nullable, of, one_of, personal,
 * required, required_when{field, is}, shape, type, values[]}. */
void schema_write_type(const struct event_type *type, enum language language, struct writer *out);

/* {kinds{}, shapes[], types[]}: level 1 first, then by name. */
void schema_write_all(enum language language, struct writer *out);

/* A minimal event of the type that fields_check() passes: {agg, data, id, type}. */
void schema_example(const struct event_type *type, struct writer *out);

#endif
