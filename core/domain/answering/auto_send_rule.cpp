#include "core/domain/answering/auto_send_rule.h"

#include "core/domain/answering/names_table.h"

#include <algorithm>
#include <cmath>

namespace aiva {

static constexpr NamesTable<AutoSendMode, 3> kModes{
    {{AutoSendMode::Off, u"off"}, {AutoSendMode::Shadow, u"shadow"}, {AutoSendMode::On, u"on"}}};

QString toWord(AutoSendMode mode) {
    return wordIn(kModes, mode);
}

std::optional<AutoSendMode> autoSendModeFromWord(const QString& word) {
    return valueIn(kModes, word);
}

std::vector<Intent> intentsWithPlaybooks() {
    return {Intent::OrderStatus, Intent::Return, Intent::Refund, Intent::Cancel, Intent::AddressChange};
}

// P(X <= k) of a binomial with n trials, summed in logarithms: n may be thousands.
static double atMost(int k, int n, double p) {
    double sum = 0;
    for (int i = 0; i <= k; ++i)
        sum += std::exp(std::lgamma(n + 1.0) - std::lgamma(i + 1.0) - std::lgamma(n - i + 1.0) + i * std::log(p) +
                        (n - i) * std::log1p(-p));
    return sum;
}

double errorBoundPercent(int errors, int judged) {
    if (judged <= 0 || errors >= judged) return 100;
    double low = 0;
    double high = 1;
    for (int step = 0; step < 60; ++step) {
        const double middle = (low + high) / 2;
        (atMost(errors, judged, middle) > 0.05 ? low : high) = middle;
    }
    return high * 100;
}

bool isPromotable(const AutoSendRule& rule, const EarnedRecord& record) {
    return record.unedited >= std::max(rule.approvalsNeeded, 1);
}

} // namespace aiva
