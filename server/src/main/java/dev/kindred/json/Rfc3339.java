package dev.kindred.json;

import dev.kindred.domain.InvalidRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Points in time as text (RFC 3339), in microseconds, and as numbers since 1970. */
public final class Rfc3339 {

  /** Seconds since 1970 are taken for milliseconds from here on: the year 5138. */
  private static final double FIRST_MILLIS = 1e11;

  private static final long MICROS_A_SECOND = 1_000_000;
  private static final long SECONDS_A_DAY = 86_400;

  /** 9999-12-31T23:59:59Z. */
  private static final long LAST_SECOND = 253_402_300_799L;

  /** 0001-01-01T00:00:00Z. */
  private static final long FIRST_SECOND = -62_135_596_800L;

  private Rfc3339() {}

  /** Reads {@code 2026-01-02T03:04:05.678901Z}, or with an offset such as {@code +02:00}. */
  public static Instant parse(String text) {
    var digits = new Digits(text);
    int year = digits.number(0, 4, 0, 9999);
    digits.separator(4, "-");
    int month = digits.number(5, 2, 1, 12);
    digits.separator(7, "-");
    int day = digits.number(8, 2, 1, 31);
    digits.separator(10, "Tt ");
    int hour = digits.number(11, 2, 0, 23);
    digits.separator(13, ":");
    int minute = digits.number(14, 2, 0, 59);
    digits.separator(16, ":");
    int second = digits.number(17, 2, 0, 60); // 60 is a leap second
    int at = 19;
    long micros = 0;
    if (at < text.length() && text.charAt(at) == '.') {
      int first = ++at;
      long unit = MICROS_A_SECOND;
      for (; at < text.length() && isDigit(text.charAt(at)); at++) {
        unit /= 10;
        micros += unit * (text.charAt(at) - '0');
      }
      if (at == first || at - first > 18) throw digits.refused();
    }
    long offset = digits.offset(at);
    if (day > 28 && day > LocalDate.of(year, month, 1).lengthOfMonth()) throw digits.refused();
    long days = LocalDate.of(year, month, day).toEpochDay();
    long seconds = days * SECONDS_A_DAY + hour * 3600L + minute * 60L + second - offset;
    return within(seconds, micros, text);
  }

  /** Reads seconds or milliseconds since 1970; which of them, the size tells. */
  public static Instant ofEpoch(double number) {
    boolean millis = Math.abs(number) >= FIRST_MILLIS;
    double seconds = millis ? number / 1e3 : number;
    if (!(Math.abs(seconds) <= LAST_SECOND)) throw outOfRange(Double.toString(number));
    long micros = Math.round(millis ? number * 1e3 : number * 1e6);
    return within(
        Math.floorDiv(micros, MICROS_A_SECOND),
        Math.floorMod(micros, MICROS_A_SECOND),
        Double.toString(number));
  }

  private static Instant within(long seconds, long micros, String given) {
    if (seconds < FIRST_SECOND || seconds > LAST_SECOND) throw outOfRange(given);
    return Instant.ofEpochSecond(seconds, micros * 1_000);
  }

  private static InvalidRequest outOfRange(String given) {
    return new InvalidRequest("a time must be within the years 1 to 9999, got " + given);
  }

  /** Writes 27 bytes: {@code 2026-01-02T03:04:05.678901Z}. */
  static void write(Instant time, byte[] out, int at) {
    long seconds = time.getEpochSecond();
    long days = Math.floorDiv(seconds, SECONDS_A_DAY);
    int secondOfDay = (int) Math.floorMod(seconds, SECONDS_A_DAY);
    LocalDate date = LocalDate.ofEpochDay(days);
    if (date.getYear() < 0 || date.getYear() > 9999) throw outOfRange(time.toString());
    digits(out, at, date.getYear() / 100);
    digits(out, at + 2, date.getYear() % 100);
    out[at + 4] = '-';
    digits(out, at + 5, date.getMonthValue());
    out[at + 7] = '-';
    digits(out, at + 8, date.getDayOfMonth());
    out[at + 10] = 'T';
    digits(out, at + 11, secondOfDay / 3600);
    out[at + 13] = ':';
    digits(out, at + 14, secondOfDay / 60 % 60);
    out[at + 16] = ':';
    digits(out, at + 17, secondOfDay % 60);
    out[at + 19] = '.';
    int micros = time.getNano() / 1_000;
    digits(out, at + 20, micros / 10_000);
    digits(out, at + 22, micros / 100 % 100);
    digits(out, at + 24, micros % 100);
    out[at + 26] = 'Z';
  }

  static final int LENGTH = 27;

  /** The time as it goes into answers. */
  public static String text(Instant time) {
    byte[] out = new byte[LENGTH];
    write(time, out, 0);
    return new String(out, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  /** The time without what is smaller than a microsecond, which is not kept. */
  public static Instant micros(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  private static void digits(byte[] out, int at, int twoDigits) {
    out[at] = (byte) ('0' + twoDigits / 10);
    out[at + 1] = (byte) ('0' + twoDigits % 10);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** A text that is read by place. */
  private record Digits(String text) {

    int number(int from, int length, int least, int most) {
      int value = 0;
      for (int i = from; i < from + length; i++) {
        if (i >= text.length() || !isDigit(text.charAt(i))) throw refused();
        value = value * 10 + text.charAt(i) - '0';
      }
      if (value < least || value > most) throw refused();
      return value;
    }

    void separator(int at, String oneOf) {
      if (at >= text.length() || oneOf.indexOf(text.charAt(at)) < 0) throw refused();
    }

    /** In seconds east of Greenwich. */
    long offset(int at) {
      if (at + 1 == text.length() && (text.charAt(at) == 'Z' || text.charAt(at) == 'z')) return 0;
      if (at + 6 != text.length()) throw refused();
      separator(at, "+-");
      separator(at + 3, ":");
      long seconds = number(at + 1, 2, 0, 23) * 3600L + number(at + 4, 2, 0, 59) * 60L;
      return text.charAt(at) == '-' ? -seconds : seconds;
    }

    InvalidRequest refused() {
      return new InvalidRequest(
          "a time must be RFC 3339 with a zone, such as 2026-01-02T03:04:05Z, got '"
              + JsonText.shown(text)
              + "'");
    }
  }
}
