import json

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas

from timed import timed


def read(data, requirements):
    with open(requirements) as file:
        return pandas.read_parquet(data), json.load(file)


def work(given):
    frame, needs = given
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    batch = (
        context.data_sources.add_pandas("rows")
        .add_dataframe_asset("rows")
        .add_batch_definition_whole_dataframe("rows")
        .get_batch({"dataframe": frame})
    )
    suite = gx.ExpectationSuite("needs")
    suite.add_expectation(gxe.ExpectTableRowCountToBeBetween(min_value=needs["rows"]))
    for name, need in needs["columns"].items():
        suite.add_expectation(gxe.ExpectColumnValuesToNotBeNull(column=name))
        if "range" in need:
            low, high = need["range"]
            suite.add_expectation(gxe.ExpectColumnValuesToBeBetween(column=name, min_value=low, max_value=high))
        if "values" in need:
            suite.add_expectation(gxe.ExpectColumnValuesToBeInSet(column=name, value_set=need["values"]))
    # It knows no share of a class; the mean of a label of 0 and 1 is that of the positive one.
    if needs["label"] is not None:
        suite.add_expectation(gxe.ExpectColumnMeanToBeBetween(column=needs["label"], min_value=0.15, max_value=0.85))
    results = batch.validate(suite, result_format="BOOLEAN_ONLY")
    return {"failed": sum(not result.success for result in results.results)}


timed(read, work, {"great_expectations": gx.__version__, "pandas": pandas.__version__})
