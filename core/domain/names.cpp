#include "core/domain/names.h"

#include <array>
#include <string_view>

namespace aiva {
namespace {

template <typename E>
struct Words;

#define AIVA_WORDS(Type, ...)                                                                                          \
    template <>                                                                                                        \
    struct Words<Type> {                                                                                               \
        static constexpr std::array list = std::to_array<std::string_view>({__VA_ARGS__});                             \
    };

AIVA_WORDS(StoreKind, "shopify", "woocommerce", "csv")
AIVA_WORDS(StoreStatus, "never_synced", "syncing", "connected", "error", "disconnected")
AIVA_WORDS(Resource, "customers", "orders", "products")
AIVA_WORDS(SyncKind, "full", "incremental", "history")
AIVA_WORDS(SyncTrigger, "user", "schedule", "webhook", "system")
AIVA_WORDS(SyncStatus, "running", "completed", "completed_with_errors", "failed", "cancelled", "interrupted")
AIVA_WORDS(Precedence, "VIP", "RETURNING", "NEW", "PROSPECT")
AIVA_WORDS(ConversationStatus, "open", "waiting", "done")
AIVA_WORDS(MatchedBy, "none", "email", "alias", "phone", "order", "manual")
AIVA_WORDS(InboxView, "needs-me", "ready-to-send", "waiting", "vip", "late-shipments", "snoozed", "all")
AIVA_WORDS(MailSecurity, "tls", "starttls", "plain")
AIVA_WORDS(MailAuth, "password", "oauth")
AIVA_WORDS(MailboxStatus, "connected", "error", "disconnected")
AIVA_WORDS(TeamMode, "unknown", "shared", "single_agent")
AIVA_WORDS(SentProof, "server_files", "own_copy", "none")
AIVA_WORDS(DraftKind, "reply", "reply_all", "note")
AIVA_WORDS(OutboxState, "waiting", "sending", "unknown", "filing", "sent", "held", "failed", "cancelled")
AIVA_WORDS(SenderVerdict, "verified", "unverified", "suspicious", "failed")
#undef AIVA_WORDS

template <typename E>
QString wordOf(E value) {
    const std::string_view word = Words<E>::list.at(static_cast<size_t>(value));
    return QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
}

} // namespace

#define AIVA_WORD_FUNCTIONS(Type)                                                                                      \
    QString toWord(Type value) {                                                                                       \
        return wordOf(value);                                                                                          \
    }                                                                                                                  \
    template <>                                                                                                        \
    std::optional<Type> fromWord<Type>(const QString& word) {                                                          \
        const auto& list = Words<Type>::list;                                                                          \
        for (size_t i = 0; i < list.size(); ++i)                                                                       \
            if (word == QLatin1String(list[i].data(), static_cast<qsizetype>(list[i].size())))                         \
                return static_cast<Type>(i);                                                                           \
        return std::nullopt;                                                                                           \
    }

AIVA_WORD_FUNCTIONS(StoreKind)
AIVA_WORD_FUNCTIONS(StoreStatus)
AIVA_WORD_FUNCTIONS(Resource)
AIVA_WORD_FUNCTIONS(SyncKind)
AIVA_WORD_FUNCTIONS(SyncTrigger)
AIVA_WORD_FUNCTIONS(SyncStatus)
AIVA_WORD_FUNCTIONS(Precedence)
AIVA_WORD_FUNCTIONS(ConversationStatus)
AIVA_WORD_FUNCTIONS(MatchedBy)
AIVA_WORD_FUNCTIONS(InboxView)
AIVA_WORD_FUNCTIONS(MailSecurity)
AIVA_WORD_FUNCTIONS(MailAuth)
AIVA_WORD_FUNCTIONS(MailboxStatus)
AIVA_WORD_FUNCTIONS(TeamMode)
AIVA_WORD_FUNCTIONS(SentProof)
AIVA_WORD_FUNCTIONS(DraftKind)
AIVA_WORD_FUNCTIONS(OutboxState)
AIVA_WORD_FUNCTIONS(SenderVerdict)
#undef AIVA_WORD_FUNCTIONS

} // namespace aiva
