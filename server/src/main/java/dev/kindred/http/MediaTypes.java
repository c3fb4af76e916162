package dev.kindred.http;

import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.KindredException;
import java.util.Locale;

/** What bodies say they are. */
final class MediaTypes {

  private MediaTypes() {}

  /** The type alone, in lower case: {@code application/json} of {@code Application/JSON; q=1}. */
  static String bare(String contentType) {
    if (contentType.equals(Answer.JSON)) return contentType;
    int semicolon = contentType.indexOf(';');
    String bare = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
    return bare.strip().toLowerCase(Locale.ROOT);
  }

  /** Refuses a body that says it is something else than JSON; one that says nothing may pass. */
  static void requireJson(String contentType) {
    if (contentType.isEmpty() || contentType.equals(Answer.JSON)) return;
    if (!isJson(bare(contentType))) {
      throw new KindredException(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          "Content-Type must be application/json, got " + Shown.value(contentType));
    }
    requireUtf8(contentType);
  }

  /** Whether a bare type is JSON; none at all counts as it. */
  static boolean isJson(String bare) {
    return bare.isEmpty()
        || bare.equals(Answer.JSON)
        || bare.equals("text/json")
        || (bare.startsWith("application/") && bare.endsWith("+json"));
  }

  /** Whether a bare type is JSON line by line. */
  static boolean isLines(String bare) {
    return bare.equals("application/x-ndjson");
  }

  /** Refuses text in another encoding than UTF-8. */
  static void requireUtf8(String contentType) {
    String lower = contentType.toLowerCase(Locale.ROOT);
    int at = lower.indexOf("charset=");
    if (at < 0) return;
    int semicolon = lower.indexOf(';', at);
    String charset = lower.substring(at + 8, semicolon < 0 ? lower.length() : semicolon);
    String name = charset.replace("\"", "").strip();
    if (!name.equals("utf-8") && !name.equals("utf8") && !name.equals("us-ascii")) {
      throw new KindredException(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "charset must be utf-8, got " + Shown.value(name));
    }
  }
}
