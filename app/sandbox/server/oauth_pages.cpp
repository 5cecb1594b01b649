// The part of ShopService that a browser and an app's authorization code grant meet: the page to install, the tokens a
// code or a refresh token becomes, and the controls over both. As Shopify documents it, the exact redirect included.
#include "app/sandbox/server/app_grant.h"
#include "app/sandbox/server/request_json.h"
#include "app/sandbox/server/shop_service.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageAuthenticationCode>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace aiva::sandbox {
namespace {

HttpAnswer oauthRefusal(const QString& word, const QString& description) {
    return jsonAnswer(400, {{u"error"_s, word}, {u"error_description"_s, description}});
}

HttpAnswer installPage(int status, const QString& text) {
    HttpAnswer answer;
    answer.status = status;
    answer.contentType = "text/html; charset=utf-8";
    answer.body =
        ("<!doctype html><title>Install app</title><p>"_L1 + text.toHtmlEscaped() + "</p>\n"_L1).toStdString();
    return answer;
}

// Sorted by name, percent-encoded, signed with the app's secret: how the shop proves that the browser comes from it.
QByteArray signedQuery(std::map<QByteArray, QByteArray> parameters, const std::string& clientSecret) {
    QByteArray message;
    for (const auto& [name, value] : parameters) {
        if (!message.isEmpty()) message += '&';
        message += name.toPercentEncoding() + '=' + value.toPercentEncoding();
    }
    const QByteArray hmac =
        QMessageAuthenticationCode::hash(message, QByteArray::fromStdString(clientSecret), QCryptographicHash::Sha256);
    return message + "&hmac=" + hmac.toHex();
}

bool areScopes(const QStringList& scopes) {
    return std::all_of(scopes.begin(), scopes.end(), [](const QString& scope) {
        return scope.startsWith("read_"_L1) || scope.startsWith("write_"_L1);
    });
}

std::string scopeText(const std::vector<std::string>& scopes) {
    std::string text;
    for (const std::string& scope : scopes)
        text += (text.empty() ? "" : ",") + scope;
    return text;
}

QJsonObject userJson() {
    return {{u"id"_s, 902541635},        {u"first_name"_s, u"Kim"_s},
            {u"last_name"_s, u"Park"_s}, {u"email"_s, u"kim@acme.example"_s},
            {u"account_owner"_s, false}, {u"locale"_s, u"en"_s},
            {u"email_verified"_s, true}, {u"collaborator"_s, false}};
}

QJsonObject tokensJson(const AppGrant::Tokens& tokens) {
    QJsonObject json{{u"access_token"_s, QString::fromStdString(tokens.access)},
                     {u"scope"_s, QString::fromStdString(tokens.scope)}};
    if (tokens.userScope) {
        json.insert(u"expires_in"_s, tokens.lifetimeSeconds);
        json.insert(u"associated_user_scope"_s, QString::fromStdString(*tokens.userScope));
        json.insert(u"associated_user"_s, userJson());
    }
    if (tokens.refresh.empty()) return json;
    json.insert(u"expires_in"_s, tokens.lifetimeSeconds);
    json.insert(u"refresh_token"_s, QString::fromStdString(tokens.refresh));
    json.insert(u"refresh_token_expires_in"_s, tokens.refreshLifetimeSeconds);
    return json;
}

bool isPerUser(const QUrlQuery& asked) {
    return asked.queryItems(QUrl::FullyDecoded).contains({u"grant_options[]"_s, u"per-user"_s});
}

std::optional<InstallPage::Person> personOf(const QString& word) {
    if (word == "installs"_L1) return InstallPage::Person::Installs;
    if (word == "declines"_L1) return InstallPage::Person::Declines;
    if (word == "leaves"_L1) return InstallPage::Person::Leaves;
    return std::nullopt;
}

std::vector<std::string> textsOf(const QJsonValue& value) {
    std::vector<std::string> texts;
    for (const QJsonValue& text : value.toArray())
        texts.push_back(text.toString().toStdString());
    return texts;
}

} // namespace

HttpAnswer ShopService::authorize(const HttpQuestion& question) {
    countRequest("authorize");
    if (auto fault = struck("authorize")) return *fault;
    const QUrlQuery asked(QString::fromStdString(question.query));
    const auto value = [&asked](const QString& name) { return asked.queryItemValue(name, QUrl::FullyDecoded); };
    if (value(u"client_id"_s).toStdString() != m_credentials.clientId)
        return installPage(400, u"Oauth error application_cannot_be_found: Could not find Shopify API application"_s);
    const InstallPage page = m_grant->page();
    const std::string redirect = value(u"redirect_uri"_s).toStdString();
    if (std::find(page.redirectUrls.begin(), page.redirectUrls.end(), redirect) == page.redirectUrls.end())
        return installPage(400, u"Oauth error invalid_request: The redirect_uri is not whitelisted"_s);
    const QStringList scopes = value(u"scope"_s).split(u',', Qt::SkipEmptyParts);
    if (!areScopes(scopes)) return installPage(400, u"Oauth error invalid_scope: The scope is invalid"_s);
    if (page.person == InstallPage::Person::Leaves) return installPage(200, u"Install this app?"_s);

    const QByteArray shop = m_options.shopDomain.toUtf8();
    std::map<QByteArray, QByteArray> back{{"shop", shop},
                                          {"state", value(u"state"_s).toUtf8()},
                                          {"timestamp", QByteArray::number(m_clock.now().ms() / 1000)}};
    if (page.person == InstallPage::Person::Declines) {
        back["error"] = "access_denied";
        back["error_description"] = "The merchant declined";
    } else {
        const std::string scope = page.grants.empty() ? scopes.join(u',').toStdString() : scopeText(page.grants);
        std::optional<std::string> userScope;
        if (isPerUser(asked)) userScope = page.rights.empty() ? scope : scopeText(page.rights);
        back["code"] = QByteArray::fromStdString(m_grant->newCode(scope, userScope));
        back["host"] = ("admin.shopify.com/store/" + shop.left(shop.indexOf('.'))).toBase64();
    }
    HttpAnswer answer = installPage(302, u"Going back to the app"_s);
    answer.headers.emplace_back("Location",
                                redirect + "?" + signedQuery(back, m_credentials.clientSecret).toStdString());
    return answer;
}

// A code's, or a refresh token's; whose app it is has been proved. A fault that matches "granted" loses the answer
// after the shop has done its part.
HttpAnswer ShopService::grantTokens(const RequestFields& fields) {
    std::optional<AppGrant::Tokens> tokens;
    if (fields.value("grant_type") == "refresh_token") {
        countRequest("refresh");
        tokens = m_grant->refresh(fields.value("refresh_token"));
        if (!tokens) return oauthRefusal(u"invalid_grant"_s, u"The refresh token is expired, revoked or unknown"_s);
    } else {
        countRequest("redeem");
        const bool isExpiring = fields.value("expiring") == "1";
        tokens = m_grant->redeem(fields.value("code"), isExpiring ? AppGrant::Expiring::Yes : AppGrant::Expiring::No);
        if (!tokens)
            return oauthRefusal(u"invalid_request"_s, u"The authorization code was not found or was already used"_s);
    }
    if (auto fault = struck("granted")) return *fault;
    return jsonAnswer(200, tokensJson(*tokens));
}

// Those of the client credentials grant; the token of an app the owner made does not end.
void ShopService::endTokens() {
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_tokens, [](const auto& one) { return one.second.ms() != 0; });
}

// {"redirect_urls":["http://…"],"person":"installs|declines|leaves","grants":["read_orders"],"rights":["read_orders"],
//  "lifetime_s":60,"expire":true,"revoke":true}: any of them. "grants" and "rights" [] are what is asked for again.
HttpAnswer ShopService::changeGrant(const std::string& body) {
    const QJsonObject wanted = QJsonDocument::fromJson(QByteArray::fromStdString(body)).object();
    const auto refuse = [](const QString& why) { return jsonAnswer(400, {{u"error"_s, why}}); };
    if (wanted.isEmpty()) return refuse(u"expected {\"person\":\"declines\", …}"_s);
    InstallPage page = m_grant->page();
    for (auto it = wanted.begin(); it != wanted.end(); ++it) {
        if (it.key() == "redirect_urls"_L1) {
            page.redirectUrls = textsOf(it.value());
        } else if (it.key() == "grants"_L1) {
            page.grants = textsOf(it.value());
        } else if (it.key() == "rights"_L1) {
            page.rights = textsOf(it.value());
        } else if (it.key() == "person"_L1) {
            const auto person = personOf(it.value().toString());
            if (!person) return refuse(u"person is installs, declines or leaves"_s);
            page.person = *person;
        } else if (it.key() == "lifetime_s"_L1 && it.value().toInt() > 0) {
            m_grant->setLifetime(it.value().toInt());
        } else if (it.key() == "expire"_L1) {
            m_grant->expire();
            endTokens();
        } else if (it.key() == "revoke"_L1) {
            m_grant->revoke();
            endTokens();
        } else {
            return refuse(u"no such control: "_s + it.key());
        }
    }
    m_grant->setPage(page);
    return jsonAnswer(200, wanted);
}

} // namespace aiva::sandbox
