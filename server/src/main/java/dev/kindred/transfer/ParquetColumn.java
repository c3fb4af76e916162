package dev.kindred.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * A column of a Parquet file: what its values are, as the schema says.
 *
 * @param physical how a value is stored
 * @param meaning what it means beyond that
 * @param scale of a decimal number
 */
record ParquetColumn(String name, int physical, boolean isOptional, Meaning meaning, int scale) {

  static final int BOOLEAN = 0;
  static final int INT32 = 1;
  static final int INT64 = 2;
  static final int INT96 = 3;
  static final int FLOAT = 4;
  static final int DOUBLE = 5;
  static final int BYTES = 6;

  private static final long JULIAN_DAY_OF_1970 = 2_440_588;

  /** What a value means. */
  enum Meaning {
    PLAIN,
    DATE,
    MILLIS,
    MICROS,
    NANOS,
    DECIMAL
  }

  boolean isKnown() {
    return physical <= BYTES
        && (meaning != Meaning.DECIMAL || physical == INT32 || physical == INT64);
  }

  /** Reads the next value that is stored plainly. */
  Cell plain(ByteBuffer in) {
    return switch (physical) {
      case INT32 -> whole(in.getInt());
      case INT64 -> whole(in.getLong());
      case INT96 -> legacyTime(in);
      case FLOAT -> {
        float value = in.getFloat();
        yield real(value, Float.toString(value));
      }
      case DOUBLE -> {
        double value = in.getDouble();
        yield real(value, Double.toString(value));
      }
      case BYTES -> text(in);
      default -> throw new IllegalArgumentException("no such type: " + physical);
    };
  }

  private Cell whole(long value) {
    return switch (meaning) {
      case PLAIN -> Cell.number(Long.toString(value));
      case DATE -> Cell.string(LocalDate.ofEpochDay(value).toString());
      case MILLIS -> time(value, ChronoUnit.MILLIS);
      case MICROS -> time(value, ChronoUnit.MICROS);
      case NANOS -> time(value, ChronoUnit.NANOS);
      case DECIMAL -> Cell.number(BigDecimal.valueOf(value, scale).toPlainString());
    };
  }

  private static Cell time(long value, ChronoUnit unit) {
    return Cell.string(Instant.EPOCH.plus(value, unit).toString());
  }

  /** Nanoseconds of a day and the Julian day, as older programs write times. */
  private static Cell legacyTime(ByteBuffer in) {
    long nanos = in.getLong();
    long day = in.getInt() - JULIAN_DAY_OF_1970;
    return Cell.string(Instant.EPOCH.plus(day, ChronoUnit.DAYS).plusNanos(nanos).toString());
  }

  private static Cell real(double value, String shown) {
    return Double.isFinite(value) ? Cell.number(shown) : Cell.string(shown);
  }

  private static Cell text(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining())
      throw new IllegalArgumentException("a value is cut off");
    byte[] bytes = new byte[length];
    in.get(bytes);
    return Cell.string(new String(bytes, UTF_8));
  }
}
