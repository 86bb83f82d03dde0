import fairlearn
import numpy
import pandas
import sklearn
from fairlearn.metrics import MetricFrame
from sklearn.metrics import accuracy_score, brier_score_loss, f1_score, precision_score, recall_score, roc_auc_score

from timed import timed

THRESHOLD = 0.3


def read(data):
    return pandas.read_parquet(data, columns=["late", "score", "origin"])


def work(frame):
    late = frame["late"].to_numpy()
    score = frame["score"].to_numpy()
    decided = lambda metric: lambda y, s: metric(y, s >= THRESHOLD)

    def area(y, s):
        return roc_auc_score(y, s) if 0 < y.sum() < len(y) else numpy.nan

    frame = MetricFrame(
        metrics={
            "roc_auc": area,
            "accuracy": decided(accuracy_score),
            "precision": decided(lambda y, d: precision_score(y, d, zero_division=numpy.nan)),
            "recall": decided(lambda y, d: recall_score(y, d, zero_division=numpy.nan)),
            "f1": decided(lambda y, d: f1_score(y, d, zero_division=numpy.nan)),
            "brier_score": brier_score_loss,
        },
        y_true=late,
        y_pred=score,
        sensitive_features=frame["origin"],
    )
    by_group = frame.by_group
    return {
        "overall": {name: float(value) for name, value in frame.overall.items()},
        "groups": len(by_group),
        "sums": {name: float(by_group[name].sum()) for name in by_group.columns},
    }


timed(read, work, {"fairlearn": fairlearn.__version__, "scikit-learn": sklearn.__version__, "pandas": pandas.__version__})
