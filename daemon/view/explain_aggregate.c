/* A figure of one aggregate, in CNY, step by step. */

#include "daemon/view/explain.h"

struct measured {
    const struct query *query;
    uint32_t aggregate;
    explain_aggregate_fn *figure;
};

static int64_t measure(void *arg, const struct viewpoint *then)
{
    const struct measured *measured = arg;
    return measured->figure(measured->query, measured->aggregate, then);
}

void explain_aggregate(struct explanation *explanation, uint32_t aggregate,
                       explain_aggregate_fn *figure)
{
    const struct explanation_line like = {.owner = aggregate,
                                          .currency = (uint8_t)currency_index(slice_text("CNY"))};
    struct measured measured = {explanation->query, aggregate, figure};
    explain_measured(explanation, &like, measure, &measured);
}
