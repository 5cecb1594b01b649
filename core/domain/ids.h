// Local ids of everything the cache holds. Ids of a source (Shopify gids) stay text: they exceed 2^53.
#pragma once

#include "core/base/id.h"

namespace aiva {

using StoreId = Id<struct StoreTag>;
using ProfileId = Id<struct ProfileTag>; // one person across stores, channels and addresses
using CustomerId = Id<struct CustomerTag>;
using OrderId = Id<struct OrderTag>;
using ProductId = Id<struct ProductTag>;
using ConversationId = Id<struct ConversationTag>;
using MessageId = Id<struct MessageTag>;
using AttachmentId = Id<struct AttachmentTag>;
using SyncJobId = Id<struct SyncJobTag>;
using MailboxId = Id<struct MailboxTag>;
using FolderId = Id<struct FolderTag>;
using OutboxId = Id<struct OutboxTag>;
using NoteId = Id<struct NoteTag>;
using CannedReplyId = Id<struct CannedReplyTag>;
using EndpointId = Id<struct EndpointTag>;
using KnowledgeId = Id<struct KnowledgeTag>;
using AuditId = Id<struct AuditTag>;
using DraftAttachmentId = Id<struct DraftAttachmentTag>;
using PrivacyTaskId = Id<struct PrivacyTaskTag>;

} // namespace aiva
