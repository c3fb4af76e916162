package dev.kindred.transfer;

import static dev.kindred.domain.Measures.MICROS;

import dev.kindred.domain.BehaviourSum;
import dev.kindred.domain.BehaviourSum.TimesOfDay;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.ExperimentDesign;
import dev.kindred.domain.NotFound;
import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.ShownList;
import dev.kindred.domain.UserId;
import dev.kindred.domain.UserProfile;
import dev.kindred.json.JsonWriter;
import dev.kindred.store.Experiments.Converted;
import dev.kindred.store.Experiments.Exposure;
import dev.kindred.store.Interactions.After;
import dev.kindred.store.Interactions.Folded;
import dev.kindred.store.Interactions.Page;
import dev.kindred.store.TenantStore;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Everything that is kept about one user, as a zip of NDJSON: who they are, what they did, what
 * came of it in experiments, the sums of what is too old to be kept one by one, and the lists they
 * were shown.
 */
public final class UserArchive {

  private static final int PAGE = 1_000;

  /** The zip format begins here; a fixed time makes equal archives equal bytes. */
  private static final long ZIP_EPOCH_MILLIS = Instant.parse("1980-02-01T00:00:00Z").toEpochMilli();

  private final TenantStore data;
  private final UserProfile user;
  private final JsonWriter json = new JsonWriter();

  private UserArchive(TenantStore data, UserProfile user) {
    this.data = data;
    this.user = user;
  }

  /** The archive of a user, if there is one of that id. */
  public static Optional<UserArchive> of(TenantStore data, UserId user) {
    return data.users().find(user).map(profile -> new UserArchive(data, profile));
  }

  /** Writes the archive. Does not close the stream. */
  public void writeTo(OutputStream out) throws IOException {
    var zip = new ZipOutputStream(new StaysOpen(out));
    begin(zip, "profile.ndjson");
    json.clear().beginObject().field("user_id", user.id().value());
    json.field("attributes", user.attributes());
    json.field("interaction_count", user.interactionCount());
    json.field("created_at", user.createdAt()).field("updated_at", user.updatedAt());
    json.endObject().endLine().writeTo(zip);
    zip.closeEntry();
    begin(zip, "interactions.ndjson");
    interactions(zip);
    zip.closeEntry();
    // After what is kept one by one: what goes to its sum meanwhile is in both rather than nowhere.
    begin(zip, "behaviours_past.ndjson");
    behavioursPast(zip);
    zip.closeEntry();
    begin(zip, "experiments.ndjson");
    experiments(zip);
    zip.closeEntry();
    begin(zip, "shown.ndjson");
    shown(zip);
    zip.closeEntry();
    zip.close();
  }

  private void interactions(OutputStream out) throws IOException {
    Optional<After> after = Optional.empty();
    while (true) {
      List<RecordedInteraction> page =
          data.interactions().ofUser(user.id(), new Page(PAGE, 0, after));
      for (RecordedInteraction one : page) {
        json.clear().beginObject().field("id", one.position());
        json.field("entity_id", one.entity().id().value());
        json.field("entity_type", one.entity().type().value());
        json.field("interaction_type", one.type()).field("weight", one.weight());
        json.field("timestamp", one.at()).field("metadata", one.metadata());
        one.eventId().ifPresent(id -> json.field("event_id", id));
        one.recommendationId().ifPresent(id -> json.field("recommendation_id", id));
        json.endObject().endLine().writeTo(out);
      }
      if (page.size() < PAGE) return;
      RecordedInteraction last = page.getLast();
      long micros = ChronoUnit.MICROS.between(Instant.EPOCH, last.at());
      after = Optional.of(new After(micros, last.position()));
    }
  }

  private void behavioursPast(OutputStream out) throws IOException {
    try {
      data.interactions().folded(user.id(), sums -> write(sums, out));
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }

  private void write(Folded folded, OutputStream out) {
    BehaviourSum sums = folded.sums();
    json.clear().beginObject().field("entity_id", folded.entity().id().value());
    json.field("entity_type", folded.entity().type().value());
    json.field("interaction_type", folded.type()).field("count", sums.count());
    json.field("of_experiment", sums.ofExperiment());
    json.field("of_recommendation", sums.ofRecommendation());
    json.field("own_weights", sums.owns()).field("own_weights_sum", sums.weight() / MICROS);
    json.field("ratings", sums.rated()).field("ratings_sum", sums.ratings() / MICROS);
    json.field("completed", sums.takenIn());
    json.field("durations", sums.timed()).field("seconds_sum", sums.durations() / MICROS);
    TimesOfDay times = sums.timesOfDay();
    json.field("mornings", times.mornings()).field("afternoons", times.afternoons());
    json.field("evenings", times.evenings()).field("nights", times.nights());
    json.field("last", Instant.ofEpochMilli(sums.lastMillis()));
    endLine(out);
  }

  private void experiments(OutputStream out) throws IOException {
    List<Converted> conversions = data.experiments().conversions(user.id());
    for (Exposure exposure : data.experiments().ofUser(user.id())) {
      ExperimentDesign design =
          data.experiments()
              .find(exposure.experiment())
              .orElseThrow(() -> NotFound.experiment(exposure.experiment()))
              .design();
      json.clear().beginObject().field("experiment", exposure.experiment());
      json.field("variant", design.variants().get(exposure.variant()).name());
      json.field("first_seen", exposure.at()).field("interactions_before", exposure.before());
      json.name("conversions").beginArray();
      for (Converted one : conversions) {
        if (!one.experiment().equals(exposure.experiment())) continue;
        json.beginObject().field("metric", design.targetMetrics().get(one.metric()));
        json.field("times", one.times()).field("value", one.value()).endObject();
      }
      json.endArray().endObject().endLine().writeTo(out);
    }
  }

  private void shown(OutputStream out) throws IOException {
    try {
      data.shown().ofUser(user.id(), list -> write(list, out));
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }

  private void write(ShownList list, OutputStream out) {
    json.clear().beginObject().field("recommendation_id", list.id());
    json.field("algorithm", list.algorithm()).field("shown_at", list.at());
    json.field("position", list.position()).field("model", list.model());
    list.variant()
        .ifPresent(by -> json.field("experiment", by.experiment()).field("variant", by.variant()));
    json.name("items").beginArray();
    for (EntityKey item : list.items()) {
      json.beginObject().field("entity_id", item.id().value());
      json.field("entity_type", item.type().value()).endObject();
    }
    json.endArray();
    endLine(out);
  }

  private void endLine(OutputStream out) {
    try {
      json.endObject().endLine().writeTo(out);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void begin(ZipOutputStream zip, String name) throws IOException {
    var entry = new ZipEntry(name);
    entry.setTime(ZIP_EPOCH_MILLIS);
    zip.putNextEntry(entry);
  }

  /** Ending the archive must not end the answer that it stands in. */
  private static final class StaysOpen extends FilterOutputStream {
    StaysOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
