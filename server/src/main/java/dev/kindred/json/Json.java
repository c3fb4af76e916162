package dev.kindred.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.domain.JsonObject;

/** Whole JSON objects: from what was sent to their canonical form, and merged. */
public final class Json {

  private Json() {}

  /** Reads a text that is one JSON object and nothing else. */
  public static JsonObject object(byte[] json, Limits limits) {
    var reader = JsonReader.of(json);
    JsonObject object = reader.object(limits);
    reader.end();
    return object;
  }

  public static JsonObject object(String json, Limits limits) {
    return object(json.getBytes(UTF_8), limits);
  }

  /** Refuses a text that is not one JSON value and nothing else. */
  public static void requireValue(byte[] json) {
    var reader = JsonReader.of(json);
    reader.skip();
    reader.end();
  }

  /**
   * Applies a merge patch (RFC 7396): members of the patch replace those of the target, objects are
   * merged, null removes.
   */
  public static JsonObject merge(JsonObject target, JsonObject patch, Limits limits) {
    var merged = new Bytes(target.utf8().length + patch.utf8().length);
    MergePatch.write(Members.of(target.utf8()), Members.of(patch.utf8()), merged);
    if (merged.size() > limits.bytes()) throw Canonical.tooManyBytes(limits);
    return JsonObject.ofCanonical(merged.copy());
  }
}
