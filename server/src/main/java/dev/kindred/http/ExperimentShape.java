package dev.kindred.http;

import dev.kindred.domain.Experiment;
import dev.kindred.domain.ExperimentDesign;
import dev.kindred.domain.TenantId;
import dev.kindred.domain.Variant;
import dev.kindred.json.JsonWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Experiments as they stand in answers. */
final class ExperimentShape {

  private static final double SECONDS_AN_HOUR = Duration.ofHours(1).toSeconds();

  private ExperimentShape() {}

  static void write(JsonWriter writer, TenantId tenant, Experiment experiment) {
    write(writer, tenant, experiment, _ -> {});
  }

  /**
   * Writes an experiment.
   *
   * @param more what else is to stand in the object
   */
  static void write(
      JsonWriter writer, TenantId tenant, Experiment experiment, Consumer<JsonWriter> more) {
    ExperimentDesign design = experiment.design();
    writer.beginObject().field("name", experiment.name());
    writer.name("description");
    design.description().ifPresentOrElse(writer::string, writer::nothing);
    writer.field("state", word(experiment.state())).field("version", experiment.version());
    writer.name("variants").beginArray();
    for (Variant variant : design.variants()) write(writer, variant);
    writer.endArray();
    writer.name("targetMetrics").strings(design.targetMetrics());
    writer.field("minimumSampleSize", design.minimumSampleSize());
    writer.field(
        "attributionWindowHours", design.attributionWindow().toSeconds() / SECONDS_AN_HOUR);
    writer.field("assignedBy", word(design.assignedBy()));
    writer.field("startDate", design.startDate());
    writer.name("endDate");
    design.endDate().ifPresentOrElse(writer::time, writer::nothing);
    writer.name("winner");
    experiment.winner().ifPresentOrElse(writer::string, writer::nothing);
    writer.field("createdAt", experiment.createdAt()).field("updatedAt", experiment.updatedAt());
    experiment.startedAt().ifPresent(at -> writer.field("startedAt", at));
    experiment.stoppedAt().ifPresent(at -> writer.field("stoppedAt", at));
    writer.field("tenant_id", tenant.value());
    more.accept(writer);
    writer.endObject();
  }

  private static void write(JsonWriter writer, Variant variant) {
    writer.beginObject().field("name", variant.name()).field("weight", variant.weight());
    writer.field("config", variant.config());
    variant.holdout().ifPresent(holdout -> writer.field("holdout", word(holdout)));
    writer.endObject();
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
