package dev.kindred.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.domain.Entity;
import dev.kindred.domain.RecordedInteraction;
import dev.kindred.domain.UserProfile;
import dev.kindred.json.JsonWriter;
import dev.kindred.json.Rfc3339;
import dev.kindred.store.Interactions.Kept;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;

/** Records as CSV (RFC 4180) that a spreadsheet may open without harm. */
final class CsvSink implements RecordSink {

  /** So much is gathered before it is handed on. */
  private static final int GATHERED = 32 << 10;

  private final OutputStream out;
  private final ExportWanted wanted;
  private final StringBuilder text = new StringBuilder(2 * GATHERED);
  private boolean isAtStart = true;

  CsvSink(OutputStream out, ExportWanted wanted) {
    this.out = out;
    this.wanted = wanted;
  }

  @Override
  public void begin() throws IOException {
    for (String column : ExportColumns.of(wanted.kind())) cell(column);
    if (wanted.vectors()) cell(ExportColumns.VECTOR);
    endRecord();
  }

  @Override
  public void entity(Entity entity) throws IOException {
    cell(entity.key().id().value());
    cell(entity.key().type().value());
    cell(entity.attributes().toString());
    cell(entity.availability().from());
    cell(entity.availability().until());
    cell(Optional.of(entity.createdAt()));
    cell(Optional.of(entity.updatedAt()));
    if (wanted.vectors()) {
      var vector = new JsonWriter().numbers(entity.vector().values());
      cell(new String(vector.toByteArray(), UTF_8));
    }
    endRecord();
  }

  @Override
  public void interaction(Kept kept) throws IOException {
    RecordedInteraction interaction = kept.interaction();
    cell(interaction.user().value());
    cell(interaction.entity().id().value());
    cell(interaction.entity().type().value());
    cell(interaction.type());
    // One whose type's weight counts must not get a weight of its own on the way.
    cell(kept.hasOwnWeight() ? Double.toString(interaction.weight()) : "");
    cell(Optional.of(interaction.at()));
    cell(interaction.eventId().orElse(""));
    cell(interaction.recommendationId().orElse(""));
    cell(interaction.metadata().isEmpty() ? "" : interaction.metadata().toString());
    endRecord();
  }

  @Override
  public void user(UserProfile user) throws IOException {
    cell(user.id().value());
    cell(user.attributes().toString());
    cell(Optional.of(user.createdAt()));
    cell(Optional.of(user.updatedAt()));
    endRecord();
  }

  @Override
  public void end() throws IOException {
    flush();
  }

  private void cell(Optional<Instant> time) {
    cell(time.map(Rfc3339::text).orElse(""));
  }

  private void cell(String value) {
    if (!isAtStart) text.append(',');
    isAtStart = false;
    String safe = SpreadsheetGuard.guarded(value);
    if (needsQuotes(safe)) text.append('"').append(safe.replace("\"", "\"\"")).append('"');
    else text.append(safe);
  }

  private static boolean needsQuotes(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == ',' || c == '\n' || c == '\r') return true;
    }
    return !value.isEmpty() && (value.charAt(0) == ' ' || value.charAt(value.length() - 1) == ' ');
  }

  private void endRecord() throws IOException {
    text.append("\r\n");
    isAtStart = true;
    if (text.length() >= GATHERED) flush();
  }

  private void flush() throws IOException {
    out.write(text.toString().getBytes(UTF_8));
    text.setLength(0);
  }
}
