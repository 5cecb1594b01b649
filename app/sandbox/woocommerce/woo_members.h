// Members of one JSON object with their commas, and only those a client asked for. Used by woo_records.
#pragma once

#include "app/sandbox/woocommerce/woo_records.h"

namespace aiva::sandbox {

class WooMembers {
public:
    explicit WooMembers(JsonText& out, const WantedFields* wanted = nullptr) : m_out(out), m_wanted(wanted) {
        m_out.raw('{');
    }
    ~WooMembers() { m_out.raw('}'); }
    WooMembers(const WooMembers&) = delete;
    WooMembers& operator=(const WooMembers&) = delete;

    bool wants(std::string_view name) const {
        return !m_wanted || m_wanted->empty() || m_wanted->contains(std::string(name));
    }
    JsonText& key(std::string_view name) {
        if (m_any) m_out.raw(',');
        m_any = true;
        m_out.text(name);
        m_out.raw(':');
        return m_out;
    }
    void text(std::string_view name, std::string_view value) {
        if (wants(name)) key(name).text(value);
    }
    void integer(std::string_view name, std::int64_t value) {
        if (wants(name)) key(name).integer(value);
    }
    void boolean(std::string_view name, bool value) {
        if (wants(name)) key(name).boolean(value);
    }
    void money(std::string_view name, Money value) {
        if (wants(name)) key(name).price(value);
    }
    void null(std::string_view name) {
        if (wants(name)) key(name).null();
    }
    // The site's own time, which is UTC here, and the same as GMT.
    void times(const std::string& name, const std::optional<UtcTime>& at) {
        for (const std::string& one : {name, name + "_gmt"}) {
            if (!at)
                null(one);
            else
                text(one, isoTime(*at).substr(0, 19));
        }
    }

private:
    JsonText& m_out;
    const WantedFields* m_wanted;
    bool m_any = false;
};

// billing and shipping; only the former has an address for mail.
void writeWooAddress(JsonText& out, const Address& address, const std::string& first, const std::string& last,
                     const std::string* email);

template <typename List, typename Write>
void writeWooList(JsonText& out, const List& list, Write write) {
    out.raw('[');
    bool isFirst = true;
    for (const auto& one : list) {
        if (!isFirst) out.raw(',');
        isFirst = false;
        write(one);
    }
    out.raw(']');
}

} // namespace aiva::sandbox
