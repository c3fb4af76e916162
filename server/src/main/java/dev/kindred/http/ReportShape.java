package dev.kindred.http;

import dev.kindred.json.JsonWriter;
import dev.kindred.measure.experiments.Comparison;
import dev.kindred.measure.experiments.Difference;
import dev.kindred.measure.experiments.MetricResult;
import dev.kindred.measure.experiments.Range;
import dev.kindred.measure.experiments.Report;
import dev.kindred.measure.experiments.VariantResult;
import java.util.List;

/** An experiment's results as they stand in answers; what is not known is null. */
final class ReportShape {

  private ReportShape() {}

  static byte[] full(Report report) {
    var writer = new JsonWriter(8 << 10).beginObject();
    writer.field("experiment", report.experiment().name());
    writer.field("state", ExperimentShape.word(report.experiment().state()));
    writer.field("version", report.experiment().version());
    writer.field("startDate", report.from().toString()).field("endDate", report.to().toString());
    writer.field("users", report.users()).field("confidence", report.confidence());
    writer.name("sampleRatio").beginObject();
    writer.field("mismatch", report.ratio().isMismatch());
    writer.field("pValue", report.ratio().pValue());
    writer.field("alwaysValidPValue", report.ratio().alwaysValidPValue()).endObject();
    writer.name("metrics").beginArray();
    for (MetricResult metric : report.metrics()) write(writer, metric);
    writer.endArray();
    writer.field("minimumSampleReached", report.verdict().isSampleReached());
    writer.name("winner");
    report.verdict().winner().ifPresentOrElse(writer::string, writer::nothing);
    writer.field("why", report.verdict().why());
    return writer.endObject().toByteArray();
  }

  /** The variants that anybody came to, by the metric that decides. */
  static void brief(JsonWriter writer, Report report) {
    writer.beginArray();
    for (VariantResult result : report.metrics().getFirst().variants()) {
      if (result.users() == 0) continue;
      writer.beginObject();
      writer.field("variant", result.variant().name());
      writer.field("conversions", result.conversions());
      writer.field("views", result.users()).endObject();
    }
    writer.endArray();
  }

  private static void write(JsonWriter writer, MetricResult metric) {
    writer.beginObject().field("metric", metric.metric()).name("variants").beginArray();
    for (VariantResult variant : metric.variants()) write(writer, variant);
    writer.endArray();
    write(writer, "comparisons", metric.comparisons());
    write(writer, "incremental", metric.incremental());
    writer.endObject();
  }

  private static void write(JsonWriter writer, VariantResult result) {
    writer.beginObject().field("variant", result.variant().name());
    writer.field("control", result.isControl());
    result
        .variant()
        .holdout()
        .ifPresent(holdout -> writer.field("holdout", ExperimentShape.word(holdout)));
    writer.field("users", result.users()).field("converted", result.converted());
    writer.field("conversions", result.conversions()).field("rate", result.rate());
    interval(writer, "rateInterval", result.rateInterval());
    writer.field("value", result.value()).field("valueMean", result.mean());
    interval(writer, "valueMeanInterval", result.meanInterval());
    writer.endObject();
  }

  private static void write(JsonWriter writer, String name, List<Comparison> comparisons) {
    writer.name(name).beginArray();
    for (Comparison comparison : comparisons) {
      writer.beginObject().name("variants").strings(comparison.variants());
      writer.field("against", comparison.against());
      difference(writer, "rate", comparison.rates());
      writer.endObject();
      difference(writer, "value", comparison.values());
      writer.endObject();
      difference(writer, "cuped", comparison.adjusted());
      number(writer, "varianceTaken", comparison.varianceTaken());
      writer.endObject();
      writer.name("usersNeeded");
      comparison.usersNeeded().ifPresentOrElse(writer::number, writer::nothing);
      writer.name("daysNeeded");
      comparison.daysNeeded().ifPresentOrElse(writer::number, writer::nothing);
      writer.endObject();
    }
    writer.endArray();
  }

  /** Leaves the object open. */
  private static void difference(JsonWriter writer, String name, Difference of) {
    writer.name(name).beginObject();
    number(writer, "difference", of.difference());
    interval(writer, "differenceInterval", of.interval());
    number(writer, "lift", of.lift());
    interval(writer, "liftInterval", of.liftInterval());
    writer.field("test", ExperimentShape.word(of.test())).field("pValue", of.pValue());
    writer.field("alwaysValidPValue", of.alwaysValidPValue());
    interval(writer, "alwaysValidInterval", of.alwaysValid());
    writer.field("power", of.power());
  }

  private static void interval(JsonWriter writer, String name, Range interval) {
    writer.name(name).beginObject();
    number(writer, "low", interval.low());
    number(writer, "high", interval.high());
    writer.endObject();
  }

  private static void number(JsonWriter writer, String name, double value) {
    writer.name(name);
    if (Double.isFinite(value)) writer.number(value);
    else writer.nothing();
  }
}
