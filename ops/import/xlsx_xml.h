#ifndef ACCRUE_OPS_IMPORT_XLSX_XML_H
#define ACCRUE_OPS_IMPORT_XLSX_XML_H

/* A part of the package as XML, streamed.
 *
 *   X1  A part is unpacked as it is read and never whole in memory; its size, its ratio to what is
 *       packed, its depth and any text of it are limited, whatever the package says of itself.
 *   X2  A document type declaration is refused: no entities are ever expanded. */

#include <zip.h>

#include "ops/import/sheet_inner.h"

struct xml;

typedef void xml_begin_fn(struct xml *xml, const char *name, const char **attributes);
typedef void xml_end_fn(struct xml *xml, const char *name);

struct xml {
    struct sheet *sheet;
    void *arg;
    xml_begin_fn *begin; /* names without their prefix */
    xml_end_fn *end;
    bool keep; /* text goes to `text` */
    char *text;
    size_t len;
    unsigned depth;
    void *parser;
    bool ended; /* the handlers want no more */
};

/* Value of an attribute by its local name; NULL. */
const char *xml_attribute(const char **attributes, const char *name);
/* No more of this part. */
void xml_stop(struct xml *xml);

/* The whole part. `xml` has sheet, arg, begin and end set. False: the reason is said. A part that
 * is not there is read as an empty one unless it is `needed`. */
bool xml_read(struct xml *xml, zip_t *archive, const char *part, bool needed, uint64_t *done);

#endif
