/* Names of regions (GB/T 2260, first two digits), types, kinds and fields for the labels of
 * rows. What is not here is shown as it is keyed. */

#include "daemon/view/statistics_names.h"

static const struct {
    int32_t region;
    const char *english, *chinese;
} regions[] = {
    {0, "abroad", "境外"},     {11, "Beijing", "北京"},   {12, "Tianjin", "天津"},
    {13, "Hebei", "河北"},     {14, "Shanxi", "山西"},    {15, "Inner Mongolia", "内蒙古"},
    {21, "Liaoning", "辽宁"},  {22, "Jilin", "吉林"},     {23, "Heilongjiang", "黑龙江"},
    {31, "Shanghai", "上海"},  {32, "Jiangsu", "江苏"},   {33, "Zhejiang", "浙江"},
    {34, "Anhui", "安徽"},     {35, "Fujian", "福建"},    {36, "Jiangxi", "江西"},
    {37, "Shandong", "山东"},  {41, "Henan", "河南"},     {42, "Hubei", "湖北"},
    {43, "Hunan", "湖南"},     {44, "Guangdong", "广东"}, {45, "Guangxi", "广西"},
    {46, "Hainan", "海南"},    {50, "Chongqing", "重庆"}, {51, "Sichuan", "四川"},
    {52, "Guizhou", "贵州"},   {53, "Yunnan", "云南"},    {54, "Tibet", "西藏"},
    {61, "Shaanxi", "陕西"},   {62, "Gansu", "甘肃"},     {63, "Qinghai", "青海"},
    {64, "Ningxia", "宁夏"},   {65, "Xinjiang", "新疆"},  {71, "Taiwan", "台湾"},
    {81, "Hong Kong", "香港"}, {82, "Macao", "澳门"},
};

static const char *const types[] = {"技术开发", "技术转让", "技术许可", "技术咨询", "技术服务"};
static const char *const kinds[] = {"机关",         "科研机构", "高等院校", "医疗卫生",
                                    "其他事业单位", "社会团体", "内资企业", "港澳台商投资企业",
                                    "外商投资企业", "个体经营", "自然人",   "境外机构"};
static const char *const fields[] = {"电子信息",
                                     "航空航天",
                                     "先进制造",
                                     "生物医药与医疗器械",
                                     "新材料",
                                     "新能源与高效节能",
                                     "环境保护与资源综合利用",
                                     "核应用",
                                     "农业",
                                     "现代交通",
                                     "城市建设与社会发展"};
static const char *const programs[] = {"国家计划", "部门计划", "省级计划", "市县计划", "计划外"};

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof((array)[0])))

static const char *region_name(int32_t value, enum language language)
{
    for (int32_t i = 0; i < COUNT(regions); i++) {
        if (regions[i].region == value) {
            return language == LANGUAGE_ZH ? regions[i].chinese : regions[i].english;
        }
    }
    return NULL;
}

const char *statistics_name(enum statistics_key key, int32_t value, enum language language)
{
    static const struct {
        enum statistics_key key;
        const char *const *names;
        int32_t count;
    } chinese[] = {
        {KEY_type, types, COUNT(types)},          {KEY_kind_out, kinds, COUNT(kinds)},
        {KEY_kind_in, kinds, COUNT(kinds)},       {KEY_field, fields, COUNT(fields)},
        {KEY_program, programs, COUNT(programs)},
    };
    if (value == VALUE_NONE) {
        return language == LANGUAGE_ZH ? "未填" : "not given";
    }
    if (key == KEY_region_out || key == KEY_region_in || key == KEY_local) {
        return region_name(value, language);
    }
    for (size_t i = 0; language == LANGUAGE_ZH && i < sizeof(chinese) / sizeof(chinese[0]); i++) {
        if (chinese[i].key == key && value >= 0 && value < chinese[i].count) {
            return chinese[i].names[value];
        }
    }
    return NULL;
}
