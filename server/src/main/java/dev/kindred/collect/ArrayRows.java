package dev.kindred.collect;

import dev.kindred.json.JsonReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The elements of one array in a body. */
final class ArrayRows implements BulkRows {

  private final JsonReader reader;
  private final JsonReader.Fields fields;
  private final String field;
  private final String fingerprint;
  private JsonReader.@Nullable Elements rows; // null until the first row is asked for

  ArrayRows(byte[] body, String field, String fingerprint) {
    this.reader = JsonReader.of(body);
    this.fields = reader.object();
    this.field = field;
    this.fingerprint = fingerprint;
  }

  @Override
  public boolean next() {
    if (rows == null) rows = begin();
    if (rows.next()) return true;
    while (fields.next()) passOver();
    return false;
  }

  private JsonReader.Elements begin() {
    while (fields.next()) {
      if (fields.name().equals(field)) return reader.array();
      passOver();
    }
    throw Required.field("", field);
  }

  private void passOver() {
    if (!fields.name().equals("tenant_id")) fields.unknown();
  }

  @Override
  public JsonReader row() {
    return reader;
  }

  @Override
  public JsonReader rowAgain() {
    if (rows == null) throw new IllegalStateException("no row yet");
    return rows.again();
  }

  @Override
  public int bytes() {
    return 1;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public List<String> unknownFields() {
    return reader.unknownFields();
  }
}
