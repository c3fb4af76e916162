package dev.kindred.transfer;

import dev.kindred.domain.EntityKey;
import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.ShownList;
import dev.kindred.domain.UserId;
import dev.kindred.domain.UserProfile;
import dev.kindred.json.JsonWriter;
import dev.kindred.store.Experiments.Exposure;
import dev.kindred.store.Interactions.After;
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
 * Everything that is kept about one user, as a zip of NDJSON: who they are, what they did, the
 * experiments they were in, and the lists they were shown.
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

  private void experiments(OutputStream out) throws IOException {
    for (Exposure exposure : data.experiments().ofUser(user.id())) {
      json.clear().beginObject().field("experiment", exposure.experiment());
      json.field("variant", variant(exposure)).field("first_seen", exposure.at());
      json.endObject().endLine().writeTo(out);
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
    try {
      json.endObject().endLine().writeTo(out);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private String variant(Exposure exposure) {
    return data.experiments()
        .find(exposure.experiment())
        .map(experiment -> experiment.design().variants().get(exposure.variant()).name())
        .orElse("");
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
