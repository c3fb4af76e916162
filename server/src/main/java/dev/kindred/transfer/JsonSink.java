package dev.kindred.transfer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.kindred.domain.Entity;
import dev.kindred.domain.UserProfile;
import dev.kindred.json.JsonWriter;
import dev.kindred.store.Interactions.Kept;
import java.io.IOException;
import java.io.OutputStream;

/** Records as the API's objects: a line each, or all in one array. */
final class JsonSink implements RecordSink {

  /** So much is gathered before it is handed on. */
  private static final int GATHERED = 32 << 10;

  private final OutputStream out;
  private final ExportWanted wanted;
  private final boolean inArray;
  private final JsonWriter json = new JsonWriter(2 * GATHERED);
  private boolean isFirst = true;

  JsonSink(OutputStream out, ExportWanted wanted, boolean inArray) {
    this.out = out;
    this.wanted = wanted;
    this.inArray = inArray;
  }

  @Override
  public void begin() throws IOException {
    if (inArray) write("{\"" + wanted.kind().word() + "\":[\n");
  }

  @Override
  public void entity(Entity entity) throws IOException {
    startRecord();
    json.field("entity_id", entity.key().id().value());
    json.field("entity_type", entity.key().type().value());
    json.field("attributes", entity.attributes());
    if (wanted.vectors()) json.name("feature_vector").numbers(entity.vector().values());
    entity.availability().from().ifPresent(from -> json.field("available_from", from));
    entity.availability().until().ifPresent(until -> json.field("available_until", until));
    json.field("created_at", entity.createdAt()).field("updated_at", entity.updatedAt());
    endRecord();
  }

  @Override
  public void interaction(Kept kept) throws IOException {
    startRecord();
    InteractionShape.writeMembers(json, kept);
    endRecord();
  }

  @Override
  public void user(UserProfile user) throws IOException {
    startRecord();
    json.field("user_id", user.id().value()).field("attributes", user.attributes());
    json.field("created_at", user.createdAt()).field("updated_at", user.updatedAt());
    endRecord();
  }

  @Override
  public void end() throws IOException {
    flush();
    if (inArray) write("]}\n");
  }

  private void startRecord() throws IOException {
    // The writer knows of commas only within what it holds.
    if (inArray && !isFirst && json.size() == 0) write(",");
    isFirst = false;
    json.beginObject();
  }

  private void endRecord() throws IOException {
    json.endObject();
    if (!inArray) json.endLine();
    if (json.size() >= GATHERED) flush();
  }

  private void flush() throws IOException {
    json.writeTo(out);
    json.clear();
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(US_ASCII));
  }
}
