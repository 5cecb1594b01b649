// What the composer asks for only when it needs it. Given by whoever carries between it and the desk.
#pragma once

#include "core/base/result.h"
#include "core/domain/reply/draft_basis.h"
#include "core/readmodel/conversation_query.h"
#include "core/readmodel/customer_query.h"
#include "core/readmodel/mailbox_query.h"
#include "ui/composer/address_field.h"
#include "ui/composer/text_marks.h"

#include <functional>
#include <optional>
#include <vector>

namespace aiva {

// Absent functions: it does without.
struct ComposerSources {
    std::function<std::vector<CannedReply>()> cannedReplies;
    std::function<std::optional<CustomerView>()> customer; // of the conversation shown
    std::function<std::optional<DraftBasis>(ConversationId)> basis;
    std::function<std::vector<DraftVersionView>(ConversationId)> versions;
    std::function<Result<QByteArray>(DraftAttachmentId)> attachment;
    AddressField::Suggestions addresses;
    SpellCheck spelling;
};

} // namespace aiva
