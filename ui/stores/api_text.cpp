#include "ui/stores/api_text.h"

#include "ui/stores/job_text.h"
#include "ui/widgets/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

struct ApiWords {
    Q_DECLARE_TR_FUNCTIONS(aiva::ApiText)
};

} // namespace

QString apiHealthText(const ApiHealth& health, UtcTime now) {
    if (health.requests() == 0) return {};
    const auto n = [](qint64 number) { return static_cast<int>(std::min<qint64>(number, 1'000'000'000)); };
    QStringList parts{ApiWords::tr("%Ln requests in 24 h", nullptr, n(health.requests()))};
    if (health.answered > 0) parts << ApiWords::tr("%L1 ms each").arg(health.meanAnswerMs());
    // Under a second nobody was kept waiting.
    if (health.heldBackMs >= 1000) parts << ApiWords::tr("held back %1").arg(durationText(health.heldBackMs));
    if (health.troubles() > 0) {
        const QString wrong = ApiWords::tr("%Ln went wrong", nullptr, n(health.troubles()));
        parts << (health.failedAt ? ApiWords::tr("%1, last %2").arg(wrong, formatTime(*health.failedAt, now, QLocale()))
                                  : wrong);
    }
    return parts.join(u" · "_s);
}

} // namespace aiva
