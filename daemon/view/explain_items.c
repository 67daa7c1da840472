/* See explain_items.h. */

#include "daemon/view/explain_items.h"

struct offering {
    struct explaining explaining;
    explain_item_fn *explain_item;
};

static enum status offer(void *arg, const struct item *item, struct fault *fault)
{
    struct offering *offering = arg;
    (void)fault;
    offering->explain_item(&offering->explaining, item);
    return STATUS_OK;
}

enum status explain_items(const struct query *query, struct slice key,
                          const struct item_explainer *explainer, struct writer *out,
                          uint32_t *pairs, struct fault *fault)
{
    static const struct overlay nothing = {.slot = NULL};
    struct offering offering = {.explaining = {.query = query, .key = key, .arg = explainer->arg},
                                .explain_item = explainer->explain_item};
    struct explanation *explanation = &offering.explaining.explanation;
    explanation_init(explanation, query);
    enum status status = items_visit(query, explainer->filter, &nothing, offer, &offering, fault);
    if (status == STATUS_OK) {
        status = explanation_write(explanation, out, pairs, fault);
    }
    explanation_done(explanation);
    return status;
}
