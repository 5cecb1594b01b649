#include "core/domain/team/team_wish.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// Answered opens no conversation that is done, as a sent mail does not in the cache either.
void release(TeamWish::Release how, int mySlot, AnchorState& state) {
    if (how == TeamWish::Release::None) return;
    const bool mine = state.isSending && state.assigneeSlot == mySlot;
    if (mine) state.isSending = false;
    if (how == TeamWish::Release::Answered && !state.isSending && state.status == ConversationStatus::Open)
        state.status = ConversationStatus::Waiting;
}

} // namespace

WishOutcome fulfil(const TeamWish& wish, const AnchorState& server, int mySlot) {
    WishOutcome outcome;
    AnchorState next = server;
    release(wish.release, mySlot, next);
    if (wish.status && *wish.status != server.status) {
        if (server.status == wish.seenStatus)
            next.status = *wish.status;
        else
            outcome.statusLost = !wish.isQuiet;
    }
    if (wish.assignee && *wish.assignee != server.assigneeSlot) {
        if (!next.isSending && server.assigneeSlot == wish.seenAssignee)
            next.assigneeSlot = *wish.assignee;
        else
            outcome.assigneeLost = !wish.isQuiet;
    }
    if (next != server) outcome.write = next;
    return outcome;
}

TeamWish mergedWish(const TeamWish& earlier, const TeamWish& later) {
    if (earlier.isEmpty()) return later;
    TeamWish merged = earlier;
    if (later.status) {
        merged.status = later.status;
        if (!earlier.status) merged.seenStatus = later.seenStatus;
    }
    if (later.assignee) {
        merged.assignee = later.assignee;
        if (!earlier.assignee) merged.seenAssignee = later.seenAssignee;
    }
    if (later.release != TeamWish::Release::None) merged.release = later.release;
    merged.isQuiet = earlier.isQuiet && later.isQuiet;
    return merged;
}

QString toJson(const TeamWish& wish) {
    if (wish.isEmpty()) return {};
    QJsonObject json;
    if (wish.status) {
        json["status"_L1] = toWord(*wish.status);
        json["seenStatus"_L1] = toWord(wish.seenStatus);
    }
    if (wish.assignee) {
        json["assignee"_L1] = *wish.assignee;
        json["seenAssignee"_L1] = wish.seenAssignee;
    }
    if (wish.release != TeamWish::Release::None)
        json["release"_L1] = wish.release == TeamWish::Release::Answered ? u"answered"_s : u"unsent"_s;
    if (wish.isQuiet) json["quiet"_L1] = true;
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

TeamWish teamWishFromJson(const QString& text) {
    const QJsonObject json = QJsonDocument::fromJson(text.toUtf8()).object();
    TeamWish wish;
    wish.status = fromWord<ConversationStatus>(json["status"_L1].toString());
    wish.seenStatus = fromWord<ConversationStatus>(json["seenStatus"_L1].toString()).value_or(ConversationStatus::Open);
    const int assignee = json["assignee"_L1].toInt(-1);
    if (assignee >= 0 && assignee <= kTeamSlots) wish.assignee = assignee;
    wish.seenAssignee = json["seenAssignee"_L1].toInt();
    const QString how = json["release"_L1].toString();
    if (how == "answered"_L1) wish.release = TeamWish::Release::Answered;
    if (how == "unsent"_L1) wish.release = TeamWish::Release::Unsent;
    wish.isQuiet = json["quiet"_L1].toBool();
    return wish;
}

} // namespace aiva
