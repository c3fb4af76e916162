package dev.kindred.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.Locale;

/** What a client says it can read. */
final class Accepts {

  private Accepts() {}

  static boolean problemJson(Headers headers) {
    return headers.contains(HeaderNames.ACCEPT)
        && headers.get(HeaderNames.ACCEPT).values().contains(Answer.PROBLEM_JSON);
  }

  static boolean gzip(Headers headers) {
    if (!headers.contains(HeaderNames.ACCEPT_ENCODING)) return false;
    String accepted = headers.get(HeaderNames.ACCEPT_ENCODING).values().toLowerCase(Locale.ROOT);
    int at = accepted.indexOf("gzip");
    if (at < 0) return false;
    int comma = accepted.indexOf(',', at);
    String parameters = accepted.substring(at + 4, comma < 0 ? accepted.length() : comma);
    int quality = parameters.indexOf("q=");
    return quality < 0 || !isZero(parameters.substring(quality + 2).strip());
  }

  private static boolean isZero(String quality) {
    for (int i = 0; i < quality.length(); i++) {
      if (quality.charAt(i) != '0' && quality.charAt(i) != '.') return false;
    }
    return true;
  }
}
