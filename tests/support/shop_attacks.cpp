#include "tests/support/shop_attacks.h"

#include "tests/support/corpora.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace aiva::test {

namespace {

using Field = QString ShopAttack::*;

const QMap<QString, Field>& fields() {
    static const QMap<QString, Field> all{{u"channel"_s, &ShopAttack::channel},
                                          {u"harm"_s, &ShopAttack::harm},
                                          {u"subject"_s, &ShopAttack::subject},
                                          {u"body"_s, &ShopAttack::body},
                                          {u"html"_s, &ShopAttack::html},
                                          {u"from"_s, &ShopAttack::from},
                                          {u"from_name"_s, &ShopAttack::fromName},
                                          {u"reply_to"_s, &ShopAttack::replyTo},
                                          {u"customer_name"_s, &ShopAttack::customerName},
                                          {u"order_note"_s, &ShopAttack::orderNote},
                                          {u"product_title"_s, &ShopAttack::productTitle},
                                          {u"attachment"_s, &ShopAttack::attachment},
                                          {u"reply"_s, &ShopAttack::reply},
                                          {u"card"_s, &ShopAttack::card}};
    return all;
}

// The field that must be there for an instruction to stand in it.
Field fieldOfChannel(const QString& channel) {
    return fields().value(channel == u"quoted"_s ? u"body"_s : channel);
}

QString problemOf(const ShopAttack& attack) {
    if (!shopAttackChannels().contains(attack.channel)) return u"unknown channel \"%1\""_s.arg(attack.channel);
    if (!shopAttackHarms().contains(attack.harm)) return u"unknown harm \"%1\""_s.arg(attack.harm);
    if (attack.reply.isEmpty()) return u"no reply"_s;
    if ((attack.*fieldOfChannel(attack.channel)).isEmpty()) return u"nothing stands in its channel"_s;
    static const QRegularExpression placeholder(u"\\{([a-z]+_[a-z]+|carrier|tracking|link)\\}"_s);
    for (const Field field : fields()) {
        auto match = placeholder.globalMatch(attack.*field);
        while (match.hasNext())
            if (const QString name = match.next().captured(1); !shopAttackPlaceholders().contains(name))
                return u"unknown placeholder {%1}"_s.arg(name);
    }
    return {};
}

void addDefaults(ShopAttack& attack) {
    if (attack.subject.isEmpty()) attack.subject = u"Where is my order?"_s;
    if (attack.body.isEmpty()) attack.body = u"Hi, where is my order {own_order}? Thanks."_s;
}

class AttackReader {
public:
    AttackReader(QString fileName, const QString& content)
        : m_fileName(std::move(fileName)), m_lines(content.split(u'\n')) {}

    Result<std::vector<ShopAttack>> read() {
        for (; m_line < m_lines.size(); ++m_line)
            AIVA_CHECK(readLine(m_lines.at(m_line)));
        AIVA_CHECK(endAttack());
        return std::move(m_attacks);
    }

private:
    Error problemAt(qsizetype lineNumber, const QString& what) const {
        return Error{ErrorKind::Invalid, u"%1:%2: %3"_s.arg(m_fileName).arg(lineNumber).arg(what)};
    }

    Error problem(const QString& what) const { return problemAt(m_line + 1, what); }

    Result<void> readLine(const QString& line) {
        if (line.startsWith(u'|')) return readMore(line);
        m_field = nullptr;
        if (line.trimmed().isEmpty() || line.startsWith(u'#')) return {};
        if (line.startsWith(u'[') && line.endsWith(u']')) return beginAttack(line.mid(1, line.size() - 2));
        const qsizetype colon = line.indexOf(u':');
        const QString key = line.left(colon);
        if (colon < 0 || !fields().contains(key)) return problem(u"unknown field \"%1\""_s.arg(key));
        if (m_attacks.empty()) return problem(u"a field before the first attack"_s);
        if (m_seen.contains(key)) return problem(u"\"%1\" stands twice"_s.arg(key));
        m_seen.insert(key);
        m_field = fields().value(key);
        m_attacks.back().*m_field = line.mid(colon + 1).trimmed();
        return {};
    }

    // "| text" continues the field above; "|" is an empty line.
    Result<void> readMore(const QString& line) {
        if (!m_field) return problem(u"a line of no field"_s);
        QString& text = m_attacks.back().*m_field;
        if (!text.isEmpty() || m_hasLines) text += u'\n';
        text += line.mid(line.startsWith("| "_L1) ? 2 : 1);
        m_hasLines = true;
        if (m_line + 1 >= m_lines.size() || !m_lines.at(m_line + 1).startsWith(u'|')) m_hasLines = false;
        return {};
    }

    Result<void> beginAttack(const QString& name) {
        AIVA_CHECK(endAttack());
        m_seen.clear();
        m_attacks.emplace_back();
        m_attacks.back().name = name;
        return {};
    }

    Result<void> endAttack() {
        if (m_attacks.empty()) return {};
        if (const QString what = problemOf(m_attacks.back()); !what.isEmpty())
            return problemAt(m_line, u"[%1] %2"_s.arg(m_attacks.back().name, what));
        addDefaults(m_attacks.back());
        return {};
    }

    QString m_fileName;
    QStringList m_lines;
    qsizetype m_line = 0;
    std::vector<ShopAttack> m_attacks;
    QSet<QString> m_seen;
    Field m_field = nullptr;
    bool m_hasLines = false;
};

} // namespace

const QStringList& shopAttackChannels() {
    static const QStringList channels{u"body"_s,          u"subject"_s,    u"html"_s,          u"quoted"_s,
                                      u"customer_name"_s, u"order_note"_s, u"product_title"_s, u"attachment"_s,
                                      u"from"_s,          u"from_name"_s,  u"reply_to"_s};
    return channels;
}

const QStringList& shopAttackHarms() {
    static const QStringList harms{u"refund"_s, u"discount"_s, u"promise"_s, u"done"_s, u"address"_s, u"foreign_data"_s,
                                   u"link"_s,   u"payment"_s,  u"contact"_s, u"leak"_s, u"status"_s,  u"tone"_s};
    return harms;
}

const QStringList& shopAttackPlaceholders() {
    static const QStringList names{u"own_order"_s,   u"own_name"_s,      u"own_email"_s,   u"carrier"_s,
                                   u"tracking"_s,    u"link"_s,          u"other_order"_s, u"other_name"_s,
                                   u"other_email"_s, u"other_tracking"_s};
    return names;
}

Result<std::vector<ShopAttack>> parseShopAttacks(const QString& fileName, const QString& content) {
    return AttackReader(fileName, content).read();
}

Result<std::vector<ShopAttack>> shopAttacks() {
    const QDir folder(sourceDir() + u"/tests/core/answer/attacks"_s);
    std::vector<ShopAttack> all;
    QSet<QString> names;
    for (const QString& name : folder.entryList({u"*.txt"_s}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly)) return Error{ErrorKind::Storage, u"unreadable: "_s + name};
        AIVA_TRY(auto attacks, parseShopAttacks(name, QString::fromUtf8(file.readAll())));
        for (ShopAttack& attack : attacks) {
            if (names.contains(attack.name)) return Error{ErrorKind::Invalid, u"two attacks named "_s + attack.name};
            names.insert(attack.name);
            all.push_back(std::move(attack));
        }
    }
    if (all.empty()) return Error{ErrorKind::NotFound, u"no attacks in "_s + folder.path()};
    return all;
}

ShopAttack filledAttack(ShopAttack attack, const QMap<QString, QString>& values) {
    for (const Field field : fields())
        for (auto value = values.begin(); value != values.end(); ++value)
            (attack.*field).replace(u'{' + value.key() + u'}', value.value());
    return attack;
}

} // namespace aiva::test
