#include "core/answer/intent/store_calibration.h"
#include "tests/support/patience.h"

using namespace aiva;

class TestStoreCalibration : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void changesNothingWithoutLabels();
    void lowersWhatPeopleCorrected();
    void raisesWhatPeopleAccepted();
    void movesLittleOnFewLabels();
    void keepsTheOrderOfConfidences();
    void approachesTheShareThatWasRight();
    void leavesOtherIntentsAlone();
};

static std::vector<LabelledGuess> labels(int right, int wrong, double confidence) {
    std::vector<LabelledGuess> all(size_t(right), {Intent::OrderStatus, confidence, Intent::OrderStatus});
    all.insert(all.end(), size_t(wrong), {Intent::OrderStatus, confidence, Intent::Complaint});
    return all;
}

static double calibratedBy(const std::vector<LabelledGuess>& all, double confidence) {
    return StoreCalibration::fittedTo(all).calibrated(Intent::OrderStatus, confidence);
}

void TestStoreCalibration::changesNothingWithoutLabels() {
    QCOMPARE(StoreCalibration().calibrated(Intent::Return, 0.87), 0.87);
    QCOMPARE(calibratedBy({}, 0.993), 0.993);
}

void TestStoreCalibration::lowersWhatPeopleCorrected() {
    QVERIFY(calibratedBy(labels(10, 20, 0.9), 0.9) < 0.6);
}

void TestStoreCalibration::raisesWhatPeopleAccepted() {
    const double raised = calibratedBy(labels(100, 0, 0.7), 0.7);
    QVERIFY2(raised > 0.9 && raised <= 0.98, qPrintable(QString::number(raised)));
    QVERIFY(calibratedBy(labels(10'000, 0, 0.9), 0.99) <= 0.98);
}

void TestStoreCalibration::movesLittleOnFewLabels() {
    QVERIFY(calibratedBy(labels(2, 0, 0.7), 0.7) < 0.80);
    QVERIFY(calibratedBy(labels(0, 1, 0.9), 0.9) > 0.6);
}

void TestStoreCalibration::keepsTheOrderOfConfidences() {
    // worse the more certain it was: the curve may flatten, never turn
    std::vector<LabelledGuess> all = labels(0, 200, 0.95);
    const auto good = labels(200, 0, 0.55);
    all.insert(all.end(), good.begin(), good.end());
    double before = 0;
    for (double confidence = 0.5; confidence < 1; confidence += 0.05) {
        const double after = calibratedBy(all, confidence);
        QVERIFY(after > before);
        before = after;
    }
}

void TestStoreCalibration::approachesTheShareThatWasRight() {
    const double calibrated = calibratedBy(labels(600, 400, 0.9), 0.9);
    QVERIFY2(std::abs(calibrated - 0.6) < 0.02, qPrintable(QString::number(calibrated)));
}

void TestStoreCalibration::leavesOtherIntentsAlone() {
    const StoreCalibration calibration = StoreCalibration::fittedTo(labels(0, 50, 0.9));
    QCOMPARE(calibration.calibrated(Intent::Return, 0.9), 0.9);
}

QTEST_GUILESS_MAIN(TestStoreCalibration)
#include "tst_store_calibration.moc"
