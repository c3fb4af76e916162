package dev.kindred.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.KindredException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;

/** Percent-encoding, strictly: what is not a whole escape of valid UTF-8 is refused. */
final class Percent {

  private Percent() {}

  /** Decodes {@code raw[from, to)} as a segment of a path. */
  static String decodePath(String raw, int from, int to) {
    return isPlain(raw, from, to, '%') ? raw.substring(from, to) : decode(raw, from, to, false);
  }

  /** Decodes {@code raw[from, to)} as a name or a value of a query, where '+' is a blank. */
  static String decodeQuery(String raw, int from, int to) {
    return isPlain(raw, from, to, '+') ? raw.substring(from, to) : decode(raw, from, to, true);
  }

  private static boolean isPlain(String raw, int from, int to, char alsoSpecial) {
    for (int i = from; i < to; i++) {
      char c = raw.charAt(i);
      if (c == '%' || c == alsoSpecial || c <= ' ' || c >= 0x7f) return false;
    }
    return true;
  }

  private static String decode(String raw, int from, int to, boolean plusIsBlank) {
    byte[] bytes = new byte[to - from];
    int length = 0;
    for (int i = from; i < to; i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        int high = i + 2 < to ? hex(raw.charAt(i + 1)) : -1;
        int low = i + 2 < to ? hex(raw.charAt(i + 2)) : -1;
        if (high < 0 || low < 0) throw refused("has a '%' that is not followed by two hex digits");
        bytes[length++] = (byte) ((high << 4) | low);
        i += 2;
      } else if (c <= ' ' || c >= 0x7f) {
        throw refused("holds a character that must be percent-encoded");
      } else {
        bytes[length++] = (byte) (c == '+' && plusIsBlank ? ' ' : c);
      }
    }
    try {
      return UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      throw refused("is not valid UTF-8 once decoded");
    }
  }

  private static int hex(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    int letter = c | 0x20;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }

  private static KindredException refused(String why) {
    return new KindredException(ErrorCode.BAD_REQUEST, "the request's address " + why);
  }
}
