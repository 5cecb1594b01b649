#include "app/sandbox/server/bulk_desk.h"

#include <QFile>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace aiva::sandbox {
namespace {

constexpr int kAtOnce = 5;
constexpr std::uint64_t kFirstOperationId = 3'910'203'700'000ULL;

bool isOver(const std::string& status) {
    return status == "COMPLETED" || status == "FAILED" || status == "CANCELED";
}

// Spoils one record of a chunk in a way a parser must survive.
std::string spoil(std::string lines, const std::string& fault) {
    if (fault == "garbage_line")
        return lines.insert(lines.find('\n') + 1, "{\"id\":\"gid://shopify/Order/1\",\"name\":\n");
    if (const auto at = lines.find("\"createdAt\":\""); at != std::string::npos)
        lines.insert(at + 13, "not a date ");
    else if (const auto price = lines.find("\"price\":\""); price != std::string::npos)
        lines.insert(price + 9, "x");
    return lines;
}

} // namespace

BulkDesk::BulkDesk(const GraphContext& context, RecordIndex& index, Faults& faults, const Clock& clock)
    : m_context(context), m_index(index), m_faults(faults), m_clock(clock) {}

BulkDesk::~BulkDesk() {
    {
        const std::lock_guard lock(m_mutex); // else one that is about to rest would miss it
        for (Job& job : m_jobs)
            job.stop = true;
    }
    m_wake.notify_all();
    for (Job& job : m_jobs)
        if (job.thread.joinable()) job.thread.join();
}

BulkAnswer BulkDesk::refuse(std::string code, std::string message) const {
    return {std::nullopt, {{std::move(code), std::move(message)}}};
}

BulkAnswer BulkDesk::run(const std::string& query) {
    const auto document = parseDocument(query);
    if (!document) return refuse("INVALID", "Invalid bulk query: " + document.error().detail.toStdString());
    auto made = makePlan(*document, {}, Value(), PlanFor::Bulk);
    if (auto* errors = std::get_if<std::vector<GraphError>>(&made))
        return refuse("INVALID", "Invalid bulk query: " + errors->front().message);
    Plan plan = std::get<Plan>(std::move(made));
    if (const std::string refusal = bulkRefusal(plan); !refusal.empty()) return refuse("INVALID", refusal);

    const std::lock_guard lock(m_mutex);
    std::string running;
    int count = 0;
    for (const Job& job : m_jobs) {
        if (isOver(job.view.status)) continue;
        running += (count++ > 0 ? ", " : "") + job.view.id;
    }
    if (count >= kAtOnce)
        return refuse("OPERATION_IN_PROGRESS",
                      "A bulk query operation for this app and shop is already in progress: " + running + ".");
    Job& job = m_jobs.emplace_back();
    job.view.id = "gid://shopify/BulkOperation/" + std::to_string(kFirstOperationId + m_jobs.size());
    job.view.status = "CREATED";
    job.view.query = query;
    job.view.createdAt = m_clock.now();
    job.resource = plan.steps.front().field->name;
    job.plan = std::move(plan);
    job.fault = m_faults.strike(FaultStage::BulkRun, "bulk " + job.resource).value_or("");
    if (job.fault.empty()) job.fault = m_faults.strike(FaultStage::Records, "bulk " + job.resource).value_or("");
    Random random = Random::of(m_context.world.seed(), Purpose::Bulk, m_jobs.size());
    for (int i = 0; i < 40; ++i)
        job.key += "abcdefghijklmnopqrstuvwxyz0123456789"[random.below(36)];
    job.path = m_folder.filePath(QString::fromStdString(job.key));
    job.thread = std::thread([this, &job] { work(job); });
    return {job.view, {}};
}

void BulkDesk::work(Job& job) {
    const auto rest = std::chrono::milliseconds(m_context.options.bulkMs / 2);
    const auto pause = [&] {
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, rest, [&] { return job.stop.load(); });
    };
    pause();
    {
        const std::lock_guard lock(m_mutex);
        if (job.view.status == "CREATED") job.view.status = "RUNNING";
    }
    const bool complete = writeFile(job);
    pause();
    finish(job, complete);
}

bool BulkDesk::writeFile(Job& job) {
    QFile file(job.path);
    if (!file.open(QIODevice::WriteOnly)) return false;
    bool spoiled = false;
    const bool breaks = job.fault == "bulk_failed" || job.fault == "bulk_canceled";
    const auto order = m_context.options.shuffleBulk ? BulkWalk::Order::Shuffled : BulkWalk::Order::ParentFirst;
    BulkWalk walk(m_context, m_index, order, [&](std::string_view lines) {
        if (job.stop) return false;
        std::string chunk(lines);
        if (!spoiled && (job.fault == "garbage_line" || job.fault == "malformed_record"))
            chunk = spoil(chunk, job.fault);
        spoiled = true;
        if (breaks) chunk.resize(chunk.find('\n', chunk.size() / 2) + 1); // half of it, whole lines
        file.write(chunk.data(), static_cast<qint64>(chunk.size()));
        return !breaks;
    });
    const bool whole = walk.run(job.plan);
    if (job.fault == "bulk_truncated") file.resize(file.size() * 3 / 5); // ends in the middle of a line
    const std::lock_guard lock(m_mutex);
    job.view.objectCount = walk.counts().objects;
    job.view.rootObjectCount = walk.counts().roots;
    job.view.fileSize = file.size();
    return whole;
}

void BulkDesk::finish(Job& job, bool complete) {
    const std::lock_guard lock(m_mutex);
    job.view.completedAt = m_clock.now();
    const std::string url = job.view.fileSize > 0 ? signedUrl(job) : std::string();
    if (job.fault == "bulk_failed") {
        job.view.status = "FAILED";
        job.view.errorCode = "INTERNAL_SERVER_ERROR";
        job.view.partialUrl = url;
    } else if (job.fault == "bulk_canceled" || job.stop || !complete) {
        job.view.status = "CANCELED";
        job.view.partialUrl = url;
    } else {
        job.view.status = "COMPLETED";
        job.view.url = url;
    }
}

std::string BulkDesk::signedUrl(const Job& job) const {
    return m_baseUrl + "/bulk/" + job.key + ".jsonl?GoogleAccessId=assets-us%40sandbox.example&Expires=" +
           std::to_string(m_clock.now().ms() / 1000 + 7 * 86'400) + "&Signature=" + job.key.substr(0, 24) + "%3D%3D";
}

BulkDesk::Job* BulkDesk::jobOf(const std::string& id) {
    const auto found = std::find_if(m_jobs.begin(), m_jobs.end(), [&](const Job& job) { return job.view.id == id; });
    return found == m_jobs.end() ? nullptr : &*found;
}

BulkAnswer BulkDesk::cancel(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    Job* job = jobOf(id);
    if (!job) return refuse("", "Bulk operation does not exist");
    if (isOver(job->view.status))
        return {job->view, {{"", "A bulk operation cannot be canceled when it is " + job->view.status}}};
    job->view.status = "CANCELING";
    job->stop = true;
    m_wake.notify_all();
    return {job->view, {}};
}

std::optional<BulkView> BulkDesk::find(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    const Job* job = jobOf(id);
    return job ? std::optional(job->view) : std::nullopt;
}

std::optional<BulkDesk::Download> BulkDesk::download(const std::string& key) const {
    const std::lock_guard lock(m_mutex);
    for (const Job& job : m_jobs)
        if (job.key == key && isOver(job.view.status)) return Download{job.path, job.resource};
    return std::nullopt;
}

} // namespace aiva::sandbox
