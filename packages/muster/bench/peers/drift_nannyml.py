import nannyml
import pandas

from timed import timed


def read(base, current):
    return pandas.read_parquet(base), pandas.read_parquet(current)


def work(frames):
    base, current = frames
    columns = [name for name in base.columns if not pandas.api.types.is_datetime64_any_dtype(base[name])]
    calculator = nannyml.UnivariateDriftCalculator(column_names=columns, chunk_number=1)
    # Its thresholds are taken from the chunks of the reference, its distances from each chunk of both.
    calculator.fit(base)
    values = calculator.calculate(current).filter(period="analysis").to_df()
    distances = values.xs("value", axis=1, level=2)
    return {"columns": len(columns), "distances": distances.iloc[0].astype(float).round(12).to_dict().__len__()}


timed(read, work, {"nannyml": nannyml.__version__, "pandas": pandas.__version__})
