package dev.kindred.command;

import dev.kindred.json.JsonWriter;
import dev.kindred.transfer.Importer.Rejects;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Refused records as NDJSON, one a line: where it stood, why it was refused, and the record itself.
 */
final class RejectFile implements Rejects, Closeable {

  private final Path path;
  private final JsonWriter line = new JsonWriter();
  private @Nullable OutputStream out; // null as long as nothing was refused

  RejectFile(Path path) {
    this.path = path;
  }

  @Override
  public void take(long number, String reason, String record) throws IOException {
    if (out == null) out = new BufferedOutputStream(Files.newOutputStream(path));
    line.clear().beginObject().field("line", number).field("reason", reason);
    line.field("record", record).endObject().endLine().writeTo(out);
  }

  @Override
  public void close() throws IOException {
    if (out != null) out.close();
  }
}
