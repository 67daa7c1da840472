/* The tables of model.h. What is published is in the first of them. */

#include "ops/synthetic/model.h"

#include <stddef.h>

#include "ops/synthetic/fatal.h"
#include "ops/synthetic/mix.h"

#define YI INT64_C(10000000000) /* 1 亿 yuan in fen */

/* clang-format off */
const struct year_model year_models[YEARS] = {
    {.contracts = 411985, .turnover_fen = 176974200000000, .overseas_seller_fen = 5601740100000,
     .overseas_buyer_fen = 1808 * YI, .enterprise_out_permille = 900,
     .enterprise_in_permille = 760, .beijing_per_10000 = 2890,
     .type_fen_per_10000 = {3300, 900, 0, 300, 5500},
     .type_count_permille = {400, 30, 0, 90, 480}},
    {.contracts = 484077, .turnover_fen = 223983900000000, .overseas_seller_fen = 6491493200000,
     .overseas_buyer_fen = 2090 * YI, .enterprise_out_permille = 910,
     .enterprise_in_permille = 775, .beijing_per_10000 = 2619,
     .type_fen_per_10000 = {3180, 946, 0, 330, 5544},
     .type_count_permille = {391, 29, 0, 91, 489}},
    {.contracts = 549353, .turnover_fen = 282515100000000, .overseas_seller_fen = 9577293700000,
     .overseas_buyer_fen = 2300 * YI, .enterprise_out_permille = 915,
     .enterprise_in_permille = 790, .beijing_per_10000 = 2310,
     .type_fen_per_10000 = {3100, 850, 0, 350, 5700},
     .type_count_permille = {382, 28, 0, 93, 497}},
    {.contracts = 670506, .turnover_fen = 372943000000000, .overseas_seller_fen = 13361968900000,
     .overseas_buyer_fen = 2700 * YI, .enterprise_out_permille = 926,
     .enterprise_in_permille = 810, .beijing_per_10000 = 1950,
     .type_fen_per_10000 = {3000, 600, 400, 300, 5700},
     .type_count_permille = {374, 20, 13, 94, 499},
     .jiangsu_count = 82555, .jiangsu_fen = INT64_C(30135600000000)},
    {.contracts = 772507, .turnover_fen = 477910200000000, .overseas_seller_fen = 20299556000000,
     .overseas_buyer_fen = 3300 * YI, .enterprise_out_permille = 937,
     .enterprise_in_permille = 828, .beijing_per_10000 = 1740,
     .type_fen_per_10000 = {2850, 500, 450, 300, 5900},
     .type_count_permille = {365, 20, 15, 95, 505}},
};

/* The order of the first ten by money is that of 2021 as published. */
const struct region_model regions[REGIONS] = {
    {"11", "北京", 0, 140, 95},   {"12", "天津", 135, 24, 22},  {"13", "河北", 78, 20, 38},
    {"14", "山西", 30, 6, 22},    {"15", "内蒙古", 8, 4, 18},   {"21", "辽宁", 80, 30, 28},
    {"22", "吉林", 33, 10, 12},   {"23", "黑龙江", 42, 9, 12},  {"31", "上海", 290, 55, 60},
    {"32", "江苏", 330, 123, 110}, {"33", "浙江", 205, 60, 70}, {"34", "安徽", 185, 34, 38},
    {"35", "福建", 28, 22, 26},   {"36", "江西", 45, 12, 20},   {"37", "山东", 270, 75, 70},
    {"41", "河南", 65, 28, 38},   {"42", "湖北", 220, 70, 46},  {"43", "湖南", 125, 32, 30},
    {"44", "广东", 425, 80, 110}, {"45", "广西", 36, 8, 18},    {"46", "海南", 5, 3, 6},
    {"50", "重庆", 60, 9, 18},    {"51", "四川", 145, 34, 36},  {"52", "贵州", 40, 8, 16},
    {"53", "云南", 20, 7, 16},    {"54", "西藏", 2, 1, 4},      {"61", "陕西", 245, 86, 44},
    {"62", "甘肃", 35, 15, 14},   {"63", "青海", 12, 3, 5},     {"64", "宁夏", 6, 5, 6},
    {"65", "新疆", 9, 5, 16},     {"00", "境外", 0, 0, 0},
};

const char *const type_names[] = {"development", "transfer", "license", "consulting", "service"};
const char *const type_titles[] = {"技术开发", "技术转让", "技术许可", "技术咨询", "技术服务"};
const char *const kind_codes[KINDS][4] = {
    {"010", "011", "012", "014"}, {"021"},                      {"022"},
    {"023"},                      {"024"},                      {"030"},
    {"110", "150", "160", "170"}, {"210", "220", "230", "240"}, {"310", "320", "330", "340"},
    {"410"},                      {"500"},                      {"900"},
};
const char *const kind_titles[] = {"机关",   "研究院",   "大学",     "医院",     "事业单位", "协会",
                                   "有限公司", "港澳台企业", "外资企业", "个体工商户", "自然人",
                                   "境外机构"};
const char *const field_names[] = {"electronics", "urban_social", "adv_manufacturing", "transport",
                                   "bio_medical", "new_energy",   "environment", "new_materials",
                                   "aerospace",   "agriculture",  "nuclear"};
const char *const field_topics[FIELDS][4] = {
    {"图像识别系统", "数据平台", "嵌入式控制器", "网络安全软件"},
    {"地下管廊监测", "建筑节能", "桥梁检测", "智慧社区"},
    {"数控机床", "焊接机器人", "精密铸造", "产线改造"},
    {"轨道交通信号", "智能网联汽车", "港口调度", "路面养护"},
    {"体外诊断试剂", "新药筛选", "医学影像设备", "疫苗工艺"},
    {"光伏组件", "储能电池", "风电机组", "余热利用"},
    {"污水处理", "烟气脱硫", "固废资源化", "土壤修复"},
    {"特种合金", "高分子膜", "陶瓷基复合材料", "纳米涂层"},
    {"卫星遥感", "无人机", "航空发动机叶片", "导航终端"},
    {"育种", "节水灌溉", "饲料配方", "农产品保鲜"},
    {"辐射检测", "核素应用", "反应堆仪控", "核废料处理"},
};
const char *const program_names[] = {"national", "ministry", "province", "city_county", "none"};
const char *const ip_names[] = {"none",        "know_how",      "invention", "utility_model",
                                "design",      "software",      "ic_layout", "plant_variety",
                                "bio_medicine", "patent_application", "other"};
const char *const pay_names[] = {"lump",   "instalment",  "royalty",  "entry_plus_royalty",
                                 "equity", "conditional", "deferred", "pending"};
const char *const pay_forms[] = {"once",  "instalment", "royalty", "royalty",
                                 "other", "other",      "other",   "other"};
const char *const subtype_names[] = {"commissioned", "cooperative", "patent", "patent_application",
                                     "know_how", "other_ip", "general", "training",
                                     "intermediary"};
const char *const grant_names[] = {"ordinary", "exclusive", "sole", "cross"};

const int64_t month_weights[] = {30, 25, 50, 45, 48, 52, 55, 60, 80, 85, 150, 320};
const int64_t field_weights[] = {280, 190, 140, 90, 80, 80, 60, 45, 20, 10, 5};
const int64_t program_weights[] = {40, 18, 50, 35, 857};
const int64_t pay_weights[] = {340, 550, 40, 20, 20, 15, 10, 5};
const int64_t seller_kind_weights[] = {2, 97, 172, 5, 20, 5, 0, 0, 0, 4, 4, 0};
const int64_t buyer_kind_weights[] = {400, 120, 100, 60, 250, 30, 0, 0, 0, 20, 20, 0};
const int64_t enterprise_weights[] = {0, 0, 0, 0, 0, 0, 900, 38, 62, 0, 0, 0};
const int64_t subtype_weights[TYPES][SUBTYPES] = {
    {850, 150}, {0, 0, 350, 100, 400, 150}, {0, 0, 500, 0, 350, 150},
    {0},        {0, 0, 0, 0, 0, 0, 900, 60, 40},
};
const int64_t ip_weights[] = {0, 420, 130, 70, 10, 300, 10, 10, 10, 20, 20};
const int64_t grant_weights[] = {700, 200, 80, 20};
/* clang-format on */

/* 24 knots: p50 200 k, p90 3 M, p98 25 M, p99.9 500 M, at most 12 bn yuan. */
static const struct {
    uint32_t at; /* of a million */
    int64_t yuan;
} knots[] = {
    {0, 2000},           {10000, 5000},       {50000, 10000},       {100000, 20000},
    {200000, 50000},     {300000, 90000},     {400000, 140000},     {500000, 200000},
    {600000, 330000},    {700000, 600000},    {750000, 800000},     {800000, 1200000},
    {850000, 1800000},   {900000, 3000000},   {930000, 4900000},    {950000, 7500000},
    {970000, 16000000},  {980000, 25000000},  {990000, 55000000},   {995000, 120000000},
    {998000, 280000000}, {999000, 500000000}, {999900, 1200000000}, {1000000, 12000000000},
};

int64_t raw_amount_fen(uint32_t at)
{
    /* In 2^-32 of a million, so that no step is left out. */
    uint64_t place = (uint64_t)at * 1000000;
    uint32_t k = 1;
    while (place >= (uint64_t)knots[k].at << 32) {
        k++;
        CHECK(k < sizeof(knots) / sizeof(knots[0]));
    }
    uint64_t start = (uint64_t)knots[k - 1].at << 32;
    uint64_t width = ((uint64_t)knots[k].at << 32) - start;
    int128 rise = (int128)(knots[k].yuan - knots[k - 1].yuan) * 100;
    return knots[k - 1].yuan * 100 + (int64_t)(rise * (place - start) / width);
}
