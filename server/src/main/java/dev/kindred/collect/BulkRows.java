package dev.kindred.collect;

import dev.kindred.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a bulk request, one after the other; only one is held at a time. Not for several
 * threads.
 */
public interface BulkRows {

  /**
   * Goes to the next row, if there is one. A row that was not read to its end is passed over.
   *
   * @throws dev.kindred.domain.MalformedRequest if the text cannot be followed any further
   */
  boolean next() throws IOException;

  /** A reader at the row. */
  JsonReader row();

  /** Another one at the same row, however much of it was read. */
  JsonReader rowAgain();

  /**
   * How many bytes the row takes; 1 where that is not known and all rows together are bounded
   * already.
   */
  int bytes();

  /**
   * What tells the rows since it was last asked from others that come under the same idempotency
   * key.
   */
  String fingerprint();

  /** Pointers to fields that nobody knew. */
  List<String> unknownFields();

  /**
   * Rows in a body {@code {"<field>": [rows]}}.
   *
   * @param fingerprint of the whole body
   */
  static BulkRows inArray(byte[] body, String field, String fingerprint) {
    return new ArrayRows(body, field, fingerprint);
  }

  /** A row a line. */
  static BulkRows inLines(InputStream lines) {
    return new LineRows(lines);
  }

  /** Whose rows a body says they are, wherever in it that stands. */
  static Optional<String> tenantIn(byte[] body) {
    var reader = JsonReader.of(body);
    Optional<String> tenant = Optional.empty();
    for (var fields = reader.object(); fields.next(); ) {
      if (fields.name().equals("tenant_id")) tenant = Optional.of(reader.string());
      else reader.skip();
    }
    return tenant;
  }
}
