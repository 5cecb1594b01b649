// BulkAssembler: joins the lines of a bulk file into whole records. A window of the file, bounded in bytes, waits for
// children that follow their parent; what leaves the window is final, in file order.
// Pure: no file, no database, no thread. Used by BulkReader.
#pragma once

#include "core/ports/store_port.h"

#include <deque>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

namespace aiva {

// A child that came before its parent or long after it: storage joins them at the end.
struct FarChild {
    std::string parentExternalId;
    std::string externalId;
    qint64 position = 0; // its line number: the order among late children
    std::string line;
};

using BulkEntry = std::variant<CustomerRecord, OrderRecord, ProductRecord, FarChild, RecordFault>;

class BulkAssembler {
public:
    BulkAssembler(Resource resource, qint64 windowBytes, size_t windowEntries);

    // `line` began at `offset` as the file's line number `lineNumber`.
    void add(std::variant<BulkRecord, RecordFault>&& decoded, std::string_view line, qint64 offset, qint64 lineNumber);
    // Moves what has left the window to `ready`; at the end of the file what is left, until `ready` holds `limit`.
    void takeBeyondWindow(std::vector<BulkEntry>& ready);
    void takeRest(std::vector<BulkEntry>& ready, size_t limit);
    bool isEmpty() const { return m_window.empty(); }

    // Where to read again after a crash, given that everything taken so far is kept: the oldest line still in the
    // window, else `nextOffset`. Reading from there brings the same entries again, and each child at worst once more
    // as a FarChild.
    struct Place {
        qint64 offset = 0;
        qint64 line = 0;
    };
    Place resumePlace(Place next) const;

private:
    struct Held {
        BulkEntry entry;
        Place place;
        qint64 bytes = 0;
    };
    template <typename Record>
    void addRoot(Record&& record, qint64 bytes, Place place);
    template <typename Child>
    void addChild(std::string&& parent, Child&& child, std::string_view line, Place place);
    void hold(BulkEntry&& entry, qint64 bytes, Place place);
    Held& at(quint64 number) { return m_window[static_cast<size_t>(number - m_first)]; }
    Held* root(const std::string& externalId);
    void releaseFront(std::vector<BulkEntry>& ready);

    const Resource m_resource;
    const qint64 m_windowBytes;
    const size_t m_windowEntries;
    std::deque<Held> m_window; // in file order
    quint64 m_first = 0;       // running number of m_window.front()
    qint64 m_bytes = 0;
    std::unordered_map<std::string, quint64> m_roots;
    std::string m_lastRootId;
    quint64 m_lastRoot = 0;
};

} // namespace aiva
