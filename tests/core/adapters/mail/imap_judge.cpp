#include "tests/core/adapters/mail/imap_judge.h"

#include "core/adapters/mail/imap/fetched_items.h"
#include "core/adapters/mail/imap/imap_capabilities.h"
#include "core/adapters/mail/imap/imap_errors.h"
#include "core/adapters/mail/imap/imap_parser.h"
#include "core/adapters/mail/imap/imap_text.h"
#include "core/adapters/mail/imap/uid_set.h"

#include <QCryptographicHash>

#include <algorithm>
#include <cstdlib>

namespace aiva::test {
namespace {

// Small caps, so that short inputs reach them.
constexpr ImapLimits kLimits{2'000, 500, 2'000, 20, 8, 500};

void require(bool holds) {
    if (!holds) std::abort();
}

struct Read {
    int responses = 0;
    bool isRefused = false;
    QCryptographicHash hash{QCryptographicHash::Md5};
};

void judgeValue(const ImapValue& value, int depth, Read& read) {
    require(depth <= kLimits.depth);
    require(value.kind == ImapValue::Kind::List || value.items.empty());
    require(value.bytes.size() <= std::max(kLimits.lineBytes, qsizetype(kLimits.literalBytes)));
    read.hash.addData(value.bytes);
    for (const ImapValue& item : value.items)
        judgeValue(item, depth + 1, read);
}

void judgeText(const QByteArray& bytes) {
    const QString name = decodeFolderName(bytes);
    require(decodeFolderName(encodeFolderName(name)) == name || !name.isValidUtf16());
    const QString clean = cleanServerText(bytes, 40);
    require(clean.size() <= 40 && !clean.contains(u'\n'));
    if (const auto uids = uidsInSet(bytes, 1, 5'000, 1'000)) {
        require(uids->size() <= 1'000 && std::is_sorted(uids->begin(), uids->end()));
        for (const QByteArray& set : uidSets(*uids, 50))
            require(set.size() <= 50 && uidsInSet(set, 1, 5'000).has_value());
    }
}

void judgeResponse(ImapResponse& response, Read& read) {
    ++read.responses;
    read.hash.addData(response.name + response.tag + response.code + response.text);
    for (const ImapValue& value : response.values) {
        judgeValue(value, 0, read);
        judgeText(value.bytes);
    }
    for (const ImapValue& value : response.codeValues)
        judgeValue(value, 0, read);
    const QStringList words{imapError(response).detail, imapLoginError(response).detail};
    for (const QString& detail : words)
        require(detail.size() < 100 && !detail.contains(u'\n'));
    (void)ImapCapabilities(response.values).appendLimit();
    const std::vector<quint32> found = searchedUids(response.text);
    require(std::is_sorted(found.begin(), found.end()));
    if (const auto update = flagUpdateOf(response)) require(update->uid > 0 && update->flags.keywords.size() <= 500);
    if (const auto body = bodyOf(response)) require(body->uid > 0 && body->body);
}

void readAll(const QByteArray& bytes, qsizetype piece, Read& read) {
    WireBuffer buffer;
    ImapFramer framer(kLimits);
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        buffer.append(bytes.mid(at, piece));
        for (;;) {
            auto frame = framer.next(buffer);
            read.isRefused = !frame;
            if (!frame) return;
            if (!frame->has_value()) break;
            auto response = parseImapResponse(**std::move(frame), kLimits);
            read.isRefused = !response;
            if (!response) return;
            judgeResponse(*response, read);
        }
    }
}

} // namespace

int judgeImapBytes(const QByteArray& bytes) {
    Read whole;
    readAll(bytes, std::max(bytes.size(), qsizetype(1)), whole);
    Read pieces;
    readAll(bytes, bytes.size() < 200 ? 1 : 61, pieces);
    require(whole.responses == pieces.responses && whole.isRefused == pieces.isRefused);
    require(whole.hash.result() == pieces.hash.result());
    return whole.responses;
}

} // namespace aiva::test
