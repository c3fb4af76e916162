package dev.kindred.client;

import dev.kindred.client.model.ExportQuery;
import dev.kindred.client.model.ImportQuery;
import dev.kindred.client.model.ImportReport;
import java.io.InputStream;
import java.nio.file.Path;
import tools.jackson.core.type.TypeReference;

/** Calls about files: data in and out in large. Close the streams that they return. */
abstract class FileCalls extends ExperimentCalls {

  FileCalls(Connection connection, Options options) {
    super(connection, options);
  }

  /**
   * Takes in a file of any length, CSV or NDJSON, plain or packed with gzip or zstd; one bad record
   * fails alone. With the same idempotency key it goes on where an import was cut off.
   */
  public ImportReport importFile(Path file, ImportQuery query) {
    String name = String.valueOf(file.getFileName());
    Call call =
        Call.of(Operation.IMPORT_FILE)
            .query(query.withDefault("file_name", name))
            .file(file)
            .slow();
    return json(call, new TypeReference<>() {});
  }

  /** All entities, streamed. */
  public InputStream exportEntities(ExportQuery query) {
    return stream(Call.of(Operation.EXPORT_ENTITIES).query(query));
  }

  /** All interactions in the order of the log, streamed. */
  public InputStream exportInteractions(ExportQuery query) {
    return stream(Call.of(Operation.EXPORT_INTERACTIONS).query(query));
  }

  /** All users, streamed. */
  public InputStream exportUsers(ExportQuery query) {
    return stream(Call.of(Operation.EXPORT_USERS).query(query));
  }

  /** Everything that is kept about a user: a zip of NDJSON, streamed. */
  public InputStream exportUser(String userId) {
    return stream(Call.of(Operation.EXPORT_USER).path("user_id", userId));
  }
}
