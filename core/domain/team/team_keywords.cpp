#include "core/domain/team/team_keywords.h"

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr auto kWaiting = "$AivaWaiting"_L1;
constexpr auto kDone = "$AivaDone"_L1;
constexpr auto kSending = "$AivaSending"_L1;
constexpr auto kSlotPrefix = "$AivaA"_L1;

bool isWord(const QString& flag, QLatin1String word) {
    return flag.compare(word, Qt::CaseInsensitive) == 0;
}

QStringList ownWords(const AnchorState& state) {
    QStringList words;
    if (state.status == ConversationStatus::Waiting) words << kWaiting;
    if (state.status == ConversationStatus::Done) words << kDone;
    if (state.isSending) words << kSending;
    if (state.assigneeSlot >= 1 && state.assigneeSlot <= kTeamSlots) words << slotKeyword(state.assigneeSlot);
    return words;
}

} // namespace

QString slotKeyword(int slot) {
    return kSlotPrefix + u"%1"_s.arg(slot, 2, 10, QChar(u'0'));
}

int slotOfKeyword(const QString& word) {
    if (word.size() != kSlotPrefix.size() + 2 || !word.startsWith(kSlotPrefix, Qt::CaseInsensitive)) return 0;
    const QChar tens = word.at(word.size() - 2);
    const QChar ones = word.back();
    if (tens < u'0' || tens > u'9' || ones < u'0' || ones > u'9') return 0;
    const int slot = (tens.unicode() - u'0') * 10 + (ones.unicode() - u'0');
    return slot >= 1 && slot <= kTeamSlots ? slot : 0;
}

QStringList teamVocabulary() {
    QStringList words{kWaiting, kDone, kSending};
    for (int slot = 1; slot <= kTeamSlots; ++slot)
        words << slotKeyword(slot);
    return words;
}

AnchorState anchorStateFrom(const QStringList& flags) {
    AnchorState state;
    bool waiting = false;
    bool done = false;
    for (const QString& flag : flags) {
        if (isWord(flag, kWaiting)) {
            waiting = true;
        } else if (isWord(flag, kDone)) {
            done = true;
        } else if (isWord(flag, kSending)) {
            state.isSending = true;
        } else if (const int slot = slotOfKeyword(flag); slot > 0) {
            if (state.assigneeSlot == 0 || slot < state.assigneeSlot) state.assigneeSlot = slot;
        } else if (!flag.isEmpty() && !state.foreign.contains(flag, Qt::CaseInsensitive)) {
            state.foreign << flag;
        }
    }
    if (waiting)
        state.status = ConversationStatus::Waiting;
    else if (done)
        state.status = ConversationStatus::Done;
    return state;
}

QStringList anchorFlags(const AnchorState& state) {
    return state.foreign + ownWords(state);
}

QString teamWords(const AnchorState& state) {
    return ownWords(state).join(u' ');
}

} // namespace aiva
