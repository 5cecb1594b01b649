#include "tests/support/fake_store_port.h"

#include <QTimer>

#include <algorithm>
#include <random>

using namespace Qt::StringLiterals;

namespace aiva::test {
namespace {

bool matches(const RecordQuery& query, UtcTime createdAt, UtcTime updatedAt) {
    return (!query.updatedSince || updatedAt >= *query.updatedSince) &&
           (!query.createdSince || createdAt >= *query.createdSince);
}

// Indexes of what the query finds, newest first, as the shop sorts: by change when changes are asked for.
template <typename Record>
std::vector<size_t> find(const std::vector<Record>& records, const RecordQuery& query) {
    std::vector<size_t> found;
    for (size_t i = 0; i < records.size(); ++i)
        if (matches(query, records[i].createdAt, records[i].updatedAt)) found.push_back(i);
    std::stable_sort(found.begin(), found.end(), [&](size_t a, size_t b) {
        return query.updatedSince ? records[a].updatedAt > records[b].updatedAt
                                  : records[a].createdAt > records[b].createdAt;
    });
    return found;
}

template <typename Record>
void fillPage(const std::vector<Record>& source, const RecordQuery& query, size_t from, size_t size,
              const std::set<std::string>& malformed, std::vector<Record>& to, RecordPage& page) {
    const auto found = find(source, query);
    for (size_t i = from; i < std::min(found.size(), from + size); ++i) {
        const Record& record = source[found[i]];
        if (malformed.contains(record.externalId))
            page.faults.push_back({toWord(query.resource).toStdString(), record.externalId, "amount is not a number"});
        else
            to.push_back(record);
    }
    if (from + size < found.size()) page.nextCursor = QString::number(from + size);
}

template <typename Record>
void fillMarks(const std::vector<Record>& source, const RecordQuery& query, size_t from, size_t size, MarkPage& page) {
    const auto found = find(source, query);
    for (size_t i = from; i < std::min(found.size(), from + size); ++i)
        page.marks.push_back({source[found[i]].externalId, source[found[i]].createdAt, source[found[i]].updatedAt});
    if (from + size < found.size()) page.nextCursor = QString::number(from + size);
}

template <typename Record>
void lookUp(const std::vector<Record>& source, const std::vector<std::string>& ids, const std::set<std::string>& hidden,
            std::vector<Record>& to, RecordPage& page) {
    for (const std::string& id : ids) {
        if (hidden.contains(id)) continue;
        const auto found =
            std::find_if(source.begin(), source.end(), [&](const Record& record) { return record.externalId == id; });
        if (found == source.end())
            page.gone.push_back(id);
        else
            to.push_back(*found);
    }
}

// One bulk line: "<kind> <index> <child index> " and padding, so that lines have the weight of real ones.
QByteArray line(char kind, size_t index, size_t child = 0) {
    QByteArray text(1, kind);
    text += ' ' + QByteArray::number(static_cast<qulonglong>(index)) + ' ' +
            QByteArray::number(static_cast<qulonglong>(child)) + ' ';
    return text.append(static_cast<qsizetype>(120 + (index + child) % 80), '.') + '\n';
}

class FakeBulkDecoder final : public BulkDecoder {
public:
    FakeBulkDecoder(FakeShop shop, std::set<std::string> malformed, Resource resource)
        : m_shop(std::move(shop)), m_malformed(std::move(malformed)), m_resource(resource) {}

    std::variant<BulkRecord, RecordFault> decode(std::string_view text) override {
        unsigned long index = 0;
        unsigned long child = 0;
        char kind = 0;
        int used = 0;
        const std::string copy(text);
        // Whole lines only: the padding tells a cut one.
        if (std::sscanf(copy.c_str(), "%c %lu %lu %n", &kind, &index, &child, &used) != 3 ||
            copy.size() - static_cast<size_t>(used) != 120 + (index + child) % 80)
            return RecordFault{toWord(m_resource).toStdString(), {}, "the line is not a record"};
        switch (kind) {
        case 'c':
            return root(m_shop.customers[index]);
        case 'o':
            return root(withoutChildren(m_shop.orders[index]));
        case 'p':
            return root(withoutChildren(m_shop.products[index]));
        case 'i':
            return BulkRecord(BulkOrderItem{m_shop.orders[index].externalId, m_shop.orders[index].items[child]});
        case 'v':
            return BulkRecord(BulkVariant{m_shop.products[index].externalId, m_shop.products[index].variants[child]});
        default:
            return BulkRecord(std::monostate());
        }
    }

private:
    static OrderRecord withoutChildren(OrderRecord order) {
        order.items.clear();
        return order;
    }
    static ProductRecord withoutChildren(ProductRecord product) {
        product.variants.clear();
        return product;
    }
    template <typename Record>
    std::variant<BulkRecord, RecordFault> root(const Record& record) {
        if (m_malformed.contains(record.externalId))
            return RecordFault{toWord(m_resource).toStdString(), record.externalId, "amount is not a number"};
        return BulkRecord(record);
    }

    FakeShop m_shop;
    std::set<std::string> m_malformed;
    Resource m_resource;
};

// `groups`: each root's line and those of its children.
QByteArray inOrder(std::vector<std::vector<QByteArray>> groups, FakeStorePort::Children order) {
    using Children = FakeStorePort::Children;
    std::vector<QByteArray> roots;
    std::vector<QByteArray> children;
    std::vector<QByteArray> all;
    for (const auto& group : groups) {
        roots.push_back(group.front());
        children.insert(children.end(), group.begin() + 1, group.end());
        all.insert(all.end(), group.begin(), group.end());
    }
    if (order == Children::AfterAllParents) {
        all = roots;
        all.insert(all.end(), children.begin(), children.end());
    } else if (order == Children::BeforeParents) {
        all = children;
        all.insert(all.end(), roots.begin(), roots.end());
    } else if (order == Children::Shuffled) {
        std::shuffle(all.begin(), all.end(), std::mt19937(7));
    }
    QByteArray file;
    for (const QByteArray& text : all)
        file += text;
    return file;
}

} // namespace

FakeStorePort::FakeStorePort(FakeShop shop) : source(std::move(shop)) {}

FakeStorePort::~FakeStorePort() = default;

void FakeStorePort::failNext(Call call, Error error, int times, int after) {
    m_scripts[call].push_back({std::move(error), times, after});
}

void FakeStorePort::clearLog() {
    m_log.clear();
    m_calls.clear();
}

std::optional<Error> FakeStorePort::scriptedError(Call call) {
    auto& scripts = m_scripts[call];
    if (scripts.empty()) return std::nullopt;
    Script& script = scripts.front();
    if (script.after-- > 0) return std::nullopt;
    const Error error = script.error;
    if (--script.times <= 0) scripts.pop_front();
    return error;
}

template <typename T>
Future<T> FakeStorePort::answer(Call call, const QString& what, std::function<Result<T>()> make) {
    m_log << what;
    const int number = ++m_calls[call];
    if (onCall) onCall(call, number);
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    auto isOpen = std::make_shared<bool>(true);
    const auto finish = [promise, isOpen](Result<T> result) {
        if (!std::exchange(*isOpen, false)) return;
        promise->addResult(std::move(result));
        promise->finish();
    };
    m_cancels.push_back([finish] { finish(Error{ErrorKind::Refused, u"cancelled"_s}); });
    if (isSilent && isSilent(call, number)) return promise->future();
    const auto error = scriptedError(call);
    QTimer::singleShot(0, &m_context, [finish, isOpen, error, heard = m_apiListener, make = std::move(make)] {
        if (*isOpen && heard) heard->exchanged(1, error);
        if (*isOpen) finish(error ? Result<T>(*error) : make());
    });
    return promise->future();
}

Future<ShopFacts> FakeStorePort::shop() {
    return answer<ShopFacts>(Call::Shop, u"shop"_s, [this]() -> Result<ShopFacts> { return source.facts; });
}

Future<std::optional<qint64>> FakeStorePort::count(const RecordQuery& query) {
    using Count = std::optional<qint64>;
    return answer<Count>(Call::Count, u"count "_s + toWord(query.resource), [this, query]() -> Result<Count> {
        if (!isCountExact) return Count();
        switch (query.resource) {
        case Resource::Customers:
            return Count(find(source.customers, query).size());
        case Resource::Orders:
            return Count(find(source.orders, query).size());
        case Resource::Products:
            break;
        }
        return Count(find(source.products, query).size());
    });
}

Future<RecordPage> FakeStorePort::page(const RecordQuery& query, const QString& cursor) {
    return answer<RecordPage>(Call::Page, u"page "_s + toWord(query.resource), [=, this]() -> Result<RecordPage> {
        RecordPage page;
        bool isNumber = true;
        const size_t from = cursor.isEmpty() ? 0 : cursor.toULong(&isNumber);
        if (!isNumber) return Error{ErrorKind::Invalid, u"the cursor is not valid"_s};
        const auto size = static_cast<size_t>(pageSize);
        if (query.resource == Resource::Customers)
            fillPage(source.customers, query, from, size, malformed, page.customers, page);
        else if (query.resource == Resource::Orders)
            fillPage(source.orders, query, from, size, malformed, page.orders, page);
        else
            fillPage(source.products, query, from, size, malformed, page.products, page);
        return page;
    });
}

Future<MarkPage> FakeStorePort::marks(const RecordQuery& query, const QString& cursor) {
    return answer<MarkPage>(Call::Marks, u"marks "_s + toWord(query.resource), [=, this]() -> Result<MarkPage> {
        MarkPage page;
        const size_t from = cursor.toULong();
        const auto size = static_cast<size_t>(pageSize);
        if (query.resource == Resource::Customers)
            fillMarks(source.customers, query, from, size, page);
        else if (query.resource == Resource::Orders)
            fillMarks(source.orders, query, from, size, page);
        else
            fillMarks(source.products, query, from, size, page);
        if (spoilMarks) spoilMarks(page);
        return page;
    });
}

Future<RecordPage> FakeStorePort::lookup(Resource resource, const std::vector<std::string>& ids) {
    const QString what = u"lookup %1 %2"_s.arg(toWord(resource)).arg(ids.size());
    return answer<RecordPage>(Call::Lookup, what, [=, this]() -> Result<RecordPage> {
        RecordPage page;
        if (resource == Resource::Customers)
            lookUp(source.customers, ids, hidden, page.customers, page);
        else if (resource == Resource::Orders)
            lookUp(source.orders, ids, hidden, page.orders, page);
        else
            lookUp(source.products, ids, hidden, page.products, page);
        return page;
    });
}

QByteArray FakeStorePort::bulkFile(const RecordQuery& query) const {
    std::vector<std::vector<QByteArray>> groups;
    if (query.resource == Resource::Customers) {
        for (const size_t i : find(source.customers, query))
            groups.push_back({line('c', i)});
    } else if (query.resource == Resource::Orders) {
        for (const size_t i : find(source.orders, query)) {
            groups.push_back({line('o', i)});
            for (size_t n = 0; n < source.orders[i].items.size(); ++n)
                groups.back().push_back(line('i', i, n));
        }
    } else {
        for (const size_t i : find(source.products, query)) {
            groups.push_back({line('p', i)});
            for (size_t n = 0; n < source.products[i].variants.size(); ++n)
                groups.back().push_back(line('v', i, n));
        }
    }
    return inOrder(std::move(groups), children);
}

Future<BulkStatus> FakeStorePort::startBulk(const RecordQuery& query) {
    return answer<BulkStatus>(Call::StartBulk, u"bulk "_s + toWord(query.resource), [=, this]() -> Result<BulkStatus> {
        Operation operation;
        operation.file = bulkFile(query);
        operation.lines = operation.file.count('\n');
        if (spoilFile) spoilFile(operation.file);
        if (!bulkEnds.empty()) {
            operation.end = bulkEnds.front();
            bulkEnds.pop_front();
        }
        const QString id = u"gid://shopify/BulkOperation/%1"_s.arg(m_operations.size() + 1);
        m_operations.insert(id, operation);
        return statusOf(id);
    });
}

BulkStatus FakeStorePort::statusOf(const QString& operationId) const {
    const Operation& operation = m_operations[operationId];
    BulkStatus status;
    status.operationId = operationId;
    status.objectCount = operation.lines;
    if (operation.polls < pollsUntilDone) return status;
    status.state = operation.end;
    status.isPartial = operation.end != BulkStatus::State::Completed;
    if (status.isPartial) status.errorCode = u"INTERNAL_SERVER_ERROR"_s;
    const bool hasFile = status.isPartial ? partialBytes >= 0 : operation.lines > 0;
    if (hasFile) status.url = u"fake:"_s + operationId;
    return status;
}

Future<BulkStatus> FakeStorePort::bulkStatus(const QString& operationId) {
    return answer<BulkStatus>(Call::BulkStatus, u"status"_s, [=, this]() -> Result<BulkStatus> {
        if (!m_operations.contains(operationId)) return Error{ErrorKind::NotFound, u"no such operation"_s};
        ++m_operations[operationId].polls;
        return statusOf(operationId);
    });
}

Future<bool> FakeStorePort::cancelBulk(const QString& operationId) {
    return answer<bool>(Call::CancelBulk, u"cancel "_s + operationId, [] { return Result<bool>(true); });
}

Future<qint64> FakeStorePort::download(const QString& url, qint64 offset, std::shared_ptr<ByteSink> sink) {
    return answer<qint64>(Call::Download, u"download from %1"_s.arg(offset),
                          [=, this] { return send(url, offset, *sink); });
}

Result<qint64> FakeStorePort::send(const QString& url, qint64 offset, ByteSink& sink) {
    const Operation& operation = m_operations[url.mid(5)];
    const bool isPartial = operation.end != BulkStatus::State::Completed;
    const QByteArray file = isPartial ? operation.file.left(partialBytes) : operation.file;
    qint64 end = file.size();
    const bool isCut = !cutDownloadsAfter.empty();
    if (isCut) {
        end = std::min(end, offset + cutDownloadsAfter.front());
        cutDownloadsAfter.pop_front();
    }
    for (qint64 at = offset; at < end; at += chunk)
        AIVA_CHECK(sink.accept(QByteArrayView(file).sliced(at, std::min(chunk, end - at))));
    if (isCut) return Error{ErrorKind::Network, u"the connection was reset"_s, ErrorCause::ConnectionReset};
    return qint64(file.size());
}

std::unique_ptr<BulkDecoder> FakeStorePort::bulkDecoder(Resource resource) const {
    return std::make_unique<FakeBulkDecoder>(source, malformed, resource);
}

Future<bool> FakeStorePort::revoke() {
    return answer<bool>(Call::Revoke, u"revoke"_s, [] { return Result<bool>(true); });
}

void FakeStorePort::cancelAll() {
    for (const auto& cancel : std::exchange(m_cancels, {}))
        cancel();
}

} // namespace aiva::test
