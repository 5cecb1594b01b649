// SpellingPort on Hunspell: the dictionaries the system has installed, each loaded when its language is first asked
// for.
#pragma once

#include "core/ports/spelling_port.h"

#include <memory>

namespace aiva {

class HunspellSpelling final : public SpellingPort {
public:
    // `folders` with NAME.aff and NAME.dic; empty: where systems keep them, and DICPATH.
    explicit HunspellSpelling(const QStringList& folders = {});
    ~HunspellSpelling() override;

    QStringList languages() override;
    bool isKnown(const QString& language, const QString& word) override;
    QStringList suggestions(const QString& language, const QString& word) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace aiva
